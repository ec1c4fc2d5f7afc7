#!/usr/bin/env python3
"""Ten thousand targets, each looked at once a minute by `isitdown run`; what nginx saw of it is what counts."""

import argparse
import collections
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
os.environ.setdefault("ISITDOWN_PROGRAM", str(ROOT / ".build/release/isitdown"))
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from isitdown import Process  # noqa: E402
from restart_test import TOKEN, LocalDiscord  # noqa: E402

INTERVAL = 60.0
# The bot stretches and shortens every interval by at most a tenth, so that rounds stay spread.
SPREAD = 0.1


def addresses(count):
    """Addresses of this machine (RFC 1122, 3.2.1.3), each a host of its own."""
    return [f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}" for number in range(count)]


def write_catalogue(folder, hosts, port, checks):
    folder.mkdir()
    for number in range(0, len(hosts), checks):
        lines = [f"id: s{number}", f"name: Service {number}", "components:", "  web:", "    name: pages", "    weight: 1", "    checks:"]
        lines += [f"      c{place}: http://{host}:{port}/" for place, host in enumerate(hosts[number:number + checks])]
        (folder / f"s{number}.yaml").write_text("\n".join(lines) + "\n")


def start_nginx(folder, port):
    (folder / "index.html").write_text("<!doctype html><title>well</title>" + "all is well " * 80)
    (folder / "nginx.conf").write_text(f"""
        worker_processes 1; daemon off; pid nginx.pid; error_log stderr; user root;
        events {{ worker_connections 4096; }}
        http {{
            log_format seen '$msec $server_addr $connection_requests';
            access_log seen.log seen buffer=64k flush=1s;
            client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
            server {{ listen {port} backlog=4096; root {folder}; }}
        }}""")
    return subprocess.Popen(["nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"], stderr=subprocess.DEVNULL)


def status(pid):
    lines = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024, cpu


def lateness(health):
    """How many rounds began so late after they were due, as the bot counts them."""
    with urllib.request.urlopen(f"http://{health}/healthz", timeout=10) as answer:
        return collections.Counter(json.load(answer)["watch"]["rounds_late"])


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--targets", type=int, default=10_000)
    parser.add_argument("--checks", type=int, default=10, help="of one service")
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--warm", type=float, default=2, help="minutes before the measurement")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    discord = LocalDiscord()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o755)
        hosts, port = addresses(options.targets), 28080
        write_catalogue(folder / "services", hosts, port, options.checks)
        nginx = start_nginx(folder, port)
        canaries = ",".join(f"tcp://{host}:{port}" for host in addresses(options.targets + 5)[-5:])
        health = "127.0.0.1:28081"
        bot = Process(
            "run", "--config", str(ROOT / "Tests/Benchmarks/isitdown.yaml"),
            ISITDOWN_DISCORD_API=discord.api, ISITDOWN_DISCORD_TOKEN=TOKEN, ISITDOWN_FILES_STATE="none",
            ISITDOWN_FILES_SERVICES=folder / "services", ISITDOWN_MONITOR_INTERVAL="60s", ISITDOWN_MONITOR_CANARIES=canaries,
            ISITDOWN_MONITOR_UNSURE_INTERVAL="10s", ISITDOWN_HEALTH_LISTEN=health)
        try:
            time.sleep(options.warm * 60)
            before = lateness(health)
            begun, (_, _, cpu_before) = time.time(), status(bot.process.pid)
            time.sleep(options.minutes * 60)
            rss, peak, cpu = status(bot.process.pid)
            late = lateness(health)
            late.subtract(before)
            spent, lasted = cpu - cpu_before, time.time() - begun
            time.sleep(2)
        finally:
            bot.process.send_signal(signal.SIGTERM)
            bot.process.wait(30)
            nginx.terminate()
            nginx.wait()
            discord.process.kill()
        seen = collections.defaultdict(list)
        reused = 0
        for line in (folder / "seen.log").read_text().splitlines():
            at, address, requests = line.split()
            reused += requests != "1"
            seen[address].append(float(at))
    gaps, probes = [], 0
    for host in hosts:
        rounds = [at for at in seen[host] if at >= begun - INTERVAL]
        probes += sum(begun <= at < begun + lasted for at in rounds)
        gaps += [after - before for before, after in zip(rounds, rounds[1:])]
    # As nginx saw it: how much later than its latest time a round came, and earlier than its earliest.
    errors = [max(0.0, gap - INTERVAL * (1 + SPREAD), INTERVAL * (1 - SPREAD) - gap) for gap in gaps]
    result = {
        "targets": options.targets, "services": options.targets // options.checks, "seen": sum(bool(seen[host]) for host in hosts),
        "probes": probes, "per_second": probes / lasted, "reused_connections": reused, "mean_gap": sum(gaps) / max(1, len(gaps)),
        "seen_error_p99": percentile(errors, 0.99), "seen_error_max": max(errors, default=float("nan")),
        **{f"begun at most {bound} late" if bound != "more" else "begun later": count for bound, count in late.items()},
        "late_over_1s_share": (late["10000 ms"] + late["more"]) / max(1, sum(late.values())),
        "rss_mib": rss, "peak_mib": peak, "cpu_share": spent / lasted, "cpu_seconds_per_1000": spent / max(1, probes) * 1000,
    }
    for key, value in result.items():
        print(f"{key:28} {value:,.4g}" if isinstance(value, float) else f"{key:28} {value:,}")
    for what, value, goal in (
            ("rounds begun over 1 s late, share", result["late_over_1s_share"], 0.01),
            ("off the interval's bounds as nginx saw it, p99, s", result["seen_error_p99"], 1.0), ("resident, MiB", rss, 100 / 1.048576)):
        print(f"{what}: {value:.3g}, wanted at most {goal:.3g}: {'met' if value <= goal else 'missed'}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    if result["seen"] != options.targets or reused:
        sys.exit("not every target was looked at, or not over connections of its own: this is no measurement")


if __name__ == "__main__":
    main()
