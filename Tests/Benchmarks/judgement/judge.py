#!/usr/bin/env python3
"""Compares `isitdown replay` with the rules of other monitors on journals whose truth is known.

    judge.py [--seeds N] [--first SEED] [--days D] [--isitdown PROGRAM] [--json FILE]
"""

import argparse
import bisect
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import journals
import rivals

ROOT = pathlib.Path(__file__).resolve().parents[3]
FOLDER = ROOT / ".build" / "benchmarks" / "journals"
# What is told so long after an event's end still speaks of it.
AFTERMATH = 120
GOALS = {"missed": 0, "median delay": 45, "95th percentile": 60, "recovery, 95th percentile": 60, "false alarms in 30 days": 0.5, "by our own network": 0}


def stamp(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Truth:
    def __init__(self, path):
        truth = json.loads(path.read_text(encoding="utf-8"))
        self.start, self.length = truth["start"], truth["length"]
        self.own = [self.shifted(event) for event in truth["own network"]]
        self.events = {service: [self.shifted(event) for event in events] for service, events in truth["events"].items()}

    def shifted(self, event):
        return event | {"start": event["start"] + self.start, "end": event["end"] + self.start}

    def at(self, service, at, slack=AFTERMATH):
        """The event that is going on, or has just ended."""
        return next((event for event in self.events[service] if event["start"] <= at < event["end"] + slack), None)


class Score:
    """What one rule made of all journals."""

    def __init__(self):
        self.days = 0
        self.delays, self.recoveries, self.missed, self.false, self.own, self.planned = [], [], 0, 0, 0, 0
        self.partial = {"told": 0, "right": 0, "events": 0, "found": 0, "delays": []}
        self.calibration = {}

    def add(self, changes, truth):
        self.days += truth.length / 86_400
        for service, events in truth.events.items():
            mine = [(at, state, confidence) for at, name, state, confidence in changes if name == service]
            self._outages(mine, events)
            self._alarms(service, mine, truth)
            self._partial(service, mine, events, truth)
            self._confidence(service, mine, truth)

    def _outages(self, changes, events):
        times = [at for at, _, _ in changes]
        for event in events:
            if event["kind"] != "outage":
                continue
            inside = changes[bisect.bisect_left(times, event["start"]):bisect.bisect_left(times, event["end"])]
            told = next((at for at, state, _ in inside if state == "down"), None)
            if told is None:
                self.missed += 1
                continue
            self.delays.append(told - event["start"])
            end = bisect.bisect_left(times, event["end"])
            if changes[end - 1][1] != "down":
                self.recoveries.append(0.0)
            else:
                self.recoveries.append(next((at for at, state, _ in changes[end:] if state != "down"), float("inf")) - event["end"])

    def _alarms(self, service, changes, truth):
        previous = "up"
        for at, state, _ in changes:
            if state == "down" and previous != "down":
                event = truth.at(service, at)
                if event and event["kind"] == "maintenance":
                    self.planned += 1
                elif event is None or event["kind"] != "outage":
                    if any(own["start"] <= at < own["end"] + AFTERMATH for own in truth.own):
                        self.own += 1
                    else:
                        self.false += 1
            previous = state

    def _partial(self, service, changes, events, truth):
        found = set()
        for at, state, _ in changes:
            if state not in ("partial", "degraded"):
                continue
            event = truth.at(service, at)
            # On its way to an outage, or from it, a part may be ahead of the others.
            if event and event["kind"] == "outage":
                continue
            self.partial["told"] += 1
            if event and event["kind"] == "partial":
                self.partial["right"] += 1
                if event["start"] not in found:
                    self.partial["delays"].append(at - event["start"])
                found.add(event["start"])
        self.partial["events"] += sum(event["kind"] == "partial" for event in events)
        self.partial["found"] += len(found)

    def _confidence(self, service, changes, truth):
        """Of the verdicts told, how many were right then, by how sure they were."""
        for at, state, confidence in changes:
            if confidence is None or state == "unknown":
                continue
            # For a minute after a change the old state is no lie.
            kinds = {each["kind"] if (each := truth.at(service, at - back, slack=0)) else "up" for back in (0, 60)}
            fitting = {"up": {"up"}, "down": {"outage"}, "maintenance": {"maintenance"}}.get(state, {"partial", "outage"})
            right = bool(kinds & fitting)
            bucket = min(int(confidence * 10), 9)
            told = self.calibration.setdefault(bucket, [0, 0, 0.0])
            told[0] += 1
            told[1] += right
            told[2] += confidence

    def figures(self):
        delays = sorted(self.delays) or [float("inf")]
        recoveries = sorted(self.recoveries) or [float("inf")]
        months = self.days / 30
        return {
            "missed": self.missed,
            "median delay": statistics.median(delays),
            "95th percentile": delays[int(0.95 * (len(delays) - 1))],
            "recovery, median": statistics.median(recoveries),
            "recovery, 95th percentile": recoveries[int(0.95 * (len(recoveries) - 1))],
            "false alarms in 30 days": self.false / months,
            "by our own network": self.own / months,
            "during planned work": self.planned / months,
        }


def ours(program, journal):
    start = time.monotonic()
    output = subprocess.run([program, "replay", str(journal)], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    lines = [json.loads(line) for line in output.splitlines()]
    return [(stamp(line["at"]), line["service"], line["verdict"], line["confidence"]) for line in lines], time.monotonic() - start


def measure(services, first, seeds, days, program, name):
    scores = {}
    seconds, count = 0.0, 0
    for seed in range(first, first + seeds):
        print(f"  {name}, {days} days, seed {seed}", file=sys.stderr)
        journals.World(seed, days, services).save(FOLDER, f"{name}-{seed}")
        journal = FOLDER / f"{name}-{seed}.jsonl"
        truth = Truth(FOLDER / f"{name}-{seed}.truth.json")
        changes, took = ours(program, journal)
        seconds += took
        with open(journal, "rb") as file:
            count += sum(1 for _ in file)
        scores.setdefault("isitdown", Score()).add(changes, truth)
        for rule, told in rivals.replay(journal, stamp).items():
            scores.setdefault(rule, Score()).add([(at, service, state, None) for at, service, state in told], truth)
    outages = len(scores["isitdown"].delays) + scores["isitdown"].missed
    print(f"\n{name}: {seeds} × {days} days, {outages} outages; replay of {count:,} lines in {seconds:.1f} s, {seconds / count * 850_000:.1f} s for 850,000")
    figures = {rule: score.figures() for rule, score in scores.items()}
    width = max(map(len, figures))
    columns = list(next(iter(figures.values())))
    print(" " * width + "".join(f"  {column:>26}" for column in columns))
    for rule, row in figures.items():
        print(f"{rule:<{width}}" + "".join(f"  {row[column]:>26.2f}" for column in columns))
    mine = scores["isitdown"]
    if mine.partial["events"]:
        partial = mine.partial
        print(
            f"partial outages: {partial['found']} of {partial['events']} found (recall {partial['found'] / partial['events']:.2f}), "
            f"{partial['right']} of {partial['told']} claims right (precision {partial['right'] / max(1, partial['told']):.2f}), "
            f"median delay {statistics.median(partial['delays'] or [float('inf')]):.0f} s")
    print("confidence when told → share that was right:")
    for bucket, (told, right, total) in sorted(mine.calibration.items()):
        print(f"  {total / told:.2f} → {right / told:.2f}  ({told} verdicts)")
    return figures, seconds / count * 850_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--isitdown", default=os.environ.get("ISITDOWN_PROGRAM", str(ROOT / ".build" / "release" / "isitdown")))
    parser.add_argument("--json")
    chosen = parser.parse_args()
    several, replay = measure(journals.SERVICES, chosen.first, chosen.seeds, chosen.days, chosen.isitdown, "several targets")
    lonely, _ = measure(journals.LONELY, chosen.first, max(1, chosen.seeds // 2), chosen.days, chosen.isitdown, "one target")
    print("\nGoals (several targets)")
    for goal, limit in GOALS.items():
        value = several["isitdown"][goal]
        print(f"  {goal}: {value:.2f}, wanted at most {limit}: {'met' if value <= limit else 'missed'}")
    print(f"  replay of 850,000 lines: {replay:.1f} s, wanted at most 5: {'met' if replay <= 5 else 'missed'}")
    if chosen.json:
        pathlib.Path(chosen.json).write_text(json.dumps({"several": several, "one": lonely, "replay": replay}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
