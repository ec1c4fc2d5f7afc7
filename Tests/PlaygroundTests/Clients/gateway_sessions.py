"""Sessions: what a client is told, what it sees, and what a RESUME gives back."""

import asyncio

from lab import AUTHORITY, BOT, fault, ready, request, resume, say


async def main():
    client, data = await ready()
    assert data["user"]["id"] == BOT and data["application"]["id"] == BOT, data
    assert data["resume_gateway_url"] == f"ws://{AUTHORITY}/gateway", data
    guild = (await client.until("GUILD_CREATE"))["d"]
    assert data["guilds"] == [{"id": guild["id"], "unavailable": True}]
    await client.send(1, 2)
    assert (await client.receive())["op"] == 11

    # A message as Discord has it.
    said = say("ann", "@isitdown is kik down?")
    event = await client.until("MESSAGE_CREATE")
    message = event["d"]
    assert message["id"] == said["id"] and message["content"] == f"<@{BOT}> is kik down?", message
    assert message["guild_id"] == guild["id"] and [user["id"] for user in message["mentions"]] == [BOT]
    assert message["author"]["username"] == "ann" and "user" not in message["member"]
    assert message["timestamp"].endswith("+00:00") and message["type"] == 0

    # What happens while the socket is gone comes back, in order, and then RESUMED.
    assert fault("drop_connections")["sockets"] == 1
    assert await client.close_code() == 1006
    texts = [f"missed {number}" for number in range(5)]
    for text in texts:
        say("bo", text)
    client = await resume(data, event["s"])
    frames = [await client.receive() for _ in range(6)]
    assert [frame["d"]["content"] for frame in frames[:5]] == texts, frames
    assert frames[5]["t"] == "RESUMED" and [frame["s"] for frame in frames] == list(range(event["s"] + 1, event["s"] + 7))

    # A resume takes the session over from a socket that still looks alive.
    second = await resume(data, frames[-1]["s"])
    await second.until("RESUMED")
    assert await client.close_code() == 1006

    # A sequence that never was is refused, and so is a session that was closed with 1000.
    third = await resume(data, 10_000)
    assert await third.close_code() == 4007
    third = await resume(data, 1)
    await third.until("RESUMED")
    await third.socket.close(1000)
    fourth = await resume(data, 1)
    assert (await fourth.receive()) == {"op": 9, "d": False}
    await fourth.socket.close(4000)

    # Without MESSAGE_CONTENT only what is meant for the bot has content; direct messages are.
    client, _ = await ready(intents=4609)
    say("ann", "nobody's business")
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == ""
    say("ann", "hello @isitdown")
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == f"hello <@{BOT}>"
    say("ann", "between us", channel="dm:ann")
    direct = (await client.until("MESSAGE_CREATE"))["d"]
    assert direct["content"] == "between us" and "guild_id" not in direct and direct["channel_type"] == 1, direct

    # Guests do not hear other people's conversations, and shards take turns.
    status, _, guest = request("POST", "/lab/bots", {"name": "guest"})
    assert status == 201, guest
    other, _ = await ready(token=guest["token"])
    say("ann", "still between us", channel="dm:ann")
    say("ann", "hello everybody")
    assert (await other.until("MESSAGE_CREATE"))["d"]["content"] == "hello everybody"
    far, _ = await ready(shard=[(int(guild["id"]) >> 22) % 2, 2])
    assert (await far.until("GUILD_CREATE"))["d"]["id"] == guild["id"]

    # Op 8.
    await far.send(8, {"guild_id": guild["id"], "query": "", "limit": 0, "nonce": "n"})
    chunk = (await far.until("GUILD_MEMBERS_CHUNK"))["d"]
    assert {"ann", "bo", "guest", "isitdown"} == {member["user"]["username"] for member in chunk["members"]}, chunk


asyncio.run(main())
