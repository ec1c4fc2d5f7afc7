"""The flood server and what the bot watches, as the measurements use them."""

import json
import queue
import socket
import subprocess
import threading
import time


class FloodServer:
    """A running `flood-server`."""

    def __init__(self, program, corpus):
        self.process = subprocess.Popen([program, corpus], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.events = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.port = self.wait_for("listening")["port"]

    def _read(self):
        for line in self.process.stdout:
            self.events.put(json.loads(line))
        self.events.put({"event": "ended"})

    def order(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")

    def wait_for(self, kind, timeout=60):
        """The next event of this kind; others before it are forgotten."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"no “{kind}” of the flood server within {timeout} s") from None
            if event["event"] == kind:
                return event
            if event["event"] in ("ended", "error", "closed"):
                raise RuntimeError(f"the flood server says {event} instead of “{kind}”")

    def reset(self):
        """Leaves the present client."""
        self.order("reset")
        while (event := self.events.get(timeout=60)["event"]) != "reset":
            if event == "ended":
                raise RuntimeError("the flood server has ended")

    def flood(self, count, process, timeout=900):
        """Sends `count` events and the question, and answers what that took the process."""
        self.order("flood", count, process)
        return self.wait_for("flooded", timeout)

    def ask(self, timeout=10):
        self.order("ask")
        return self.wait_for("answered", timeout)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)


class Listener:
    """A port on which every connection is accepted: the watched service, and the Internet, are up."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            self.socket.accept()[0].close()
