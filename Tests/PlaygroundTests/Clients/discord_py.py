"""discord.py for the script."""

import asyncio
import sys

TRANSPORT = sys.argv[5]
if TRANSPORT == "zlib-stream":
    # It takes zstd wherever it finds it.
    sys.modules["zstandard"] = None
import discord
import yarl

if TRANSPORT == "zlib-stream":
    del sys.modules["zstandard"]

from lab import API, request

discord.http.Route.BASE = API
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(request("GET", "/api/v10/gateway")[2]["url"])
if TRANSPORT == "none":
    connect = discord.gateway.DiscordWebSocket.from_client.__func__

    async def from_client(cls, client, **parameters):
        return await connect(cls, client, compress=False, **parameters)

    discord.gateway.DiscordWebSocket.from_client = classmethod(from_client)


class Bot(discord.Client):
    # It asks for payload compression whatever the transport does, leaves the comma out of its User-Agent, and has none of its own for
    # interactions. Discord lets it pass.
    known_violations = ("op 2: compress excludes transport compression", "User-Agent is not of the form")

    def __init__(self, transport):
        super().__init__(intents=discord.Intents.all())
        self.happened = asyncio.Queue()
        self.tree = discord.app_commands.CommandTree(self)

        @self.tree.command(name="echo", description="Says it again")
        async def echo(interaction: discord.Interaction, text: str):
            await interaction.response.send_message(f"echo: {text}")

    async def setup_hook(self):
        await self.tree.sync()

    async def start(self, token):
        self.running = asyncio.create_task(super().start(token))

    async def stop(self):
        await self.close()
        await self.running

    async def on_ready(self):
        await self.happened.put("ready")

    async def on_resumed(self):
        await self.happened.put("resumed")

    async def on_message(self, message):
        if not message.author.bot:
            await message.reply(f"{message.author.name} said: {message.content}")

    async def direct(self, name, text):
        await self.guilds[0].get_member_named(name).send(text)
