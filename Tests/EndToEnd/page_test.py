"""The chat page with the bot in it, as a person uses it in a browser; the pictures stay in .build/screenshots."""

import asyncio
import json
import os
import sys
import unittest

from isitdown import ROOT, Playground

sys.path.insert(0, str(ROOT / "Tests/PlaygroundTests/Clients"))
from chromium import Browser  # noqa: E402

PICTURES = os.environ.get("ISITDOWN_SCREENSHOTS", str(ROOT / ".build/screenshots"))


def reply_with(words):
    """The newest message of the bot, if it holds these words."""
    newest = "[...document.querySelectorAll('.message[data-bot=true]')].at(-1)"
    return f"{newest}?.textContent.includes({json.dumps(words)})"


class Page(unittest.TestCase):
    def setUp(self):
        self.playground = Playground()

    def tearDown(self):
        self.assertEqual(self.playground.stop(), 0, "".join(self.playground.errors))

    def test_a_person_asks_sees_the_answer_turns_kik_off_and_sees_that(self):
        asyncio.run(self.visit())

    async def visit(self):
        os.makedirs(PICTURES, exist_ok=True)
        async with Browser() as browser:
            await browser.size(1280, 900)
            await browser.open(self.playground.page + "/")
            await self.ask(browser, "anyone else's kik broken rn??")
            await browser.until(reply_with("I can reach Kik's message servers"))
            await self.ask(browser, "kik keeps crashing since the update")
            await browser.until(reply_with("Force close"))
            await browser.screenshot(f"{PICTURES}/bot-up.png")

            await browser.run("document.querySelector('[data-service=kik] input[value=down]').click()")
            await browser.until("document.querySelector('[data-service=kik]').dataset.state === 'down'")
            for _ in range(30):
                await self.ask(browser, "@isitdown is kik down?")
                await browser.until("[...document.querySelectorAll('.message')].at(-1).dataset.bot === 'true'")
                if await browser.run(reply_with("looks down from here")):
                    break
                await asyncio.sleep(1)
            else:
                self.fail("Kik was not called down within 30 s")
            self.assertFalse(await browser.run(reply_with("Force close")))
            await browser.screenshot(f"{PICTURES}/bot-down.png")
            await browser.size(390, 844, dark=True, mobile=True)
            await browser.screenshot(f"{PICTURES}/bot-down-phone.png")
            self.assertEqual(browser.console, [])

    async def ask(self, browser, text):
        await browser.type(text)
        await browser.press("Enter", 13, "\r")
        await browser.until("document.getElementById('composer').value === ''")


if __name__ == "__main__":
    unittest.main()
