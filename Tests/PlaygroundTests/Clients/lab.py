"""What every client of these tests needs: HTTP without dependencies, the live feed, and deadlines."""

import asyncio
import http.client
import json
import os
import sys
import zlib

import websockets
import zstandard

from deadline import DEADLINE

PORT = int(sys.argv[1])
TOKEN = sys.argv[2]
BOT = sys.argv[3]
AUTHORITY = f"127.0.0.1:{PORT}"
# Where bots find the API; a front may stand before it.
API = os.environ.get("ISITDOWN_TEST_API", f"http://{AUTHORITY}/api/v10")
AGENT = "DiscordBot (https://example.com, 1.0)"
GATEWAY = f"ws://{AUTHORITY}/gateway/?v=10&encoding=json"



def request(method, path, body=None, headers=None):
    """One request; returns status, headers, and the body read as JSON where it is JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=DEADLINE)
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    connection.request(method, path, data, {"Content-Type": "application/json", "User-Agent": AGENT, **(headers or {})})
    response = connection.getresponse()
    text = response.read()
    connection.close()
    try:
        return response.status, response.headers, json.loads(text)
    except ValueError:
        return response.status, response.headers, text


def rest(method, path, body=None, token=TOKEN):
    return request(method, "/api/v10" + path, body, {"Authorization": f"Bot {token}"})


def say(author, content, channel="general", **more):
    status, _, entry = request("POST", "/lab/messages", {"author": author, "channel": channel, "content": content, **more})
    assert status == 201, (status, entry)
    return entry


def fault(name, **more):
    status, _, answer = request("POST", "/lab/faults", {"fault": name, **more})
    assert status == 200, answer
    return answer


class Reader:
    """What a client must do to the messages of a socket, one context for each connection."""

    def __init__(self, compress):
        self.compress = compress
        self.inflater = zlib.decompressobj()
        self.unpacker = zstandard.ZstdDecompressor().decompressobj()
        self.pending = b""

    def read(self, message):
        """The texts that `message` completes."""
        if self.compress is None:
            assert isinstance(message, str), message
            return [message]
        assert isinstance(message, bytes), message
        if self.compress == "zstd-stream":
            return [self.unpacker.decompress(message).decode()]
        self.pending += message
        if not self.pending.endswith(b"\0\0\xff\xff"):
            return []
        pending, self.pending = self.pending, b""
        return [self.inflater.decompress(pending).decode()]


def documents(text):
    """Every JSON document of a text, one behind the other."""
    decoder, found = json.JSONDecoder(), []
    while text:
        value, end = decoder.raw_decode(text)
        found.append(value)
        text = text[end:]
    return found


class Client:
    """A gateway socket, bare."""

    def __init__(self, socket, compress=None):
        self.socket = socket
        self.reader = Reader(compress)
        self.frames = []

    async def send(self, op, d):
        await self.socket.send(json.dumps({"op": op, "d": d}))

    async def receive(self):
        while not self.frames:
            message = await asyncio.wait_for(self.socket.recv(), DEADLINE)
            for text in self.reader.read(message):
                self.frames += documents(text)
        return self.frames.pop(0)

    async def silence(self, seconds=0.3):
        """Holds the server to saying nothing for a while."""
        try:
            message = await asyncio.wait_for(self.socket.recv(), seconds)
        except asyncio.TimeoutError:
            return
        raise AssertionError(message)

    async def until(self, event):
        """Skips to the dispatch called `event`."""
        while True:
            frame = await self.receive()
            if frame.get("t") == event:
                return frame

    async def identify(self, intents=37377, token=TOKEN, **more):
        await self.send(2, {"token": token, "intents": intents, "properties": {"os": "linux", "browser": "test", "device": "test"}, **more})

    async def close_code(self):
        """Reads to the end and returns the code; 1006 when there was no close frame."""
        try:
            while True:
                await asyncio.wait_for(self.socket.recv(), DEADLINE)
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


async def connect(hello=True, transport=None, url=GATEWAY):
    address = url + (f"&compress={transport}" if transport else "")
    socket = await asyncio.wait_for(websockets.connect(address, ping_interval=None, max_size=None), DEADLINE)
    client = Client(socket, transport)
    if hello:
        frame = await client.receive()
        assert frame["op"] == 10 and frame["d"]["heartbeat_interval"] > 0, frame
    return client


async def ready(transport=None, **more):
    client = await connect(transport=transport)
    await client.identify(**more)
    frame = await client.receive()
    assert frame["t"] == "READY" and frame["s"] == 1, frame
    return client, frame["d"]


async def resume(data, sequence, transport=None):
    """A new socket that has asked for the session of a READY's data."""
    client = await connect(transport=transport)
    await client.send(6, {"token": TOKEN, "session_id": data["session_id"], "seq": sequence})
    return client


def stats():
    return request("GET", "/lab/stats")[2]


def violations():
    """What was noted since the last call, without the times."""
    status, _, found = request("GET", "/lab/violations")
    assert status == 200 and request("DELETE", "/lab/violations")[0] == 204
    return [(entry["where"], entry["what"]) for entry in found if entry["at"]]


async def sees(condition):
    """Watches the live feed until the transcript meets `condition`."""
    async with asyncio.timeout(DEADLINE):
        async with websockets.connect(f"ws://{AUTHORITY}/lab/live") as live:
            messages = {m["id"]: m for m in json.loads(await live.recv())["messages"]}
            while not (found := condition(list(messages.values()))):
                event = json.loads(await live.recv())
                if event["type"] == "message":
                    messages[event["message"]["id"]] = event["message"]
            return found
