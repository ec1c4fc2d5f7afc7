"""The chat page as two people use it, in a real browser."""

import asyncio
import json
import os
import sys

from chromium import Browser
from lab import AUTHORITY, BOT, ready, request, rest, say, sees

PICTURES = sys.argv[4]
MARKUP = "**bold** *slanted* `code` [good](https://example.com/a) [bad](javascript:alert(1)) http://plain.example\n- one\n- two\n<img src=x onerror=\"document.body.dataset.hacked=1\"><script>document.body.dataset.hacked=1</script>"


def message(text):
    return f"[...document.querySelectorAll('.message')].find(m => m.textContent.includes({json.dumps(text)}))"


async def main():
    os.makedirs(PICTURES, exist_ok=True)
    bot, _ = await ready()
    guild = (await bot.until("GUILD_CREATE"))["d"]
    general = guild["channels"][0]["id"]
    async with Browser() as browser:
        await browser.size(1280, 800)
        await browser.open(f"http://{AUTHORITY}/")
        assert await browser.run("document.querySelector('.empty') !== null")

        # Ann asks with the keyboard, the bot answers, Bo comes along.
        await browser.type("@isitdown is kik down?")
        await browser.press("Enter", 13, "\r")
        await browser.until(message("is kik down?") + "?.dataset.author === 'ann'")
        assert await browser.run("document.querySelector('.mention').textContent") == "@isitdown"
        asked = (await bot.until("MESSAGE_CREATE"))["d"]
        assert asked["content"] == f"<@{BOT}> is kik down?"
        rest("POST", f"/channels/{general}/typing")
        await browser.until("document.getElementById('typing').textContent.includes('isitdown is typing')")
        answer = {
            "content": "**Kik looks fine from here.** Its message servers answered just now.",
            "message_reference": {"message_id": asked["id"]},
            "embeds": [{"color": 0x1A7F4B, "title": "What I looked at", "fields": [
                {"name": "Message servers", "value": "answer in 83 ms", "inline": True},
                {"name": "Website", "value": "answers in 120 ms", "inline": True},
                {"name": "People here", "value": "nobody else reports trouble", "inline": True}],
                "footer": {"text": "checked 4 seconds ago"}}],
            "components": [{"type": 1, "components": [
                {"type": 2, "style": 1, "label": "Check again", "custom_id": "again"},
                {"type": 2, "style": 2, "label": "Me too", "custom_id": "me-too"},
                {"type": 2, "style": 5, "label": "Kik help", "url": "https://help.kik.com/"}]}],
        }
        status, _, sent = rest("POST", f"/channels/{general}/messages", answer)
        assert status == 200, sent
        reply = message("Kik looks fine")
        await browser.until(reply + "?.dataset.bot === 'true'")
        assert await browser.run(f"{reply}.dataset.replyTo") == asked["id"]
        assert await browser.run(f"{reply}.querySelector('.answers').textContent.includes('is kik down?')")
        assert await browser.run(f"{reply}.querySelector('.badge').textContent") == "BOT"
        assert await browser.run("document.getElementById('typing').textContent") == ""

        await browser.run("const s = document.getElementById('speaker'); s.value = 'bo'; s.dispatchEvent(new Event('change'))")
        await browser.type("works for me, ann")
        await browser.run("document.getElementById('send').click()")
        await browser.until(message("works for me") + "?.dataset.author === 'bo'")

        # A button reaches the bot.
        await browser.run(f"{reply}.querySelector('[data-custom-id=again]').click()")
        pressed = (await bot.until("INTERACTION_CREATE"))["d"]
        assert pressed["data"]["custom_id"] == "again" and pressed["member"]["user"]["username"] == "bo"
        request("POST", f"/api/v10/interactions/{pressed['id']}/{pressed['token']}/callback", {"type": 6})
        rest("PATCH", f"/channels/{general}/messages/{sent['id']}", {"content": "**Kik looks fine from here**, still."})
        await browser.until(message("still.") + "?.dataset.edited === 'true' && document.querySelector('.edited') !== null")

        # Foreign text stays text.
        say("chris", MARKUP)
        odd = message("slanted")
        await browser.until(odd)
        kinds = await browser.run(f"['strong','em','code','li','a','img','script'].map(tag => {odd}.querySelectorAll(tag).length)")
        assert kinds == [1, 1, 1, 2, 1, 0, 0], kinds
        assert await browser.run(f"{odd}.querySelector('a').href") == "https://example.com/a"
        assert await browser.run("document.body.dataset.hacked ?? null") is None
        await browser.screenshot(f"{PICTURES}/desktop-light.png")

        # The lab's switches, by click and from elsewhere.
        await browser.run("document.querySelector('[data-service=kik] input[value=down]').click()")
        await browser.until("document.querySelector('[data-service=kik]').dataset.state === 'down'")
        assert request("GET", "/lab/services")[2][0] == {"id": "kik", "name": "Kik", "state": "down"}
        request("PUT", "/lab/services/internet", {"state": "blocked"})
        await browser.until("document.querySelector('[data-service=internet] input[value=blocked]').checked")
        await browser.run("document.getElementById('fault').value = 'unknown_event'; document.getElementById('inject').click()")
        await browser.until("document.getElementById('fault-result').textContent.startsWith('Done, to 1')")

        # A conversation with the bot alone.
        await browser.run("document.querySelector('[data-channel=\"dm:bo\"]').click()")
        await browser.until("document.querySelector('.empty') !== null")
        await browser.type("is it only me?")
        await browser.press("Enter", 13, "\r")
        await browser.until(message("is it only me?") + "?.dataset.channel === 'dm:bo'")
        direct = (await bot.until("MESSAGE_CREATE"))["d"]
        while direct["content"] != "is it only me?":
            direct = (await bot.until("MESSAGE_CREATE"))["d"]
        assert "guild_id" not in direct
        await browser.size(1280, 800, dark=True)
        await browser.run("document.querySelector('[data-channel=general]').click()")
        await browser.screenshot(f"{PICTURES}/desktop-dark.png")
        await browser.size(390, 844, mobile=True)
        await browser.until("document.querySelector('.message') !== null")
        assert await browser.run("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways on a phone"
        await browser.screenshot(f"{PICTURES}/phone-light.png")
        await browser.run("document.getElementById('toggle-lab').click()")
        await browser.screenshot(f"{PICTURES}/phone-lab.png")
        await browser.open(f"http://{AUTHORITY}/")
        assert await browser.run("document.querySelectorAll('.message').length >= 3")
        assert browser.console == [], browser.console


asyncio.run(main())
