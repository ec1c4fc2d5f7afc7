"""discord.py as a guest: it gets ready, answers, and comes back after a loss with RESUME and after op 9 with IDENTIFY."""

import asyncio

import discord
import yarl

from lab import AUTHORITY, DEADLINE, fault, request, say, sees

discord.http.Route.BASE = f"http://{AUTHORITY}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{AUTHORITY}/gateway/")


class Echo(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents.all())
        self.happened = asyncio.Queue()

    async def on_ready(self):
        await self.happened.put("ready")

    async def on_resumed(self):
        await self.happened.put("resumed")

    async def on_disconnect(self):
        await self.happened.put("disconnected")

    async def on_message(self, message):
        if message.author.bot:
            return
        await message.reply(f"{message.author.name} said: {message.content}")

    async def until(self, event):
        while (happened := await asyncio.wait_for(self.happened.get(), DEADLINE)) != event:
            assert not (event == "resumed" and happened == "ready"), "a new session instead of RESUMED"


async def answered(text, author="ann"):
    return await sees(lambda messages: next((m for m in messages if m["author"] == "echo" and m["content"] == f"{author} said: {text}"), None))


async def main():
    status, _, guest = request("POST", "/lab/bots", {"name": "echo"})
    assert status == 201, guest
    async with Echo() as client:
        running = asyncio.create_task(client.start(guest["token"]))
        await client.until("ready")
        assert [channel.name for channel in client.get_all_channels()] == ["general"]
        assert client.user.name == "echo" and client.application.id == int(guest["id"])

        asked = say("ann", "one")
        assert (await answered("one"))["reply_to"] == asked["id"]

        fault("drop_connections")
        say("ann", "while you were away")
        await client.until("resumed")
        await answered("while you were away")

        fault("close_4000")
        await client.until("resumed")
        fault("reconnect")
        await client.until("resumed")

        fault("invalid_session")
        await client.until("ready")
        say("bo", "two")
        await answered("two", "bo")

        # It waits as it is told, and then the answer is there.
        fault("rest_429")
        say("ann", "three")
        await answered("three")
        fault("rest_500")
        say("ann", "four")
        await answered("four")
        fault("unknown_event")
        person = client.guilds[0].get_member_named("ann")
        await person.send("hello from a bot")
        await sees(lambda messages: any(m["channel"] == "dm:ann:echo" and m["content"] == "hello from a bot" for m in messages))
        assert not running.done()
        await client.close()
        await running


asyncio.run(main())
