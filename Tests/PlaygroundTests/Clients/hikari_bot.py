"""hikari for the script."""

import asyncio
import functools

import hikari
from hikari.api.shard import GatewayCompression

from lab import API

COMPRESSIONS = {
    "none": None, "zlib-stream": GatewayCompression.TRANSPORT_ZLIB_STREAM, "zstd-stream": GatewayCompression.TRANSPORT_ZSTD_STREAM,
}


class Bot:
    # A presence without an activity has “game” of old instead of “activities”. Discord lets it pass.
    known_violations = ('op 2: presence: "game"', "op 2: presence: activities is no list")

    def __init__(self, transport):
        self.happened = asyncio.Queue()
        # A bot takes what its shards take by themselves, so they are told here.
        hikari.impl.gateway_bot.shard_impl.GatewayShardImpl = functools.partial(
            hikari.impl.shard.GatewayShardImpl, compression=COMPRESSIONS[transport])

    async def start(self, token):
        self.bot = hikari.impl.GatewayBot(
            token, intents=hikari.Intents.ALL, rest_url=API, banner=None, logs="ERROR",
            suppress_optimization_warning=True)
        self.bot.subscribe(hikari.StartingEvent, self.on_starting)
        self.bot.subscribe(hikari.ShardReadyEvent, self.on_ready)
        self.bot.subscribe(hikari.ShardResumedEvent, self.on_resumed)
        self.bot.subscribe(hikari.MessageCreateEvent, self.on_message)
        self.bot.subscribe(hikari.InteractionCreateEvent, self.on_interaction)
        await self.bot.start(check_for_updates=False)

    async def stop(self):
        await self.bot.close()

    async def on_starting(self, event: hikari.StartingEvent):
        application = await self.bot.rest.fetch_application()
        command = self.bot.rest.slash_command_builder("echo", "Says it again").add_option(
            hikari.CommandOption(type=hikari.OptionType.STRING, name="text", description="What", is_required=True))
        await self.bot.rest.set_application_commands(application, [command])

    async def on_ready(self, event: hikari.ShardReadyEvent):
        await self.happened.put("ready")

    async def on_resumed(self, event: hikari.ShardResumedEvent):
        await self.happened.put("resumed")

    async def on_message(self, event: hikari.MessageCreateEvent):
        if event.is_human:
            await event.message.respond(f"{event.author.username} said: {event.content}", reply=True)

    async def on_interaction(self, event: hikari.InteractionCreateEvent):
        text = event.interaction.options[0].value
        await event.interaction.create_initial_response(hikari.ResponseType.MESSAGE_CREATE, f"echo: {text}")

    async def direct(self, name, text):
        guild, = self.bot.cache.get_available_guilds_view().values()
        member = next(member for member in guild.get_members().values() if member.username == name)
        await member.user.send(text)
