"""hikari as a bot that reads every message: hikari_bot.py PORT none|zlib-stream|zstd-stream

Nothing that it need not do: no cache at all, only the intents that messages need, no member chunks; orjson, ciso8601 and uvloop, which
its users install for speed, are there.
"""

import asyncio
import sys

import hikari
import uvloop
from hikari.api.shard import GatewayCompression
from hikari.impl import config, shard

PORT, COMPRESSION = sys.argv[1:]
# A bot takes the default of its shards and has no setting for it.
shard.GatewayShardImpl.__init__.__kwdefaults__["compression"] = {
    "none": None,
    "zlib-stream": GatewayCompression.TRANSPORT_ZLIB_STREAM,
    "zstd-stream": GatewayCompression.TRANSPORT_ZSTD_STREAM,
}[COMPRESSION]

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
bot = hikari.GatewayBot(
    "MTEwMDAwMDAwMDAwMDAwMDAwMQ.benchmark.token",
    intents=hikari.Intents.GUILDS | hikari.Intents.GUILD_MESSAGES | hikari.Intents.MESSAGE_CONTENT,
    cache_settings=config.CacheSettings(components=config.CacheComponents.NONE),
    auto_chunk_members=False,
    rest_url=f"http://127.0.0.1:{PORT}/api/v10",
    banner=None,
    logs="WARNING",
)
events = content_bytes = 0


@bot.listen(hikari.GuildMessageCreateEvent)
async def heard(event):
    global events, content_bytes
    content = event.content or ""
    if content.startswith("<@1100000000000000001>"):
        seen, events, content_bytes = (events, content_bytes), 0, 0
        await bot.rest.create_message(event.channel_id, f"events={seen[0]} content_bytes={seen[1]}")
    else:
        events += 1
        content_bytes += len(content.encode())


bot.run(check_for_updates=False)
