"""The program under test, as people start it."""

import json
import os
import pathlib
import queue
import subprocess
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
_bin = subprocess.run(
    ["swift", "build", "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.strip()
PROGRAM = os.environ.get("ISITDOWN_PROGRAM", f"{_bin}/isitdown")


def environment(**extra):
    """The environment of somebody who configured nothing, and `extra`."""
    plain = {
        key: value for key, value in os.environ.items()
        if not key.startswith("ISITDOWN_") or key == "ISITDOWN_PLAYGROUND_CAPTURE"
    }
    return plain | {key: str(value) for key, value in extra.items()}


def run(*arguments, stdin="", cwd=ROOT, timeout=60, prefix=(), **extra):
    """Runs a command to its end."""
    return subprocess.run(
        [*prefix, PROGRAM, *arguments],
        input=stdin, capture_output=True, text=True, cwd=cwd, timeout=timeout, env=environment(**extra),
    )


def request(method, url, body=None, headers=None):
    """One HTTP request; answers (status, decoded JSON or text)."""
    data = None if body is None else json.dumps(body).encode()
    wanted = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"} | (headers or {}))
    try:
        with urllib.request.urlopen(wanted, timeout=10) as answer:
            status, raw = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, raw = refusal.code, refusal.read()
    try:
        return status, json.loads(raw)
    except ValueError:
        return status, raw.decode(errors="replace")


def eventually(look, timeout, what):
    """Looks until there is something to see."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.02)
    raise AssertionError(f"not within {timeout} s: {what}")


class Process:
    """A program that goes on running, its output read by the line."""

    def __init__(self, *arguments, **extra):
        self.process = subprocess.Popen(
            [PROGRAM, *arguments], cwd=ROOT, env=environment(**extra),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        self.lines = queue.Queue()
        self.errors = []
        threading.Thread(target=self._read_lines, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()

    def _read_lines(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors.append(line)

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("did not stop within 10 s of SIGTERM") from None


class Playground(Process):
    """`isitdown playground`, and what people do in it."""

    def __init__(self, *arguments, **extra):
        super().__init__("playground", "--port", "0", *arguments, **extra)
        self.page = None
        while self.page is None:
            try:
                line = self.lines.get(timeout=30)
            except queue.Empty:
                raise AssertionError("no address within 30 s: " + "".join(self.errors)) from None
            self.page = next((word for word in line.split() if word.startswith("http://")), None)
        self.page = self.page.rstrip("/")

    def say(self, author, content, channel="general", reply_to=None):
        """Speaks as a person and answers the message's id."""
        spoken = {"author": author, "channel": channel, "content": content}
        status, message = request(
            "POST", f"{self.page}/lab/messages", spoken | ({"reply_to": reply_to} if reply_to else {})
        )
        assert status in (200, 201), (status, message)
        return message["id"]

    def transcript(self):
        status, messages = request("GET", f"{self.page}/lab/transcript")
        assert status == 200, messages
        return messages

    def replies(self, message):
        return [each for each in self.transcript() if each["bot"] and each["reply_to"] == message]

    def reply(self, message, timeout=5):
        return eventually(lambda: self.replies(message), timeout, f"a reply to {message}")[0]

    def ask(self, content, author="ann", timeout=5, channel="general"):
        """Asks the bot itself, which answers however often it is asked."""
        if channel.startswith("dm:") or "@isitdown" in content:
            return self.reply(self.say(author, content, channel), timeout)["content"]
        return self.reply(self.say(author, f"@isitdown {content}", channel), timeout)["content"]

    def turn(self, service, state):
        status, answer = request("PUT", f"{self.page}/lab/services/{service}", {"state": state})
        assert status in (200, 204), (status, answer)

    def fault(self, name):
        status, answer = request("POST", f"{self.page}/lab/faults", {"fault": name})
        assert status in (200, 202, 204), (status, answer)
