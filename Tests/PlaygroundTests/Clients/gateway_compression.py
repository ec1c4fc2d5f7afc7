"""Transport compression and the other words of the gateway's URL."""

import asyncio
import json

import websockets

from lab import AUTHORITY, DEADLINE, TOKEN, Client, connect, ready, say

MARKER = b"\0\0\xff\xff"


async def raw(compress, count):
    """The first messages of a connection as they came: HELLO, READY, GUILD_CREATE."""
    socket = await websockets.connect(f"ws://{AUTHORITY}/gateway?v=10&encoding=json&compress={compress}", ping_interval=None)
    messages = [await asyncio.wait_for(socket.recv(), DEADLINE)]
    identify = {"token": TOKEN, "intents": 513, "properties": {"os": "x", "browser": "x", "device": "x"}}
    await socket.send(json.dumps({"op": 2, "d": identify}))
    while len(messages) < count:
        messages.append(await asyncio.wait_for(socket.recv(), DEADLINE))
    await socket.close(1000)
    return messages


async def code_of(query):
    socket = await websockets.connect(f"ws://{AUTHORITY}/gateway{query}", ping_interval=None)
    return await Client(socket).close_code()


async def main():
    # zlib: one stream, and every message ends with the marker of a sync flush.
    messages = await raw("zlib-stream", 3)
    assert all(isinstance(message, bytes) and message.endswith(MARKER) for message in messages), messages
    assert messages[0][0] == 0x78 and messages[1][0] != 0x78, messages

    # zstd: one frame with the header of Discord's: no content size, no checksum, no dictionary, a window of 256 KiB.
    messages = await raw("zstd-stream", 3)
    assert messages[0][:6] == b"\x28\xb5\x2f\xfd\x00\x40", messages[0][:6]
    assert not any(message.startswith(b"\x28\xb5\x2f\xfd") for message in messages[1:])
    # The first block is not the last, nor is any other.
    assert messages[0][6] & 1 == 0

    # The contexts last: much that repeats itself costs next to nothing.
    for compress in (None, "none", "zlib-stream", "zstd-stream"):
        client, _ = await ready(transport=None if compress == "none" else compress)
        await client.until("GUILD_CREATE")
        for number in range(200):
            say("ann", f"is it down? {number} " + "x" * 500)
        for number in range(200):
            event = await client.until("MESSAGE_CREATE")
            assert event["d"]["content"].startswith(f"is it down? {number} "), event
        await client.socket.close(1000)

    # JSON in binary frames is JSON.
    client = await connect()
    await client.socket.send(json.dumps({"op": 1, "d": None}).encode())
    assert (await client.receive())["op"] == 11

    for query, code in [
        ("", 4012), ("?encoding=json", 4012), ("?v=8&encoding=json", 4012), ("?v=x", 4012),
        ("?v=10&encoding=etf", 4002), ("?v=10&encoding=json&compress=brotli-stream", 4002),
    ]:
        assert await code_of(query) == code, query
    for query in ("?v=9&encoding=json", "?v=10", "?v=10&encoding=json&compress=none"):
        socket = await websockets.connect(f"ws://{AUTHORITY}/gateway/{query}", ping_interval=None)
        client = Client(socket)
        assert (await client.receive())["op"] == 10, query
    # Discord's gateway has no path.
    root = await connect(url=f"ws://{AUTHORITY}/?v=10&encoding=json")
    await root.identify()
    await root.until("READY")


asyncio.run(main())
