"""A client that does not beat its heart is dropped; one that does stays."""

import asyncio

from lab import connect, ready


async def main():
    silent, _ = await ready()
    nobody = await connect()
    beating, data = await ready()
    interval = 0.6

    async def beat():
        while True:
            await beating.send(1, None)
            await asyncio.sleep(interval / 2)

    heart = asyncio.create_task(beat())
    assert await silent.close_code() == 4009
    assert await nobody.close_code() == 4009
    await beating.until("GUILD_CREATE")
    assert (await beating.receive())["op"] == 11
    heart.cancel()
    assert await beating.close_code() == 4009


asyncio.run(main())
