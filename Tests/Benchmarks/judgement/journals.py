"""Evidence journals whose truth is known: thirty days of rounds every thirty seconds, from a seed.

    journals.py FOLDER SEED [DAYS]

writes `SEED.jsonl`, in the format of the evidence journal, and `SEED.truth.json`: what was really the matter, when.

What happens in these days: outages, partial outages, planned work, losses of our own network, failures of the way to a service for one round,
one probe in a hundred lost for no reason; feeds that are late or never say a word, pages of which one is now and then wrong, people who
complain during outages and, as a rumour, at other times.
"""

import datetime
import json
import pathlib
import random
import sys

ROUND = 30.0
LOST = 0.01
# An outage leaves some answer now and then: a cache, a machine that still runs.
STRAY = 0.01
CANARIES = [f"canary{number}.example:443" for number in range(5)]
# What is watched: the components of each service and the targets of each component. None of them stands in the catalogue, which would say
# how much each component weighs.
SERVICES = {
    "example-chat": {"messaging": ["a.chat.example:443", "b.chat.example:443"], "media": ["media.chat.example:443"]},
    "example-shop": {"web": ["www.shop.example:443", "api.shop.example:443"]},
}
# One target alone: what fails at random twice running looks the same as the first two rounds of an outage.
LONELY = {"example-lonely": {"web": ["www.lonely.example:443"]}}
START = datetime.datetime(2026, 6, 1, tzinfo=datetime.timezone.utc).timestamp()


class World:
    def __init__(self, seed, days, services):
        self.chance = random.Random(seed)
        self.length = days * 86_400.0
        self.services = services
        self.taken = []
        self.own = [self.event(60, 1_800, "own network") for _ in range(round(days / 3))]
        self.events = {}
        for service, components in services.items():
            events = [self.event(180, 14_400, "outage") for _ in range(round(days / 3))]
            if len(components) > 1:
                events += [self.event(300, 14_400, "partial") | {"component": self.chance.choice(list(components))} for _ in range(round(days / 5))]
            events += [self.event(1_200, 7_200, "maintenance") for _ in range(round(days / 15))]
            self.events[service] = sorted(events, key=lambda event: event["start"])
        self.paths = {
            service: sorted(self.chance.randrange(int(self.length / ROUND)) for _ in range(days)) for service in services
        }
        self.lines = []

    def event(self, shortest, longest, kind):
        """A span of time that no other event touches, with an hour of peace around it."""
        while True:
            length = min(longest, shortest * (1 + self.chance.lognormvariate(1.2, 1.0)))
            start = self.chance.uniform(3_600, self.length - length - 3_600)
            if all(start > end + 3_600 or start + length < begin - 3_600 for begin, end in self.taken):
                self.taken.append((start, start + length))
                return {"kind": kind, "start": start, "end": start + length}

    def write(self, at, **fields):
        stamp = datetime.datetime.fromtimestamp(START + at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        self.lines.append((at, json.dumps({"at": stamp} | fields, separators=(",", ":"))))

    def active(self, events, at):
        return next((event for event in events if event["start"] <= at < event["end"]), None)

    def rounds(self):
        paths = {service: set(numbers) for service, numbers in self.paths.items()}
        for number in range(int(self.length / ROUND)):
            start = number * ROUND
            offset = 0.0
            for canary in CANARIES:
                at = start + offset + self.chance.uniform(0, 0.3)
                offset += 0.3
                isOK = self.active(self.own, at) is None and self.chance.random() >= LOST
                self.write(at, kind="canary", target=canary, outcome="ok" if isOK else "failed")
            for service, components in self.services.items():
                for component, targets in components.items():
                    for target in targets:
                        at = start + offset + self.chance.uniform(0, 0.3)
                        offset += 0.3
                        self.probe(at, service, component, target, number in paths[service])

    def probe(self, at, service, component, target, isPathLost):
        event = self.active(self.events[service], at)
        isGone = event is not None and (event["kind"] != "partial" or event.get("component") == component)
        failed = self.active(self.own, at) is not None or isPathLost or self.chance.random() < (1 - STRAY if isGone else LOST)
        milliseconds = round(self.chance.lognormvariate(4.4, 0.4))
        self.write(
            at, service=service, kind="probe", component=component, target=target, vantage="home", outcome="failed" if failed else "ok",
            phase="connect" if failed else None, ms=10_000 if failed else milliseconds)

    def hearsay(self):
        chance = self.chance
        for service, events in self.events.items():
            words = [(0.0, self.length, "none", 0)]
            for event in events:
                if event["kind"] == "maintenance":
                    words.append((event["start"] - 300, event["end"] + 120, "maintenance", 1))
                elif chance.random() < 0.5:
                    late = chance.expovariate(1 / (23 * 60)) + 120
                    word = "minor" if event["kind"] == "partial" else chance.choice(["major", "critical", "minor"])
                    words.append((event["start"] + late, max(event["end"], event["start"] + late) + chance.uniform(300, 2_400), word, 2))
            self.poll("feed", service, "statuspage", words, 180)
            for page in range(3):
                words = [(0.0, self.length, "up", 0)]
                for event in events:
                    if event["kind"] == "outage" and chance.random() < 0.8:
                        words.append((event["start"] + chance.uniform(240, 900), event["end"] + chance.uniform(60, 900), "down", 1))
                for _ in range(4):
                    at = chance.uniform(0, self.length)
                    words.append((at, at + chance.uniform(600, 3_600), "down", 1))
                self.poll("page", service, f"tracker{page}", words, 300)
            self.people(service, events)

    def poll(self, kind, service, source, words, every):
        at = self.chance.uniform(0, every)
        while at < self.length:
            word = max((word for word in words if word[0] <= at < word[1]), key=lambda word: word[3])[2]
            self.write(at, service=service, kind=kind, source=source, word=word)
            at += every * self.chance.uniform(0.95, 1.05)

    def people(self, service, events):
        chance = self.chance
        at = 0.0
        while (at := at + chance.expovariate(2 / 86_400)) < self.length:
            self.say(service, at, "asks")
        for event in events:
            if event["kind"] in ("outage", "partial"):
                pace = 120 if event["kind"] == "outage" else 600
                at = event["start"]
                while (at := at + chance.expovariate(1 / pace)) < event["end"]:
                    self.say(service, at, chance.choice(["down", "asks", "asks"]))
        for _ in range(8):
            start = chance.uniform(0, self.length - 900)
            place = f"g{chance.randrange(20)}"
            for _ in range(chance.randint(2, 5)):
                self.say(service, start + chance.uniform(0, 600), chance.choice(["down", "asks"]), place)

    def say(self, service, at, says, place=None):
        chance = self.chance
        where = place or f"g{chance.randrange(20)}"
        self.write(at, service=service, kind="report", who=f"u{chance.randrange(5_000)}", where=where, says=says)

    def save(self, folder, name):
        self.rounds()
        self.hearsay()
        self.lines.sort(key=lambda line: line[0])
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.jsonl").write_text("\n".join(line for _, line in self.lines) + "\n", encoding="utf-8")
        truth = {"start": START, "length": self.length, "own network": self.own, "events": self.events}
        (folder / f"{name}.truth.json").write_text(json.dumps(truth), encoding="utf-8")


if __name__ == "__main__":
    seed = int(sys.argv[2])
    days = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    World(seed, days, SERVICES).save(sys.argv[1], str(seed))
