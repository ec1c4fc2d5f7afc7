"""discord.py as a bot that reads every message: discord_py.py PORT none|zlib-stream|zstd-stream

Nothing that it need not do: no message cache, no member cache, only the intents that messages need. With orjson and uvloop, which its
users install for speed, unless BARE is in the environment.
"""

import asyncio
import os
import sys

if "BARE" in os.environ:
    sys.modules["orjson"] = None

PORT, COMPRESSION = sys.argv[1:]
if COMPRESSION == "zlib-stream":
    # It takes zstd whenever it can import it, and has no setting for that.
    sys.modules["zstandard"] = sys.modules["backports.zstd"] = None

import discord  # noqa: E402
import yarl  # noqa: E402
from discord.gateway import DiscordWebSocket  # noqa: E402

discord.http.Route.BASE = f"http://127.0.0.1:{PORT}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{PORT}/")
if COMPRESSION == "none":
    connect = DiscordWebSocket.from_client.__func__
    DiscordWebSocket.from_client = classmethod(lambda kind, *arguments, **named: connect(kind, *arguments, **named, compress=False))


class Bot(discord.Client):
    events = 0
    content_bytes = 0

    async def on_message(self, message):
        content = message.content
        if content.startswith("<@1100000000000000001>"):
            seen, self.events, self.content_bytes = (self.events, self.content_bytes), 0, 0
            await message.channel.send(f"events={seen[0]} content_bytes={seen[1]}")
        else:
            self.events += 1
            self.content_bytes += len(content.encode())


async def main():
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.message_content = True
    bot = Bot(
        intents=intents, max_messages=None, member_cache_flags=discord.MemberCacheFlags.none(), chunk_guilds_at_startup=False,
        heartbeat_timeout=3600, guild_ready_timeout=0.1,
    )
    async with bot:
        await bot.start("MTEwMDAwMDAwMDAwMDAwMDAwMQ.benchmark.token")


if "BARE" in os.environ:
    asyncio.run(main())
else:
    import uvloop

    uvloop.run(main())
