"""Message content: granted or not, asked for or not, and what is seen then."""

import asyncio

from lab import BOT, connect, ready, request, rest, say

CONTENT = 1 << 15
LIMITED = 1 << 19


def grant(**switches):
    status, _, answer = request("PUT", "/lab/intents", switches)
    assert status == 200, answer
    return answer


def flags():
    return [rest("GET", path)[2]["flags"] for path in ("/applications/@me", "/oauth2/applications/@me")]


async def main():
    # Not granted from the start.
    assert request("GET", "/lab/intents")[2] == {"message_content": False, "guild_members": True, "guild_presences": True}
    assert all(value & LIMITED == 0 for value in flags())
    for _ in range(2):
        client = await connect()
        await client.identify(intents=37377)
        assert await client.close_code() == 4014
    client, data = await ready(intents=4609)
    assert data["application"]["flags"] & LIMITED == 0, data
    guild = (await client.until("GUILD_CREATE"))["d"]
    general = next(channel["id"] for channel in guild["channels"] if channel["name"] == "general")

    # Empty on the gateway and over REST.
    button = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Again", "custom_id": "again"}]}
    guest = request("POST", "/lab/bots", {"name": "guest"})[2]
    draft = {"content": "rich", "embeds": [{"title": "t"}], "components": [button]}
    assert rest("POST", f"/channels/{general}/messages", draft, token=guest["token"])[0] == 200
    event = (await client.until("MESSAGE_CREATE"))["d"]
    seen = rest("GET", f"/channels/{general}/messages/{event['id']}")[2]
    listed = rest("GET", f"/channels/{general}/messages?limit=1")[2][0]
    for message in (event, seen, listed):
        empty = [message[key] for key in ("content", "embeds", "attachments", "components")]
        assert empty == ["", [], [], []] and "poll" not in message, message

    # Present: its own, direct ones, those that mention it, and replies to it with the ping on.
    own = rest("POST", f"/channels/{general}/messages", {"content": "my own"})[2]
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == "my own"
    say("ann", "to you", channel="dm:ann")
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == "to you"
    say("ann", "hello @isitdown")
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == f"hello <@{BOT}>"
    secret = say("ann", "a secret")
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == ""
    say("bo", "an answer", reply_to=own["id"])
    event = (await client.until("MESSAGE_CREATE"))["d"]
    assert event["content"] == "an answer" and event["referenced_message"]["content"] == "my own", event
    # A mention unlocks the message that has it, not the one that it answers.
    say("bo", "@isitdown see above", reply_to=secret["id"])
    event = (await client.until("MESSAGE_CREATE"))["d"]
    assert event["content"] and event["referenced_message"]["content"] == "", event

    # Not what answers the answer to a command.
    request("POST", "/lab/interactions", {"author": "ann", "channel": "general", "command": "down"})
    used = (await client.until("INTERACTION_CREATE"))["d"]
    path = f"/api/v10/interactions/{used['id']}/{used['token']}/callback?with_response=true"
    status, headers, receipt = request("POST", path, {"type": 4, "data": {"content": "up", "components": [button]}})
    assert status == 200 and headers["Content-Type"] == "application/json", headers
    answer = receipt["resource"]["message"]
    assert receipt["interaction"]["response_message_id"] == answer["id"] and receipt["interaction"]["response_message_loading"] is False
    await client.until("MESSAGE_CREATE")
    say("ann", "and now?", reply_to=answer["id"])
    event = (await client.until("MESSAGE_CREATE"))["d"]
    assert event["content"] == "" and event["referenced_message"]["content"] == "up", event
    # The message that an interaction carries is whole.
    pressed = rest("POST", f"/channels/{general}/messages", {"content": "press", "components": [button]})[2]
    request("POST", "/lab/interactions", {"author": "ann", "channel": "general", "message": pressed["id"], "custom_id": "again"})
    assert (await client.until("INTERACTION_CREATE"))["d"]["message"]["content"] == "press"
    await client.socket.close(1000)

    # Granted: it can be asked for, and who does not ask does not get it.
    assert grant(message_content=True)["message_content"] and all(value & LIMITED for value in flags())
    client, data = await ready(intents=37377)
    assert data["application"]["flags"] & LIMITED
    modest, _ = await ready(intents=4609)
    say("ann", "open words")
    assert (await client.until("MESSAGE_CREATE"))["d"]["content"] == "open words"
    assert (await modest.until("MESSAGE_CREATE"))["d"]["content"] == ""
    assert rest("GET", f"/channels/{general}/messages?limit=1")[2][0]["content"] == "open words"

    # Switched off while connected: 4003 for those who use it, then 4014 until it is granted again.
    grant(message_content=False)
    assert await client.close_code() == 4003
    for _ in range(2):
        client = await connect()
        await client.identify(intents=37377)
        assert await client.close_code() == 4014
    say("ann", "are you there @isitdown")
    assert (await modest.until("MESSAGE_CREATE"))["d"]["content"] == f"are you there <@{BOT}>"
    grant(message_content=True)
    await ready(intents=37377)
    grant(guild_members=False)
    client = await connect()
    await client.identify(intents=2)
    assert await client.close_code() == 4014
    assert request("PUT", "/lab/intents", {"contents": True})[0] == 400

    # A channel in which the bot may not write.
    watcher, _ = await ready(intents=513)
    await watcher.until("GUILD_CREATE")
    assert request("PUT", "/lab/channels/general", {"permissions": "none"})[0] == 200
    overwrites = (await watcher.until("CHANNEL_UPDATE"))["d"]["permission_overwrites"]
    assert overwrites == [{"id": guild["id"], "type": 0, "allow": "0", "deny": "2048"}], overwrites
    status, _, answer = rest("POST", f"/channels/{general}/messages", {"content": "x"})
    assert (status, answer["code"]) == (403, 50013), answer
    assert rest("GET", f"/channels/{general}/messages")[0] == 200
    request("PUT", "/lab/channels/general", {"permissions": "full"})
    assert rest("POST", f"/channels/{general}/messages", {"content": "x"})[0] == 200
    assert request("PUT", "/lab/channels/nowhere", {"permissions": "full"})[0] == 404
    assert request("PUT", "/lab/channels/general", {"permissions": "some"})[0] == 400


asyncio.run(main())
