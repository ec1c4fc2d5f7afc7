"""What a client does wrong is written down, what it does right is not, and everything is counted."""

import asyncio

from lab import TOKEN, connect, ready, request, rest, resume, stats, violations

ONLINE = {"since": None, "activities": [{"name": "services", "type": 3}], "status": "online", "afk": False}


async def main():
    assert violations() == []
    before = stats()
    guild = rest("GET", "/users/@me/guilds")[2][0]["id"]
    general = rest("GET", f"/guilds/{guild}/channels")[2][0]["id"]
    messages = f"/channels/{general}/messages"
    create = "POST /channels/{id}/messages"

    # A client that does everything right.
    client, data = await ready(presence=ONLINE, shard=[0, 1], large_threshold=50, compress=False)
    await client.send(1, 1)
    event = await client.until("GUILD_CREATE")
    await client.send(1, event["s"])
    await client.send(3, ONLINE)
    await client.send(8, {"guild_id": guild, "query": "", "limit": 0})
    await client.until("GUILD_MEMBERS_CHUNK")
    button = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Again", "custom_id": "again"}]}
    draft = {"content": "hello", "nonce": "n", "enforce_nonce": True, "components": [button], "allowed_mentions": {"parse": []}}
    first = rest("POST", messages, draft)[2]["id"]
    assert rest("POST", messages, draft)[2]["id"] == first
    request("POST", "/lab/interactions", {"author": "ann", "channel": "general", "command": "down"})
    used = (await client.until("INTERACTION_CREATE"))["d"]
    path = f"/api/v10/interactions/{used['id']}/{used['token']}/callback"
    assert request("POST", path, {"type": 5, "data": {"flags": 64}})[0] == 204
    assert violations() == []
    counted = stats()
    changes = {name: counted[name] if name == "transports" else counted[name] - before[name] for name in counted if counted[name] != before[name]}
    assert changes == {
        "identifies": 1, "remaining_identifies": -1, "sockets": 1, "sockets_opened": 1, "sessions": 1, "gateway_sends": 5, "transports": {"none": 1},
        "rest_requests": 5, "messages_created": 2, "nonce_hits": 1, "interactions": 1,
    }, changes

    # A heartbeat that names what was never sent, and presences and frames of odd shapes.
    await client.send(1, 1_000)
    await client.send(1, "x")
    await client.send(3, {"activities": [{}], "status": "up", "since": 1})
    await client.socket.send('{"op":1}')
    await settle(client)
    assert violations() == [("gateway", what) for what in (
        "op 1: 1000 is not the last sequence", 'op 1: "d" is neither a number nor null',
        "op 3: status is none of online, dnd, idle, invisible, offline", "op 3: afk is no boolean", "op 3: an activity has no name",
        "op 3: an activity's type is not 0 to 5", 'op 1: "d" is missing',
    )]
    await client.socket.close(4000)

    # RESUME.
    other = await resume(data, 10_000)
    assert await other.close_code() == 4007
    guest = request("POST", "/lab/bots", {"name": "guest"})[2]
    other = await connect()
    await other.send(6, {"token": guest["token"], "session_id": data["session_id"], "seq": 1})
    assert (await other.receive())["op"] == 9
    other = await resume(data, 2, transport="zlib-stream")
    await other.until("RESUMED")
    await other.socket.close(1000)
    found = [what for _, what in violations()]
    assert any("seq 10000 was never sent" in what for what in found), found
    assert any("another bot's" in what for what in found) and any("another v or compress" in what for what in found), found

    # IDENTIFY.
    client = await connect()
    await client.send(2, {"token": f"Bot {TOKEN}", "intents": 1, "properties": {"os": "x", "browser": "x"}, "shards": [0, 1]})
    assert await client.close_code() == 4004
    assert [what for _, what in violations()] == [
        'op 2: "shards" is no known key', 'op 2: the token has the prefix "Bot "', "op 2: properties.device is no text",
    ]
    client = await connect(transport="zlib-stream")
    await client.identify(compress=True)
    await client.until("READY")
    assert [what for _, what in violations()] == ["op 2: compress excludes transport compression"]

    # Too many frames, and one that is too large.
    client, _ = await ready()
    for _ in range(121):
        await client.send(1, None)
    assert await client.close_code() == 4008
    assert ("gateway", "more than 120 frames within a minute") in violations()
    client, _ = await ready()
    await client.socket.send("x" * 5_000)
    assert await client.close_code() == 4002 and len(violations()) == 1

    # REST.
    for name, draft in [
        ("content", {"content": "x" * 2_001}), ("nonce", {"content": "x", "nonce": "n" * 26}),
        ("embeds", {"embeds": [{"title": "x" * 257}]}), ("roles", {"content": "x", "allowed_mentions": {"parse": ["roles"], "roles": ["1"]}}),
        ("ids", {"content": "x", "allowed_mentions": {"users": ["x"]}}), ("many ids", {"content": "x", "allowed_mentions": {"users": ["1"] * 101}}),
        ("rows", {"content": "x", "components": [button] * 6}), ("no row", {"content": "x", "components": button["components"]}),
        ("same id", {"content": "x", "components": [button, button]}),
        ("long id", {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x" * 101}]}]}),
        ("no label", {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "x"}]}]}),
        ("no url", {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "x"}]}]}),
        ("empty", {"content": ""}),
    ]:
        status, _, answer = rest("POST", messages, draft)
        assert status == 400, (name, answer)
        (place, what), = violations()
        assert place == create and str(answer["code"]) in what, (name, place, what)
    request("POST", "/lab/interactions", {"author": "ann", "channel": "general", "command": "down"})
    client, _ = await ready(intents=0)
    request("POST", "/lab/interactions", {"author": "ann", "channel": "general", "command": "down"})
    used = (await client.until("INTERACTION_CREATE"))["d"]
    path = f"/api/v10/interactions/{used['id']}/{used['token']}/callback"
    assert request("POST", path, {"type": 4, "data": {"content": "x", "nonce": "n"}})[0] == 204
    assert violations() == [("POST /interactions/{id}/{token}/callback", "data.nonce is not for callbacks")]

    # Headers.
    token = {"Authorization": f"Bot {TOKEN}"}
    request("GET", "/api/v10/users/@me", None, {**token, "User-Agent": "curl/8"})
    assert [what[:10] for _, what in violations()] == ["User-Agent"]
    status, _, answer = request("POST", f"/api/v10{messages}", {"content": "x"}, {**token, "Content-Type": "text/plain"})
    assert (status, answer["code"]) == (400, 50035) and any("Content-Type is text/plain" in what for _, what in violations())


async def settle(client):
    """Waits until the server has read everything so far."""
    await client.send(8, {"guild_id": "1", "query": "", "limit": 0, "nonce": "settled"})
    while (await client.until("GUILD_MEMBERS_CHUNK"))["d"].get("nonce") != "settled":
        pass


asyncio.run(main())
