"""Who is measured, and how each is started."""

import os
import pathlib
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / ".build" / "benchmarks"
PYTHON = ROOT / ".build" / "python" / "bin" / "python3"
MODES = {"none": "none", "zlib": "zlib-stream", "zstd": "zstd-stream"}
# Says whose it is, as Discord's tokens do, and is nobody's.
TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.benchmark.token"
WATCHED = ["one.example", "two.example", "three.example", "four.example", "five.example", "talk.kik.example", "talk2.kik.example"]


class Client:
    """A program that connects to the flood server."""

    shows_counts = True

    def __init__(self, name, command):
        self.name = name
        self.command = command

    def can(self, mode, shards=1):
        return shards == 1

    def start(self, server, mode, shards=1):
        """Starts it; answers the process and when that was, on the clock that the server reads."""
        arguments = [str(word) for word in [*self.command, server.port, MODES[mode]]]
        return self._spawn(arguments, dict(os.environ))

    def _spawn(self, arguments, environment):
        log = open(BUILD / f"{self.name}.log", "w", encoding="utf-8")
        at = time.monotonic_ns()
        process = subprocess.Popen(arguments, env=environment, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        log.close()
        return process, at

    def complaints(self):
        """Warnings that it wrote."""
        text = (BUILD / f"{self.name}.log").read_text(encoding="utf-8", errors="replace")
        return [line for line in text.splitlines() if " warning " in line or " error " in line or "Error" in line]


class IsItDown(Client):
    """The bot as people run it."""

    shows_counts = False

    def __init__(self, program, listener, name="isitdown", settings=None):
        super().__init__(name, [program, "run"])
        self.listener = listener
        self.more = settings or {}
        self.settings = subprocess.run([program, "run", "--help"], capture_output=True, text=True, check=True).stdout

    def _has(self, setting):
        return f" {setting}: " in self.settings

    def can(self, mode, shards=1):
        return (mode == "none" or self._has("discord.compression")) and (shards == 1 or self._has("discord.shards"))

    def start(self, server, mode, shards=1):
        plain = {key: value for key, value in os.environ.items() if not key.startswith("ISITDOWN_")}
        ours = {
            "ISITDOWN_ROOT": str(ROOT),
            "ISITDOWN_CONFIG": str(HERE / "isitdown.yaml"),
            "ISITDOWN_DISCORD_API": f"http://127.0.0.1:{server.port}/api/v10",
            "ISITDOWN_DISCORD_TOKEN": TOKEN,
            "ISITDOWN_NETWORK_REDIRECTIONS": ",".join(f"{host}:443=127.0.0.1:{self.listener.port}" for host in WATCHED),
        }
        # A version that does not know a setting refuses it.
        if self._has("discord.compression"):
            ours["ISITDOWN_DISCORD_COMPRESSION"] = MODES[mode]
        if self._has("discord.shards"):
            ours["ISITDOWN_DISCORD_SHARDS"] = str(shards)
        return self._spawn([str(word) for word in self.command], plain | ours | self.more)


def all_clients(listener):
    program = os.environ.get("ISITDOWN_PROGRAM", ROOT / ".build" / "release" / "isitdown")
    return [
        IsItDown(program, listener),
        # In chats that have a usual service every message may be about it, and none is sorted out for naming no other.
        IsItDown(program, listener, "isitdown-kik", {"ISITDOWN_CHAT_DEFAULT_SERVICE": "kik"}),
        Client("floor", [BUILD / "floor"]),
        Client("discord.py", [PYTHON, "-O", HERE / "peers" / "discord_py.py"]),
        # As it comes, without what its users install for speed: what most of them run.
        Client("discord.py-bare", ["env", "BARE=1", PYTHON, HERE / "peers" / "discord_py.py"]),
        Client("hikari", [PYTHON, "-O", HERE / "peers" / "hikari_bot.py"]),
    ]


class Session:
    """A client that is connected and warm."""

    def __init__(self, server, client, mode, shards=1, warm=True):
        self.server, self.client = server, client
        server.reset()
        self.process, self.started = client.start(server, mode, shards)
        try:
            for _ in range(shards):
                self.identify = server.wait_for("identify", 60)
            asked = self.identify["compress"]
            if asked != MODES[mode]:
                raise RuntimeError(f"{client.name} asked for the compression “{asked}”, not “{MODES[mode]}”")
            if warm:
                self._settle()
        except BaseException:
            self.end()
            raise

    def _settle(self):
        """Waits until it answers with a verdict, and until it has nothing more to do."""
        deadline = time.monotonic() + 30
        time.sleep(1)
        while True:
            try:
                answer = self.server.ask()["content"]
                if " is working" in answer or self.client.shows_counts:
                    break
            except TimeoutError:
                pass
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.client.name} gives no verdict")
            time.sleep(0.5)
        time.sleep(1)

    def flood(self, count):
        """One flood, checked: whoever did not take every event did not run the race."""
        result = self.server.flood(count, self.process.pid)
        for answer in result["answers"]:
            if not answer:
                raise RuntimeError(f"{self.client.name} did not answer the question after the flood")
            expected = f"events={count} content_bytes={result['content_bytes']}"
            if self.client.shows_counts and answer != expected:
                raise RuntimeError(f"{self.client.name} took in “{answer}”, not “{expected}”")
        if not result["heartbeats_match"]:
            raise RuntimeError(f"{self.client.name} has not counted the flood's last event")
        return result

    def memory(self):
        """Resident kilobytes: all, anonymous, of files."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file)
        return {name: int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon", "RssFile", "VmHWM")}

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
