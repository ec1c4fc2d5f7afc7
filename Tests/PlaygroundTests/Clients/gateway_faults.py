"""Faults do what their names say."""

import asyncio
import json

from lab import BOT, Client, connect, fault, ready, request, rest, say


async def main():
    status, _, answer = request("POST", "/lab/faults", {"fault": "nonsense"})
    assert status == 400 and "drop_connections" in answer["faults"] and "rest_429" in answer["faults"], answer
    for bad in ("close_999", "close_1006", "close_99999", "close_", "close_x"):
        assert request("POST", "/lab/faults", {"fault": bad})[0] == 400, bad

    for code in (1000, 4000, 4004, 4014):
        client, _ = await ready()
        fault(f"close_{code}")
        assert await client.close_code() == code

    client, _ = await ready()
    fault("reconnect")
    assert (await client.receive())["op"] in (0, 7)
    fault("close_4000")
    await client.close_code()

    client, _ = await ready()
    await client.until("GUILD_CREATE")
    fault("invalid_session_resumable")
    assert (await client.receive()) == {"op": 9, "d": True}
    fault("heartbeat_request")
    assert (await client.receive())["op"] == 1
    fault("unknown_event")
    assert (await client.receive())["t"] == "SOMETHING_NEW_HAPPENED"
    fault("unknown_opcode")
    assert (await client.receive())["op"] == 99
    fault("malformed_json")
    try:
        json.loads(await client.socket.recv())
        raise AssertionError("that was JSON")
    except ValueError:
        pass
    say("ann", "once")
    first = await client.until("MESSAGE_CREATE")
    fault("duplicate_event")
    assert (await client.receive()) == first
    # No acknowledgement on this socket; the next thing it hears is the event after.
    fault("no_ack")
    await client.send(1, None)
    say("ann", "twice")
    assert (await client.receive())["d"]["content"] == "twice"
    fault("invalid_session")
    assert (await client.receive()) == {"op": 9, "d": False}
    await client.socket.close(4000)

    fault("no_hello")
    silent = await connect(hello=False)
    await silent.identify()
    assert (await silent.receive())["t"] == "READY"
    fault("reconnect_before_hello")
    early = await connect(hello=False)
    assert (await early.receive())["op"] == 7
    fault("disallowed_intents")
    client = await connect()
    await client.identify()
    assert await client.close_code() == 4014
    fault("dead_resume_url")
    assert (await ready())[1]["resume_gateway_url"] == "ws://127.0.0.1:1"

    fault("rest_429")
    status, headers, body = rest("GET", "/users/@me")
    assert status == 429 and body["retry_after"] == 0.5 and not body["global"] and headers["Retry-After"] == "1", body
    fault("rest_429_global")
    status, headers, body = rest("GET", "/users/@me")
    assert status == 429 and body["global"] and headers["X-RateLimit-Global"] == "true"
    fault("rest_429_page")
    status, headers, body = rest("GET", "/users/@me")
    assert status == 429 and "html" in headers["Content-Type"] and "Via" not in headers
    fault("rest_500", count=2)
    assert [rest("GET", "/users/@me")[0] for _ in range(3)] == [500, 500, 200]
    fault("rest_502")
    assert rest("GET", "/users/@me")[0] == 502

    # The answer is lost, the message is there, and the nonce keeps it from being there twice.
    general = next(c["id"] for c in rest("GET", f"/guilds/{guild()}/channels")[2] if c["name"] == "general")
    draft = {"content": "only once", "nonce": "n1", "enforce_nonce": True}
    fault("rest_lost_answer")
    assert rest("POST", f"/channels/{general}/messages", draft)[0] == 500
    status, _, again = rest("POST", f"/channels/{general}/messages", draft)
    assert status == 200
    transcript = request("GET", "/lab/transcript")[2]
    assert [entry["id"] for entry in transcript if entry["content"] == "only once"] == [again["id"]]


def guild():
    return rest("GET", "/users/@me/guilds")[2][0]["id"]


asyncio.run(main())
