"""Measures the bot beside its peers and beside the floor, in one run, and prints ratios.

    Tests/Benchmarks/run [--only throughput,latency,memory,start] [--modes none,zlib,zstd] [--clients …] [--rounds 3] [--json FILE] [--quick]
"""

import argparse
import json
import os
import platform
import queue
import statistics
import sys
import time

import chatter
from clients import BUILD, MODES, Session, all_clients
from server import FloodServer, Listener

PARTS = ["throughput", "latency", "memory", "start"]
# How many times discord.py's rate, and which part of the floor's, the bot shall reach.
THROUGHPUT_GOALS = {"none": (10, 0.8), "zlib": (30, 0.6), "zstd": (30, 0.6)}


def arguments():
    parser = argparse.ArgumentParser(description="What the bot costs, beside others. Exits 0 when everything was measured.")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure: %(default)s")
    parser.add_argument("--modes", default=",".join(MODES), help="transport compressions: %(default)s")
    parser.add_argument("--clients", help="names of clients to measure, parted by commas; all when not given")
    parser.add_argument("--events", type=int, default=300_000, help="most events in a flood (%(default)s)")
    parser.add_argument("--seconds", type=float, default=4, help="processor time that a flood shall take (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="floods for each client and mode (%(default)s)")
    parser.add_argument("--questions", type=int, default=500, help="questions for the latency (%(default)s)")
    parser.add_argument("--memory-events", type=int, default=1_000_000, help="events for the memory (%(default)s)")
    parser.add_argument("--starts", type=int, default=11, help="starts for the time to start (%(default)s)")
    parser.add_argument("--json", metavar="FILE", help="write everything that was measured here, too")
    parser.add_argument("--quick", action="store_true", help="a look rather than a measurement: one round, little of everything")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.seconds, chosen.questions, chosen.memory_events, chosen.starts = 1, 1, 100, 200_000, 3
    chosen.only, chosen.modes = chosen.only.split(","), chosen.modes.split(",")
    for given, known in ((chosen.only, PARTS), (chosen.modes, MODES)):
        if unknown := [each for each in given if each not in known]:
            parser.error(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    return chosen


class Benchmark:
    """All of it, with what was found so far."""

    def __init__(self, chosen):
        self.chosen = chosen
        corpus = BUILD / "corpus.jsonl"
        if not corpus.exists():
            progress("writing chatter")
            chatter.write(corpus, 50_000)
        self.server = FloodServer(BUILD / "flood-server", corpus)
        self.clients = all_clients(Listener())
        if chosen.clients:
            self.clients = [client for client in self.clients if client.name in chosen.clients.split(",")]
        self.found = {"machine": machine(), "goals": [], "notes": []}

    def named(self, *names):
        return [client for client in self.clients if client.name in names]

    def note(self, text):
        if text not in self.found["notes"]:
            self.found["notes"].append(text)

    def goal(self, name, value, limit, unit="", at_most=False):
        """Judges a number; nothing depends on the judgement but what is printed."""
        met = value <= limit if at_most else value >= limit
        self.found["goals"].append({"goal": name, "value": value, "limit": limit, "at_most": at_most, "unit": unit, "met": met})

    def run(self):
        """Measures each part; what one found is not lost when another fails."""
        complete = True
        for part in self.chosen.only:
            try:
                getattr(self, part)()
            except (RuntimeError, OSError, queue.Empty) as error:
                complete = False
                self.note(f"{part} was not measured to its end: {error!r}")
        self.server.stop()
        return complete

    def may(self, client, mode, shards=1):
        if client.can(mode, shards):
            return True
        self.note(f"{client.name}, {mode}, {shards} shard(s): n/a, it cannot ask for that")
        return False

    # Events per processor second.

    def throughput(self):
        samples = self.found["throughput"] = {}
        for round_number in range(self.chosen.rounds):
            for mode in self.chosen.modes:
                for client in self.clients:
                    if self.may(client, mode):
                        progress(f"throughput {round_number + 1}/{self.chosen.rounds}: {client.name}, {mode}")
                        samples.setdefault(mode, {}).setdefault(client.name, []).append(self._flood(client, mode))
        for mode, (peer, floor) in THROUGHPUT_GOALS.items():
            rates = {name: statistics.median(each["rate"] for each in found) for name, found in samples.get(mode, {}).items()}
            for other, factor in (("discord.py", peer), ("floor", floor)):
                if "isitdown" in rates and other in rates:
                    self.goal(f"throughput, {mode}: isitdown / {other}", rates["isitdown"] / rates[other], factor, "×")

    def _flood(self, client, mode):
        with Session(self.server, client, mode) as session:
            # Warms it, and shows how many events fill the time.
            trial = session.flood(3_000)
            count = int(3_000 / trial["processor_ns"] * 1e9 * self.chosen.seconds)
            result = session.flood(min(max(count, 5_000), self.chosen.events))
            self._check(client, result)
            return {
                "rate": result["events"] / result["processor_ns"] * 1e9, "events": result["events"],
                "processor_s": result["processor_ns"] / 1e9, "wall_s": result["wall_ns"] / 1e9,
                "payload_bytes": result["payload_bytes"] / result["events"], "wire_bytes": result["wire_bytes"] / result["events"],
            }

    def _check(self, client, result):
        if result.get("unexpected"):
            self.note(f"{client.name} answered {result['unexpected']} messages that asked nothing, first: “{result['first_unexpected'][:80]}”")
        for complaint in client.complaints()[:3]:
            self.note(f"{client.name} complained: {complaint[:160]}")

    # From the question's bytes to the answer's.

    def latency(self):
        found = self.found["latency"] = {}
        for mode in [mode for mode in ("none", "zstd") if mode in self.chosen.modes]:
            for client in self.named("isitdown", "floor", "discord.py"):
                if not self.may(client, mode):
                    continue
                progress(f"latency: {client.name}, {mode}")
                found.setdefault(mode, {})[client.name] = self._latency(client, mode)
            if ours := found.get(mode, {}).get("isitdown"):
                self.goal(f"latency, {mode}: p50", ours["p50_ms"], 1, "ms", at_most=True)
                self.goal(f"latency, {mode}: p99", ours["p99_ms"], 5, "ms", at_most=True)

    def _latency(self, client, mode):
        with Session(self.server, client, mode) as session:
            session.flood(3_000)
            self.server.order("latency", self.chosen.questions, 40_000, 5_000, session.process.pid)
            result = self.server.wait_for("latencies", self.chosen.questions * 0.05 + 60)
            if result["unanswered"]:
                self.note(f"{client.name}, {mode}: {result['unanswered']} of {result['asked']} questions were not answered within 5 s")
            took = sorted(each / 1e6 for each in result["ns"])
            share = {f"p{p}_ms": took[min(len(took) - 1, int(len(took) * p / 100))] for p in (50, 90, 99)}
            return share | {
                "max_ms": took[-1], "answered": len(took), "events_per_second": result["events"] / result["wall_ns"] * 1e9,
                "processor_share": result["processor_ns"] / result["wall_ns"], "server_worst_lag_ms": result["worst_lag_ns"] / 1e6,
            }

    # Resident memory.

    def memory(self):
        found = self.found["memory"] = {}
        mode = next((mode for mode in ("zstd", "none") if mode in self.chosen.modes and self._ours_can(mode)), None)
        for client in self.named("isitdown", "floor", "discord.py", "hikari"):
            for shards in (1, 64) if client.name == "isitdown" else (1,):
                if mode and self.may(client, mode, shards):
                    progress(f"memory: {client.name}, {mode}, {shards} shard(s)")
                    found[f"{client.name}, {mode}, {shards} shard(s)"] = rows = self._memory(client, mode, shards)
                    if client.name == "isitdown":
                        worst = max(row["VmRSS"] for row in rows) / 1024
                        self.goal(f"memory, {shards} shard(s): most", worst, 30 if shards == 1 else 60, "MiB", at_most=True)
                        growth = (rows[-1]["VmRSS"] - rows[min(1, len(rows) - 1)]["VmRSS"]) / 1024
                        self.goal(f"memory, {shards} shard(s): growth after the first 100 000", growth, 1, "MiB", at_most=True)

    def _ours_can(self, mode):
        return all(client.can(mode) for client in self.named("isitdown"))

    def _memory(self, client, mode, shards):
        # The floods of the peers are shorter: theirs is here for comparison.
        steps = self.chosen.memory_events // 100_000 if client.name in ("isitdown", "floor") else 2
        with Session(self.server, client, mode, shards) as session:
            rows = [{"events": 0} | session.memory()]
            for step in range(steps):
                self._check(client, session.flood(100_000))
                time.sleep(0.3)
                rows.append({"events": (step + 1) * 100_000} | session.memory())
            return rows

    # From the process to its IDENTIFY.

    def start(self):
        found = self.found["start"] = {}
        for turn in range(self.chosen.starts):
            for client in self.clients:
                if turn >= 3 and client.name not in ("isitdown", "floor"):
                    continue
                progress(f"start {turn + 1}/{self.chosen.starts}: {client.name}")
                mode = "none" if not client.can("zstd") else "zstd"
                with Session(self.server, client, mode, warm=False) as session:
                    found.setdefault(client.name, []).append((session.identify["at"] - session.started) / 1e6)
        if "isitdown" in found:
            self.goal("start: process to IDENTIFY, median", statistics.median(found["isitdown"]), 150, "ms", at_most=True)


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    return {"processor": model, "processors": os.cpu_count(), "kernel": platform.release(), "load": os.getloadavg()[0]}


def progress(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def table(title, heads, rows):
    print(f"\n{title}")
    rows = [heads, *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths))))


def report(found):
    print("Machine: {processor}, {processors} processors, load {load:.1f} at the start".format(**found["machine"]))
    for mode, clients in found.get("throughput", {}).items():
        median = {name: statistics.median(each["rate"] for each in samples) for name, samples in clients.items()}
        rows = []
        for name, samples in clients.items():
            rates = [each["rate"] for each in samples]
            against = [f"{median[name] / median[other]:.2f}" if other in median else "-" for other in ("discord.py", "floor")]
            rows.append([
                name, f"{median[name]:,.0f}", f"{min(rates):,.0f}", f"{max(rates):,.0f}", f"{1e9 / median[name]:,.0f}", *against,
                f"{samples[0]['wire_bytes']:.0f}", f"{statistics.median(each['wall_s'] for each in samples):.2f}",
            ])
        size = next(iter(clients.values()))[0]["payload_bytes"]
        table(f"Throughput, {mode}: events of {size:,.0f} bytes per processor second",
              ["client", "median", "min", "max", "ns/event", "÷ discord.py", "÷ floor", "wire bytes", "wall s"], rows)
    for mode, clients in found.get("latency", {}).items():
        table(f"Latency, {mode}: question in to answer out, in ms, among 5 000 events/s",
              ["client", "p50", "p90", "p99", "max", "answers", "events/s", "CPU", "server's worst lag"],
              [[name, *(f"{each[key]:.2f}" for key in ("p50_ms", "p90_ms", "p99_ms", "max_ms")), each["answered"],
                f"{each['events_per_second']:,.0f}", f"{each['processor_share']:.0%}", f"{each['server_worst_lag_ms']:.2f}"]
               for name, each in clients.items()])
    for name, rows in found.get("memory", {}).items():
        table(f"Memory, {name}, in MiB (judged by VmRSS; RssFile are pages of files, which processes share)",
              ["events", "VmRSS", "RssAnon", "RssFile"],
              [[f"{row['events']:,}", *(f"{row[key] / 1024:.1f}" for key in ("VmRSS", "RssAnon", "RssFile"))] for row in rows])
    if "start" in found:
        table("Start: process to IDENTIFY, in ms", ["client", "median", "min", "max", "starts"],
              [[name, f"{statistics.median(took):.0f}", f"{min(took):.0f}", f"{max(took):.0f}", len(took)]
               for name, took in found["start"].items()])
    if found["goals"]:
        table("Goals", ["goal", "is", "wanted", ""],
              [[each["goal"], f"{each['value']:.2f} {each['unit']}", f"{'≤' if each['at_most'] else '≥'} {each['limit']} {each['unit']}",
                "met" if each["met"] else "missed"] for each in found["goals"]])
    for note in found["notes"]:
        print(f"\nNote: {note}")


def main():
    chosen = arguments()
    benchmark = Benchmark(chosen)
    complete = benchmark.run()
    report(benchmark.found)
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:
            json.dump(benchmark.found, file, indent=1, ensure_ascii=False)
    sys.exit(0 if complete else 1)


main()
