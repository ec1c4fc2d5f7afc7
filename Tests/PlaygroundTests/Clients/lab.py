"""What every client of these tests needs: HTTP without dependencies, the live feed, and deadlines."""

import asyncio
import http.client
import json
import sys

import websockets

from deadline import DEADLINE

PORT = int(sys.argv[1])
TOKEN = sys.argv[2]
BOT = sys.argv[3]
AUTHORITY = f"127.0.0.1:{PORT}"
GATEWAY = f"ws://{AUTHORITY}/gateway/?v=10&encoding=json"



def request(method, path, body=None, headers=None):
    """One request; returns status, headers, and the body read as JSON where it is JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=DEADLINE)
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
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


class Client:
    """A gateway socket, bare."""

    def __init__(self, socket):
        self.socket = socket

    async def send(self, op, d):
        await self.socket.send(json.dumps({"op": op, "d": d}))

    async def receive(self):
        return json.loads(await asyncio.wait_for(self.socket.recv(), DEADLINE))

    async def until(self, event):
        """Skips to the dispatch called `event`."""
        while True:
            frame = await self.receive()
            if frame.get("t") == event:
                return frame

    async def identify(self, intents=37377, token=TOKEN, **more):
        await self.send(2, {"token": token, "intents": intents, "properties": {"os": "linux"}, **more})

    async def close_code(self):
        """Reads to the end and returns the code; 1006 when there was no close frame."""
        try:
            while True:
                await asyncio.wait_for(self.socket.recv(), DEADLINE)
        except websockets.ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


async def connect(hello=True):
    client = Client(await asyncio.wait_for(websockets.connect(GATEWAY, ping_interval=None), DEADLINE))
    if hello:
        frame = await client.receive()
        assert frame["op"] == 10 and frame["d"]["heartbeat_interval"] > 0, frame
    return client


async def ready(**more):
    client = await connect()
    await client.identify(**more)
    frame = await client.receive()
    assert frame["t"] == "READY" and frame["s"] == 1, frame
    return client, frame["d"]


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
