"""Faults wait for their occasion, come one after another, and can be looked at and taken back."""

import asyncio
import time

from lab import connect, fault, ready, request, resume, say


def script(*steps):
    status, _, answer = request("POST", "/lab/faults", {"script": list(steps)})
    assert status == 200 and answer["steps"] == len(steps), answer


def waiting():
    return [(entry["fault"], entry["when"], entry["count"]) for entry in request("GET", "/lab/faults")[2]]


async def identified():
    client = await connect()
    await client.identify()
    return client


async def main():
    # Instead of READY.
    for code in (4000, 4001, 4002, 4003, 4004, 4005, 4007, 4008, 4009, 4010, 4011, 4012, 4013, 4014, 1000, 1011, 3000, 4999):
        fault(f"close_{code}", when="identifying")
        assert await (await identified()).close_code() == code
    fault("invalid_session", when="identifying")
    client = await identified()
    assert await client.receive() == {"op": 9, "d": False}
    fault("invalid_session_resumable", when="identifying")
    await client.identify()
    assert await client.receive() == {"op": 9, "d": True}
    await client.identify()
    assert (await client.receive())["t"] == "READY"
    fault("no_ready")
    silent = await identified()
    await silent.silence()
    fault("reconnect", when="identifying")
    assert (await (await identified()).receive())["op"] == 7
    fault("half_open", when="identifying")
    await (await identified()).silence()
    fault("drop_connections", when="identifying")
    assert await (await identified()).close_code() == 1006

    # Instead of what a RESUME brings; the session lives where that leaves it alive.
    client, data = await ready()
    await client.until("GUILD_CREATE")
    fault("drop_connections")
    assert await client.close_code() == 1006
    for code in (4000, 4009, 1011):
        fault(f"close_{code}", when="resuming")
        assert await (await resume(data, 2)).close_code() == code
    fault("no_resumed")
    silent = await resume(data, 2)
    await silent.silence()
    silent.socket.transport.abort()
    fault("invalid_session_resumable", when="resuming")
    assert await (await resume(data, 2)).receive() == {"op": 9, "d": True}
    alive = await resume(data, 2)
    assert (await alive.receive())["t"] == "RESUMED"
    fault("invalid_session", when="resuming")
    assert await (await resume(data, 3)).receive() == {"op": 9, "d": False}
    assert await (await resume(data, 3)).receive() == {"op": 9, "d": False}

    # Right after READY, and right after RESUMED.
    fault("unknown_event", when="ready", count=2)
    client, data = await ready()
    assert (await client.receive())["t"] == "GUILD_CREATE"
    assert (await client.receive())["t"] == "SOMETHING_NEW_HAPPENED"
    client = await resume(data, 3)
    assert (await client.receive())["t"] == "RESUMED"
    assert (await client.receive())["t"] == "SOMETHING_NEW_HAPPENED"
    fault("close_4000", when="ready")
    assert await (await identified()).close_code() == 4000

    # Manners do not stand in for the answer.
    fault("split_frames", when="opening")
    client = await connect(hello=False)
    assert len([part async for part in client.socket.recv_streaming()]) == 3
    await client.identify()
    assert (await client.receive())["t"] == "READY"
    fault("late_ack", when="identifying", delay_ms=600)
    client = await identified()
    assert (await client.receive())["t"] == "READY"
    await client.until("GUILD_CREATE")
    await client.send(1, None)
    await client.silence(0.3)
    assert (await client.receive())["op"] == 11

    # An event that is lost leaves a gap; a RESUME from before it brings it.
    client, data = await ready()
    last = (await client.until("GUILD_CREATE"))["s"]
    fault("sequence_gap", count=2)
    say("ann", "after the gap")
    assert (await client.receive())["s"] == last + 3
    client = await resume(data, last)
    assert [(await client.receive())["s"] for _ in range(4)] == [last + 1, last + 2, last + 3, last + 4]

    # One after another.
    client, data = await ready()
    await client.until("GUILD_CREATE")
    request("DELETE", "/lab/faults")
    started = time.monotonic()
    script(
        {"fault": "heartbeat_request", "after_ms": 300},
        {"fault": "unknown_opcode", "after_ms": 300},
        {"fault": "close_4000", "after_ms": 200},
        {"fault": "close_4009", "when": "resuming"},
        {"fault": "close_4001", "when": "identifying", "count": 2},
    )
    assert [entry[0] for entry in waiting()][0] == "heartbeat_request" and len(waiting()) == 5
    opcodes = [(await client.receive())["op"] for _ in range(2)]
    assert opcodes == [1, 99], opcodes
    assert await client.close_code() == 4000 and time.monotonic() - started >= 0.8
    # The step for an IDENTIFY comes after the one for a RESUME.
    first = await identified()
    assert (await first.receive())["t"] == "READY"
    assert await (await resume(data, 2)).close_code() == 4009
    assert [await (await identified()).close_code() for _ in range(2)] == [4001, 4001]
    assert (await (await identified()).receive())["t"] == "READY" and waiting() == []

    # After a while.
    client, _ = await ready()
    await client.until("GUILD_CREATE")
    answer = fault("heartbeat_request", after_ms=500)
    assert answer["sockets"] == 0 and waiting() == [("heartbeat_request", "now", 1)]
    await client.silence(0.2)
    assert (await client.receive())["op"] == 1

    # Taken back.
    fault("close_4000", when="identifying")
    fault("rest_500", count=3)
    assert waiting() == [("close_4000", "identifying", 1), ("rest_500", "request", 3)]
    assert request("DELETE", "/lab/faults")[0] == 204 and waiting() == []
    assert (await (await identified()).receive())["t"] == "READY"

    # Mistakes are told with what is known and what was probably meant.
    for body, names, near in [
        ({"fault": "drop_conections"}, "faults", "drop_connections"),
        ({"fault": "close_4000", "when": "resumng"}, "occasions", "resuming"),
        ({"fault": "close_4000", "cout": 1}, "fields", "count"),
    ]:
        status, _, answer = request("POST", "/lab/faults", body)
        assert status == 400 and near in answer[names] and near in answer["error"], answer
    for body in [
        {"fault": "close_4000", "count": 0}, {"fault": "late_ack", "delay_ms": -1}, {"script": []}, {"script": [1]},
        {"script": [{"fault": "nothing"}]}, {"fault": "rest_500", "script": []}, {"fault": "no_hello", "when": "ready"}, {},
        {"fault": "huge_event", "bytes": 60_000_000, "count": 5},
    ]:
        assert request("POST", "/lab/faults", body)[0] == 400, body


asyncio.run(main())
