"""discord.py reads the answers of a bot in a channel: API TOKEN CHANNEL; prints what it finds as JSON."""

import asyncio
import json
import sys

import discord

api, token, channel_id = sys.argv[1:4]
discord.http.Route.BASE = api


def part(component):
    if isinstance(component, discord.SelectMenu):
        return {"kind": "menu", "options": [[option.label, option.value] for option in component.options]}
    return {"kind": "button", "label": component.label, "style": component.style.name, "custom_id": component.custom_id}


async def main():
    client = discord.Client(intents=discord.Intents.none())
    await client.login(token)
    channel = await client.fetch_channel(int(channel_id))
    found = []
    async for message in channel.history(limit=50, oldest_first=True):
        if not message.author.bot:
            continue
        found.append({
            "content": message.content,
            "embeds": [{"description": embed.description, "color": embed.color.value if embed.color else None} for embed in message.embeds],
            "rows": [[part(component) for component in row.children] for row in message.components],
            "mentions": [user.id for user in message.mentions], "mentions_everyone": message.mention_everyone,
        })
    await client.close()
    print(json.dumps(found))


asyncio.run(main())
