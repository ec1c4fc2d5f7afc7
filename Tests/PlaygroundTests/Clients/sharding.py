"""Shards, guilds and the IDENTIFY budget: a local Discord with 6 guilds, 4 shards of which 2 start at once, and a short pause."""

import asyncio
import time

from lab import connect, ready, request, rest, say, violations

PAUSE = 5.0


async def identify(shard, **more):
    client = await connect()
    await client.identify(shard=shard, **more)
    return client


async def answer(shard):
    client = await identify(shard)
    return client, await client.receive()


async def main():
    found = rest("GET", "/gateway/bot")[2]
    limits = found["session_start_limit"]
    assert found["shards"] == 4 and limits["max_concurrency"] == 2 and limits["total"] == 12 and limits["remaining"] == 12, found
    assert 0 < limits["reset_after"] <= 86_400_000

    # Keys are apart; within one key the pause holds, and who does not keep it may try again on the same socket.
    zero, first = await answer([0, 4])
    one, second = await answer([1, 4])
    granted = time.monotonic()
    assert first["t"] == second["t"] == "READY"
    two, refused = await answer([2, 4])
    assert refused == {"op": 9, "d": False}, refused
    await asyncio.sleep(max(0, granted + PAUSE - time.monotonic()))
    await two.identify(shard=[2, 4])
    third = await two.receive()
    three, fourth = await answer([3, 4])
    assert third["t"] == fourth["t"] == "READY"
    assert any("an IDENTIFY of the same key" in what for _, what in violations())
    assert rest("GET", "/gateway/bot")[2]["session_start_limit"]["remaining"] == 7

    # Every shard has its guilds, all of them together have all, and GUILD_CREATE comes for each.
    shards = [zero, one, two, three]
    guilds = [guild["id"] for guild in rest("GET", "/users/@me/guilds")[2]]
    assert len(set(guilds)) == 6
    for shard, (client, frame) in enumerate(zip(shards, [first, second, third, fourth])):
        mine = [guild["id"] for guild in frame["d"]["guilds"]]
        assert mine and mine == [guild for guild in guilds if (int(guild) >> 22) % 4 == shard], (shard, mine)
        assert [(await client.until("GUILD_CREATE"))["d"]["id"] for _ in mine] == mine

    # What is said in a guild reaches its shard; the lab speaks in the first guild unless it names another; DMs go to shard 0.
    for number, guild in enumerate(guilds, 1):
        channel = "general" if number == 1 else f"guild{number}:general"
        said = say("ann", f"in {number}", channel=channel)
        event = (await shards[(int(guild) >> 22) % 4].until("MESSAGE_CREATE"))["d"]
        assert event["id"] == said["id"] and event["guild_id"] == guild and said["channel"] == channel, event
    say("ann", "between us", channel="dm:ann")
    assert "guild_id" not in (await zero.until("MESSAGE_CREATE"))["d"]
    status, _, used = request("POST", "/lab/interactions", {"author": "ann", "channel": "guild2:general", "command": "down"})
    assert status == 201
    event = (await shards[(int(guilds[1]) >> 22) % 4].until("INTERACTION_CREATE"))["d"]
    assert event["guild_id"] == guilds[1] and event["id"] == used["id"]
    assert rest("GET", f"/guilds/{guilds[5]}/channels")[2][0]["name"] == "general"
    assert request("POST", "/lab/messages", {"author": "ann", "channel": "guild7:general", "content": "x"})[0] == 400

    # Wrong shards, too few shards.
    for shard, code in [([4, 4], 4010), ([-1, 4], 4010), (["0", 4], 4010), ([0], 4010), ([0, 1], 4011), ([0, 3], 4011)]:
        assert await (await identify(shard)).close_code() == code, shard
    client = await connect()
    await client.identify()
    assert await client.close_code() == 4011

    # The day runs out: every session ends, and the token with it. None of the refusals above was counted.
    remaining = rest("GET", "/gateway/bot")[2]["session_start_limit"]["remaining"]
    assert remaining == 7, remaining
    for _ in range(remaining):
        client = await identify([0, 4])
        assert (await client.receive())["op"] in (0, 9)
        client.socket.transport.abort()
    client = await identify([0, 4])
    assert await client.close_code() == 4004
    for other in shards:
        assert await other.close_code() == 4003
    assert rest("GET", "/users/@me")[0] == 401
    client = await identify([0, 4])
    assert await client.close_code() == 4004
    # What a person does in the portal.
    fresh = request("POST", "/lab/tokens", {})[2]["token"]
    assert rest("GET", "/users/@me", token=fresh)[0] == 200


asyncio.run(main())
