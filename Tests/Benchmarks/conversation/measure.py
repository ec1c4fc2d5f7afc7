"""What the conversation costs: interactions over the wire, completion, words, and a thousand dialogues at once.

Usage: measure.py [--interactions N] [--dialogues N] [--json FILE]; ISITDOWN_PROGRAM names the program. Needs PyPI's websockets.
"""

import argparse
import asyncio
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import websockets

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from isitdown import eventually, request  # noqa: E402
from restart_test import Bot, LocalDiscord  # noqa: E402


def resident(process):
    """VmRSS in MiB."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024


def quantiles(times):
    times = sorted(times)
    return {"p50": times[len(times) // 2], "p99": times[len(times) * 99 // 100], "most": times[-1], "count": len(times)}


class Viewer:
    """The chat page's own connection: it is told when Discord has an interaction's first answer."""

    def __init__(self, page):
        self.page = page
        self.answered = {}

    async def __aenter__(self):
        self.socket = await websockets.connect(self.page.replace("http", "ws") + "/lab/live", max_size=None, origin=self.page)
        self.reader = asyncio.create_task(self.read())
        return self

    async def __aexit__(self, *_):
        self.reader.cancel()
        await self.socket.close()

    async def read(self):
        async for text in self.socket:
            now = time.perf_counter()
            if text.startswith('{"') and '"answered"' in text[:400]:
                event = json.loads(text)
                if event["type"] == "answered":
                    self.answered[event["id"]] = (now, event)

    async def use(self, **body):
        """Uses a command or a button; answers how long it took from before the request until the answer was there, in ms."""
        begun = time.perf_counter()
        status, used = await asyncio.to_thread(
            request, "POST", f"{self.page}/lab/interactions", {"author": "ann", "channel": "general", **body})
        assert status == 201 and used["delivered"], (status, used)
        while used["id"] not in self.answered:
            await asyncio.sleep(0.0005)
            assert time.perf_counter() - begun < 10, body
        now, event = self.answered.pop(used["id"])
        return (now - begun) * 1000, used["id"], event


async def measure(arguments):
    figures = {}
    discord = LocalDiscord()
    folder = tempfile.TemporaryDirectory()
    bot = Bot(discord, folder.name + "/state")
    try:
        eventually(lambda: discord.stats()["sessions"] == 1, 60, "a session")
        async with Viewer(discord.page) as viewer:
            await viewer.use(command="isdown", options={"service": "kik"})
            times = [(await viewer.use(command="isdown", options={"service": "kik"}))[0] for _ in range(arguments.interactions)]
            figures["one at a time, ms"] = quantiles(times)
            together = []
            for _ in range(arguments.interactions // 20):
                together += [each[0] for each in await asyncio.gather(
                    *(viewer.use(author=f"p{number}", command="isdown", options={"service": "kik"}) for number in range(20)))]
            figures["twenty at once, ms"] = quantiles(together)
            times = [(await viewer.use(command="isdown", options={"service": "ki"}, focused="service"))[0] for _ in range(arguments.interactions)]
            figures["completion over the wire, ms"] = quantiles(times)
            before = resident(bot.process)
            opened = 0
            for first in range(0, arguments.dialogues, 20):
                people = [f"d{number}" for number in range(first, min(first + 20, arguments.dialogues))]
                used = await asyncio.gather(
                    *(viewer.use(author=person, command="fix", options={"service": "kik", "symptom": "crash"}) for person in people))
                opened += len(used)
            figures["dialogues"] = {"opened": opened, "before, MiB": before, "after, MiB": resident(bot.process)}
        figures["violations"] = request("GET", f"{discord.page}/lab/violations")[1]
    finally:
        bot.process.kill()
        discord.process.kill()
        folder.cleanup()
    bench = os.environ.get("ISITDOWN_CONVERSATION_BENCH", str(ROOT / ".build/release/ConversationBench"))
    figures["bench"] = json.loads(subprocess.run([bench], capture_output=True, text=True, check=True, cwd=ROOT).stdout)
    return figures


def goal(name, value, limit, unit):
    print(f"  {name:<58} {value:9.3f} {unit:<4} <= {limit:g}  {'met' if value <= limit else 'missed'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=500)
    parser.add_argument("--dialogues", type=int, default=1000)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    figures = asyncio.run(measure(arguments))
    bench = figures["bench"]
    goal("first answer, one at a time, p99", figures["one at a time, ms"]["p99"], 100, "ms")
    goal("first answer, twenty at once, p99", figures["twenty at once, ms"]["p99"], 100, "ms")
    goal("completion over 10 000 services, p99", bench["completion_p99_ms"], 5, "ms")
    goal("completion over the wire, 50 services, p99", figures["completion over the wire, ms"]["p99"], 100, "ms")
    for language in ("en", "es", "pt", "de", "fr"):
        goal(f"words of an answer and its buttons, {language}, median", bench[f"answer_{language}_p50_ms"] * 1000, 100, "us")
        goal(f"words of a scene of the dialogue, {language}, median", bench[f"scene_{language}_p50_ms"] * 1000, 100, "us")
    dialogues = figures["dialogues"]
    goal(f"memory of {dialogues['opened']} dialogues at once", dialogues["after, MiB"] - dialogues["before, MiB"], 20, "MiB")
    print(f"  completion: 10 000 services are taken in within {bench['completion_build_ms']:.0f} ms")
    if figures["violations"]:
        print("  Discord's rules were broken:", figures["violations"])
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(figures, indent=1))


main()
