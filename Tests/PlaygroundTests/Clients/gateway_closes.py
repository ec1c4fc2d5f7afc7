"""Every mistake of a client meets the close code that Discord has for it, and the server lives on."""

import asyncio
import json

import websockets

from lab import TOKEN, connect, ready, rest


async def code_after(frame, identified=False):
    client = (await ready())[0] if identified else await connect()
    await client.socket.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))
    return await client.close_code()


def identify(**changes):
    return {"op": 2, "d": {"token": TOKEN, "intents": 513, "properties": {}, **changes}}


async def main():
    cases = [
        ("a wrong token", identify(token="nobody"), False, 4004),
        ("no properties", identify(properties=None), False, 4002),
        ("an unassigned intent", identify(intents=1 << 18), False, 4013),
        ("negative intents", identify(intents=-1), False, 4013),
        ("a shard beyond the count", identify(shard=[2, 2]), False, 4010),
        ("something before identify", {"op": 3, "d": {}}, False, 4003),
        ("a second identify", identify(), True, 4005),
        ("a resume while running", {"op": 6, "d": {"token": TOKEN, "session_id": "x", "seq": 1}}, True, 4005),
        ("an unknown opcode", {"op": 77, "d": None}, True, 4001),
        ("no opcode", {"d": None}, True, 4002),
        ("bad JSON", '{"op":', True, 4002),
        ("an array", "[]", True, 4002),
        ("deep nesting", "[" * 4000, True, 4002),
        ("binary garbage", b"\x00\xff\x80garbage", True, 4002),
        ("a frame that is too large", json.dumps({"op": 1, "d": "x" * 4096}), True, 4002),
        ("a huge frame", "x" * (1 << 20), True, 4002),
        ("a huge number", '{"op":1e400,"d":null}', True, 4002),
        ("a resume with a wrong token", {"op": 6, "d": {"token": "x", "session_id": "x", "seq": 1}}, False, 4004),
    ]
    for name, frame, identified, expected in cases:
        code = await code_after(frame, identified)
        assert code == expected, f"{name}: {code} instead of {expected}"

    # A client that floods is stopped: 120 frames a minute.
    client, _ = await ready()
    try:
        for _ in range(130):
            await client.send(1, None)
    except websockets.ConnectionClosed:
        pass
    assert await client.close_code() == 4008

    # An unknown session may identify on the same socket.
    client = await connect()
    await client.send(6, {"token": TOKEN, "session_id": "nothing", "seq": 5})
    frame = await client.receive()
    assert frame["op"] == 9 and frame["d"] is False, frame
    await client.identify()
    await client.until("READY")

    assert rest("GET", "/users/@me")[0] == 200


asyncio.run(main())
