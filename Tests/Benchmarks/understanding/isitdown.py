"""The bot itself, asked by `isitdown match`; and what it measures of itself, where that program was built."""

import json
import os
import pathlib
import resource
import subprocess
import tempfile

from lines import SILENT, Guess

# So many lines that the start is small beside them.
MANY = 200_000


class IsItDown:
    def __init__(self, root, program):
        self.root, self.program = root, pathlib.Path(program)

    def _run(self, command, **how):
        # It refuses settings that it does not know, and other people's settings are not what is measured.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ISITDOWN_")}
        return subprocess.run([str(word) for word in command], cwd=self.root, env=environment, check=True, **how)

    def guesses(self, texts):
        asked = "".join(text + "\n" for text in texts)
        told = self._run([*self._match(), *self._details()], input=asked.encode(), stdout=subprocess.PIPE).stdout
        answers = [json.loads(answer) for answer in told.splitlines()]
        if [answer["text"] for answer in answers] != list(texts):
            raise RuntimeError("isitdown match did not answer line by line")
        return [self._guess(answer) for answer in answers]

    def _match(self):
        return [self.program, "match", "--json"]

    def _details(self):
        """How sure it is that an answer is wanted; a version that does not tell refuses the question."""
        known = self._run([self.program, "match", "--help"], stdout=subprocess.PIPE).stdout
        return ["--details"] if b"--details" in known else []

    def _guess(self, answer):
        intent, sure = answer["intent"], answer["confidence"]
        relevance = answer.get("relevance")
        if relevance is None:
            # What such a version leaves to be had: how sure it is of the one intent.
            relevance = 1 - sure if intent in SILENT else sure
        service = answer["service"] or next(iter(answer.get("services") or []), None)
        return Guess(intent, service, answer["symptom"], relevance, answer["language"])

    def microseconds(self, texts):
        """A line's share of the processor time, without the start. Reading it and writing its JSON count."""
        times = MANY // len(texts) + 1
        with tempfile.TemporaryFile() as none, tempfile.TemporaryFile() as many:
            many.write("".join(text + "\n" for text in texts).encode() * times)
            start = min(self._seconds(none) for _ in range(3))
            return (min(self._seconds(many) for _ in range(3)) - start) / (times * len(texts)) * 1e6

    def _seconds(self, asked):
        asked.seek(0)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._run(self._match(), stdin=asked, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def own_figures(self):
        """What UnderstandingBench, built beside the program, measures in its own process; None without it."""
        bench = self.program.parent / "UnderstandingBench"
        if not bench.exists():
            return None
        try:
            return json.loads(self._run([bench, "--json"], stdout=subprocess.PIPE).stdout)
        except subprocess.CalledProcessError:
            return None
