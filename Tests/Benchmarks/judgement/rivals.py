"""The rules by which other monitors call a service down, fed with the same probes.

Each rule watches a target; a service is down for it when all its targets are, which is kinder than an alarm for each target. Where a
monitor has a guard for its own network, it has it here.
"""

import json


class Kuma:
    """Uptime Kuma: `retries` failures are forgiven, one success is up again. It has no guard for its own network."""

    guarded = False

    def __init__(self, retries):
        self.retries, self.failures, self.isDown = retries, 0, False

    def see(self, ok):
        self.failures = 0 if ok else self.failures + 1
        self.isDown = self.failures > self.retries


class Gatus:
    """Gatus: three failures in a row, two successes in a row; nothing is looked at while one target of its own fails."""

    guarded = True

    def __init__(self):
        self.run, self.last, self.isDown = 0, True, False

    def see(self, ok):
        self.run = self.run + 1 if ok == self.last else 1
        self.last = ok
        if not ok and self.run >= 3:
            self.isDown = True
        elif ok and self.run >= 2:
            self.isDown = False


class Checkmate:
    """Checkmate: at least three of the last five failed. It has no guard."""

    guarded = False

    def __init__(self):
        self.window, self.isDown = [], False

    def see(self, ok):
        self.window = (self.window + [ok])[-5:]
        if len(self.window) == 5:
            self.isDown = self.window.count(False) >= 3


RULES = {
    "Uptime Kuma, no retries": lambda: Kuma(0),
    "Uptime Kuma, 2 retries": lambda: Kuma(2),
    "Gatus": Gatus,
    "Checkmate": Checkmate,
}


def replay(journal, stamp):
    """For each rule: the changes (time, service, state) that it would have told."""
    monitors = {name: {} for name in RULES}
    isDown = {name: {} for name in RULES}
    changes = {name: [] for name in RULES}
    guard = True
    first = None
    for line in open(journal, encoding="utf-8"):
        entry = json.loads(line)
        if entry["kind"] == "canary":
            first = first or entry["target"]
            if entry["target"] == first:
                guard = entry["outcome"] == "ok"
        elif entry["kind"] == "probe":
            service, target, ok, at = entry["service"], entry["target"], entry["outcome"] != "failed", stamp(entry["at"])
            for name, rule in RULES.items():
                of_service = monitors[name].setdefault(service, {})
                monitor = of_service.get(target) or of_service.setdefault(target, rule())
                if monitor.guarded and not guard:
                    continue
                monitor.see(ok)
                now = all(each.isDown for each in of_service.values())
                if now != isDown[name].get(service, False):
                    isDown[name][service] = now
                    changes[name].append((at, service, "down" if now else "up"))
    return changes
