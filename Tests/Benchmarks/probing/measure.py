#!/usr/bin/env python3
"""Probes of nginx on loopback by isitdown's prober, by curl and by blackbox_exporter, in processor seconds for a thousand."""

import argparse
import gzip
import http.client
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(os.environ.get("ISITDOWN_PROBE_BENCH", ROOT / ".build/release/ProbeBench"))
HOSTS = [f"127.0.0.{number}" for number in range(2, 52)]
PLAIN, SECURE, STATUS, BLACKBOX = 28180, 28143, 28181, 28115
# The name of the kind, what isitdown and curl are given, blackbox_exporter's module and target.
KINDS = {
    "http": ("http://{host}:28180/", "http_plain", "http://{host}:28180/"),
    "https": ("https://{host}:28143/", "http_secure", "https://{host}:28143/"),
    "tcp": ("tcp://{host}:28180", "tcp", "{host}:28180"),
    "tls": ("tls://{host}:28143", "tls", "{host}:28143"),
}
# As Prometheus 2.42, Debian's, asks an exporter (its scrape package): whoever uses blackbox_exporter pays for this, too.
AS_PROMETHEUS = {
    "Accept": "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "Accept-Encoding": "gzip",
}


def write_certificates(folder, alone):
    names = ",".join(f"IP:{host}" for host in HOSTS)
    subprocess.run(["/bin/sh", "-ec", f"""cd {folder}
        key() {{ openssl ecparam -genkey -name prime256v1 -noout -out $1.key; }}
        key ca; openssl req -x509 -new -key ca.key -days 2 -subj /CN=authority -out ca.pem
        key site; openssl req -new -key site.key -subj /CN=site -out site.csr
        echo "subjectAltName={names}" > site.ext
        openssl x509 -req -in site.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile site.ext -out site.pem
        # Among all that Debian trusts, or alone.
        cat {"ca.pem" if alone else "/etc/ssl/certs/ca-certificates.crt ca.pem"} > all.pem"""], check=True, capture_output=True)


def start_nginx(folder):
    (folder / "index.html").write_text("<!doctype html><title>well</title>" + "all is well " * 120)
    (folder / "nginx.conf").write_text(f"""
        worker_processes 1; daemon off; pid nginx.pid; error_log stderr; user root;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; keepalive_timeout 0;
            client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
            ssl_certificate {folder}/site.pem; ssl_certificate_key {folder}/site.key; ssl_session_tickets off; ssl_session_cache off;
            server {{ listen {PLAIN} backlog=4096; root {folder}; }}
            server {{ listen {SECURE} ssl backlog=4096; root {folder}; }}
            server {{ listen 127.0.0.1:{STATUS}; location / {{ stub_status; }} }}
        }}""")
    return subprocess.Popen(["nginx", "-p", str(folder), "-c", "nginx.conf", "-e", "stderr"], stderr=subprocess.DEVNULL)


def start_blackbox(folder):
    tls = f"tls_config: {{ca_file: {folder}/all.pem}}"
    (folder / "blackbox.yml").write_text(f"""modules:
  http_plain: {{prober: http, http: {{preferred_ip_protocol: ip4}}}}
  http_secure: {{prober: http, http: {{preferred_ip_protocol: ip4, fail_if_not_ssl: true, {tls}}}}}
  tcp: {{prober: tcp, tcp: {{preferred_ip_protocol: ip4}}}}
  tls: {{prober: tcp, tcp: {{preferred_ip_protocol: ip4, tls: true, {tls}}}}}
""")
    command = ["prometheus-blackbox-exporter", f"--config.file={folder}/blackbox.yml", f"--web.listen-address=127.0.0.1:{BLACKBOX}"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"GOMAXPROCS": "1"})


def accepted():
    """Connections that nginx has accepted, without those of these questions."""
    accepted.asked += 1
    text = urllib.request.urlopen(f"http://127.0.0.1:{STATUS}/", timeout=10).read().decode()
    return int(text.split("\n")[2].split()[0]) - accepted.asked


accepted.asked = 0


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def isitdown(folder, kind, count, at_once):
    targets = "\n".join(KINDS[kind][0].format(host=host) for host in HOSTS)
    done = subprocess.run(
        [PROGRAM, str(count), str(at_once), f"{folder}/all.pem"], input=targets, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return told["cpu"], told["wall"], told["failed"], told["probes"] + told["warm"]


def curl(folder, kind, count, at_once):
    lines = [f'url = "{KINDS[kind][0].format(host=HOSTS[number % len(HOSTS)])}"\noutput = /dev/null' for number in range(count)]
    (folder / "curl.config").write_text("\n".join(lines) + "\n")
    before, start = children(), time.monotonic()
    done = subprocess.run(
        ["curl", "--silent", "--parallel", "--parallel-immediate", "--parallel-max", str(at_once), "--no-sessionid", "--fail",
         "--write-out", "%{http_code} %{num_connects}\n", "--cacert", f"{folder}/all.pem", "--config", f"{folder}/curl.config"],
        capture_output=True, text=True)
    good = done.stdout.split("\n").count("200 1")
    return children() - before, time.monotonic() - start, count - good, count


def blackbox(process, kind, count, at_once):
    """Its own processor time: the clients that ask it do not count."""
    _, module, target = KINDS[kind]

    def ticks():
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    failed, numbers, lock = [0], iter(range(count)), threading.Lock()

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", BLACKBOX, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            path = f"/probe?module={module}&target={target.format(host=HOSTS[number % len(HOSTS)])}"
            connection.request("GET", path, headers=AS_PROMETHEUS)
            answer = connection.getresponse()
            page = answer.read()
            if b"\nprobe_success 1\n" not in (gzip.decompress(page) if answer.headers["Content-Encoding"] == "gzip" else page):
                failed[0] += 1

    before, start = ticks(), time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ticks() - before, time.monotonic() - start, failed[0], count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=6_000, help="of probes in a round; a quarter of it with TLS")
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--only", default=",".join(KINDS), help="kinds, parted by commas")
    parser.add_argument("--one-authority", action="store_true", help="trust one, instead of it and Debian's")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    results, mistakes = {}, []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o755)
        write_certificates(folder, options.one_authority)
        nginx, exporter = start_nginx(folder), start_blackbox(folder)
        try:
            time.sleep(1.5)
            for kind in options.only.split(","):
                count = options.count // (4 if kind in ("https", "tls") else 1)
                who = {
                    "isitdown": lambda: isitdown(folder, kind, count, options.at_once),
                    "blackbox_exporter": lambda: blackbox(exporter, kind, count, options.at_once),
                }
                if kind in ("http", "https"):
                    who["curl"] = lambda: curl(folder, kind, count, options.at_once)
                for number in range(options.rounds):
                    for client, measure in who.items():
                        before = accepted()
                        cpu, wall, failed, probes = measure()
                        connections = accepted() - before
                        if failed or connections != probes:
                            mistakes.append(f"{client}, {kind}: {failed} of {probes} failed, {connections} connections")
                        results.setdefault(kind, {}).setdefault(client, []).append(cpu / count * 1_000)
        finally:
            exporter.kill()
            nginx.terminate()
            exporter.wait()
            nginx.wait()
    medians = {kind: {client: statistics.median(all) for client, all in clients.items()} for kind, clients in results.items()}
    print(f"{'kind':8}{'who':20}{'cpu s / 1000':>14}{'probes / cpu s':>16}   min … max")
    for kind, clients in medians.items():
        for client, median in clients.items():
            spread = results[kind][client]
            print(f"{kind:8}{client:20}{median:14.3f}{1_000 / median:16,.0f}   {min(spread):.3f} … {max(spread):.3f}")
    goals = [("http", "curl", 0.8), ("http", "blackbox_exporter", 5), ("https", "curl", 1), ("https", "blackbox_exporter", 1.1),
             ("tcp", "blackbox_exporter", 5)]
    for kind, other, wanted in goals:
        if kind in medians:
            ratio = medians[kind][other] / medians[kind]["isitdown"]
            print(f"{kind}: {ratio:.2f} × {other}, wanted at least {wanted}: {'met' if ratio >= wanted else 'missed'}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    if mistakes:
        sys.exit("not every probe was a good one over a connection of its own: this is no measurement")


if __name__ == "__main__":
    main()
