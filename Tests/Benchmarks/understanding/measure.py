#!/usr/bin/env python3
"""How well lines are understood: isitdown beside a keyword rule and sentence embeddings, in one run.

    run [LINES.tsv] [--examples N] [--json FILE]

ISITDOWN_PROGRAM names another isitdown than .build/release/isitdown. README.md says what is measured.
"""

import argparse
import collections
import json
import os
import pathlib
import sys
import time

import threadpoolctl

import goals
import regression
import report
import scores
from isitdown import IsItDown
from keyword_rule import KeywordRule
from languages import SURE, LanguageJudge
from lines import BadLines, examples, read
from minilm import MiniLM
from names import Names

ROOT = pathlib.Path(__file__).resolve().parents[3]
# It may not be copied into the project, so it lies beside it.
LINES = ROOT.parent / "shared" / "data" / "questions-dev.tsv"
# So many lines are enough to know what one takes.
TIMED = 300


def microseconds(guess, texts):
    """Processor time for each, one line at a time, in one thread."""
    texts = texts[:TIMED]
    with threadpoolctl.threadpool_limits(1):
        guess(texts[0])
        start = time.process_time_ns()
        for text in texts:
            guess(text)
        return (time.process_time_ns() - start) / len(texts) / 1e3


def measure(lines, isitdown):
    """Each system's guesses, and its microseconds."""
    texts = [line.text for line in lines]
    names = Names(ROOT)
    progress("isitdown")
    yield "isitdown", isitdown.guesses(texts), {"microseconds of many": isitdown.microseconds(texts)}
    rule = KeywordRule(names)
    yield "keyword rule", [rule.guess(text) for text in texts], {"microseconds": microseconds(rule.guess, texts)}
    progress("MiniLM, learning from the bot's examples")
    minilm = MiniLM()
    taught = regression.taught(minilm, names, *examples(ROOT, names.display))
    with threadpoolctl.threadpool_limits(1):
        start = time.process_time_ns()
        vectors = minilm.embed(texts)
        guesses = taught.guesses(texts, vectors)
        took = (time.process_time_ns() - start) / len(texts) / 1e3
    yield "MiniLM, examples", guesses, {"microseconds": microseconds(taught.guess, texts), "microseconds of many": took}
    if regression.can_fold(lines):
        progress("MiniLM, five folds")
        yield "MiniLM, 5 folds", regression.cross_validated(minilm, names, lines, vectors), {}
    else:
        progress("MiniLM, five folds: left out, there are too few lines for it")


def progress(words):
    print(f"  {words}", file=sys.stderr)


def compared(judged, guesses):
    """Where isitdown and the judge see another language."""
    pairs = [(language, sure, guess.language) for (language, sure), guess in zip(judged, guesses)]
    result = {}
    for name, least in [("all", 0.0), ("sure", SURE)]:
        those = [(language, ours) for language, sure, ours in pairs if sure >= least]
        apart = collections.Counter(pair for pair in those if pair[0] != pair[1])
        alike = len(those) - apart.total()
        result[name] = {"lines": len(those), "agree": alike, "disagreements": apart.most_common()}
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="?", default=LINES, metavar="LINES.tsv")
    parser.add_argument("--examples", type=int, default=3, help="lines shown of each kind of error")
    parser.add_argument("--json")
    chosen = parser.parse_args()
    try:
        lines = read(chosen.lines)
    except BadLines as error:
        sys.exit(str(error))
    isitdown = IsItDown(ROOT, os.environ.get("ISITDOWN_PROGRAM", ROOT / ".build" / "release" / "isitdown"))
    if not isitdown.program.exists():
        sys.exit(f"There is no {isitdown.program}: `swift build -c release`, or name another in ISITDOWN_PROGRAM.")

    systems, told = {}, {}
    for name, guesses, speed in measure(lines, isitdown):
        told[name] = guesses
        systems[name] = scores.figures(lines, guesses) | speed
    judge = LanguageJudge()
    judged = [judge.judge(line.text) for line in lines]
    languages = compared(judged, told["isitdown"])
    wanted = goals.judged(systems["isitdown"])
    errors = scores.errors(lines, told["isitdown"])
    own = isitdown.own_figures()

    print(report.counts(lines) + "\n")
    report.figures(systems)
    print("\nGoals (isitdown)")
    report.goals(wanted)
    print("\nLanguages")
    report.agreement(languages)
    print("\nConfusions of isitdown, by the judge's language")
    report.confusion(lines, told["isitdown"], [language for language, _ in judged])
    print("\nErrors of isitdown")
    report.errors(errors, lines, chosen.examples)
    print("\nIn its own process (UnderstandingBench)")
    for key, value in (own or {"nothing": "needs `swift build -c release --product UnderstandingBench`"}).items():
        print(f"  {key}: {value}")
    if chosen.json:
        content = {
            "lines": len(lines),
            "systems": systems,
            "goals": [dict(zip(("what", "level", "measured", "wanted", "met"), row)) for row in wanted],
            "languages": languages,
            # The lines themselves stay where they are.
            "errors": [dict(zip(("what", "label", "told"), kind)) | {"count": len(of)} for kind, of in errors],
            "own": own,
        }
        text = json.dumps(content, indent=2, ensure_ascii=False)
        pathlib.Path(chosen.json).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
