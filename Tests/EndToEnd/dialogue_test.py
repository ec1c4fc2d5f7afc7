"""Commands, buttons, menus, forms and the dialogue, as a person uses them in a browser; the pictures stay in .build/screenshots."""

import asyncio
import json
import os
import sys
import tempfile
import unittest

from isitdown import ROOT, Playground, eventually, request
from restart_test import Bot, LocalDiscord

sys.path.insert(0, str(ROOT / "Tests/PlaygroundTests/Clients"))
from chromium import Browser  # noqa: E402

PICTURES = os.environ.get("ISITDOWN_SCREENSHOTS", str(ROOT / ".build/screenshots"))
NEWEST = "[...document.querySelectorAll('.message[data-bot=true]')].at(-1)"


def quoted(text):
    return json.dumps(text)


class Person:
    """Somebody at the chat page."""

    def __init__(self, browser):
        self.browser = browser

    async def type(self, text):
        await self.browser.type(text)

    async def command(self, path, **options):
        """Types a slash and the command's name, takes it from the list, fills in and uses it."""
        await self.browser.run("document.getElementById('composer').value = ''")
        await self.type("/" + path)
        await self.browser.until(f"document.querySelector('#commands [data-use={quoted(path)}]')")
        await self.browser.press("Enter", 13, "\r")
        if not options:
            return
        for name, (typed, value) in options.items():
            field = f"document.querySelector('#use [name={quoted(name)}]')"
            await self.browser.until(field)
            await self.browser.run(f"{field}.focus()")
            if typed is None:
                await self.browser.run(f"{field}.value = {quoted(value)}; {field}.dispatchEvent(new Event('change'))")
                continue
            await self.browser.call("Input.insertText", text=typed)
            offer = f"document.querySelector('.offers [data-value={quoted(value)}]')"
            await self.browser.until(offer)
            await self.browser.run(f"{offer}.click()")
        await self.browser.run("document.getElementById('run').click()")

    async def sees(self, words):
        await self.browser.until(f"{NEWEST}?.textContent.includes({quoted(words)})")

    async def text(self):
        return await self.browser.run(f"{NEWEST}.textContent")

    async def buttons(self):
        return await self.browser.run(f"[...{NEWEST}.querySelectorAll('.actions button')].map(each => each.textContent)")

    async def press(self, label):
        """Presses a button of the newest message and waits until that message is another."""
        button = f"[...{NEWEST}.querySelectorAll('.actions button')].find(each => each.textContent === {quoted(label)})"
        await self.browser.until(button)
        before = await self.browser.run(f"document.getElementById('log').textContent")
        await self.browser.run(f"{button}.click()")
        await self.browser.until(f"document.getElementById('log').textContent !== {quoted(before)}")

    async def choose(self, value_label):
        option = f"[...{NEWEST}.querySelectorAll('select option')].find(each => each.textContent === {quoted(value_label)})"
        await self.browser.until(option)
        await self.browser.run(
            f"(() => {{ const option = {option}; option.parentElement.value = option.value; option.parentElement.dispatchEvent(new Event('change')); }})()")

    async def speak_as(self, name):
        await self.browser.run(
            f"(() => {{ const box = document.getElementById('speaker'); box.value = {quoted(name)}; box.dispatchEvent(new Event('change')); }})()")

    async def picture(self, name):
        await self.browser.screenshot(f"{PICTURES}/{name}.png")


class Dialogue(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(PICTURES, exist_ok=True)
        cls.playground = Playground()
        eventually(lambda: "reach" in cls.playground.ask("is kik down?"), 30, "a first verdict")

    @classmethod
    def tearDownClass(cls):
        assert cls.playground.stop() == 0, "".join(cls.playground.errors)

    def visit(self, journey):
        async def go():
            async with Browser() as browser:
                await browser.size(1280, 1000)
                await browser.open(self.playground.page + "/")
                await browser.until("state.commands.length > 5")
                await journey(Person(browser))
                self.assertEqual(browser.console, [])

        asyncio.run(go())
        status, violations = request("GET", f"{self.playground.page}/lab/violations")
        self.assertEqual(violations, [])

    def test_a_command_completes_the_name_and_is_answered(self):
        async def journey(ann):
            await ann.command("isdown", service=("whts", "whatsapp"))
            await ann.sees("WhatsApp")
            self.assertIn("How do I fix it?", await ann.buttons())
            self.assertEqual(await ann.browser.run(f"{NEWEST}.querySelectorAll('.embed').length"), 1)
            await ann.picture("command")
            await ann.press("Same here")
            await ann.sees("Noted")
            # Only ann sees that.
            await ann.speak_as("bo")
            self.assertNotIn("Noted", await ann.text())
            await ann.speak_as("ann")

        self.visit(journey)

    def test_a_whole_dialogue_down_to_what_erases_and_to_the_end(self):
        async def journey(ann):
            await ann.command("fix", service=("ki", "kik"))
            await ann.sees("What goes wrong with Kik?")
            await ann.choose("It crashes or freezes")
            asked, shown, losses = 0, [], 0
            await ann.sees("short questions")
            await ann.picture("triage-question")
            for _ in range(40):
                buttons = await ann.buttons()
                if "Not sure" in buttons:
                    asked += 1
                    await ann.press("Not sure")
                elif "Android" in buttons:
                    asked += 1
                    await ann.press("Android")
                elif "No, leave it" in buttons:
                    losses += 1
                    text = await ann.text()
                    self.assertRegex(text, "This erases|This takes the app off")
                    self.assertNotIn("Clear storage", text)
                    await ann.picture("triage-loss")
                    await ann.press("I have saved what matters. Show me how")
                elif "It isn't there" in buttons:
                    self.assertIn("play.google.com", await ann.text())
                    await ann.press("It is there")
                elif "Still broken" in buttons:
                    shown.append(await ann.text())
                    if len(shown) == 1:
                        await ann.picture("triage-steps")
                    await ann.press("Still broken")
                else:
                    break
            self.assertIn("Those were all my steps", await ann.text())
            self.assertIn("help.kik.com", await ann.text())
            self.assertLessEqual(asked, 5)
            self.assertEqual(losses, 2)
            self.assertIn("Force close", shown[0])
            self.assertIn("Reinstall", shown[-1])
            self.assertEqual(await ann.buttons(), ["Start over"])

        self.visit(journey)

    def test_it_is_resumed_and_ends_with_what_helped(self):
        async def journey(bo):
            await bo.speak_as("bo")
            await bo.command("fix", service=("ki", "kik"), symptom=(None, "slow"), device=(None, "ios"))
            await bo.sees("short questions")
            await bo.press("Not sure")
            before = await bo.text()
            await bo.command("fix", service=("ki", "kik"))
            await bo.sees("We had begun already")
            while "Not sure" in await bo.buttons():
                await bo.press("Not sure")
            await bo.press("It works again")
            await bo.sees("Which one did it?")
            await bo.press("Change the network")
            await bo.sees("did it")
            self.assertEqual(await bo.buttons(), [])
            self.assertTrue(before)

        self.visit(journey)

    def test_in_ones_own_words(self):
        async def journey(chris):
            await chris.speak_as("chris")
            await chris.command("fix", service=("ki", "kik"))
            await chris.choose("In my own words…")
            await chris.browser.until("document.getElementById('modal').open")
            await chris.browser.run("document.querySelector('#modal textarea').focus()")
            await chris.browser.call("Input.insertText", text="it just closes itself on my iphone every time i open it")
            await chris.picture("form")
            await chris.browser.run("document.getElementById('modal-submit').click()")
            await chris.sees("short questions")

        self.visit(journey)

    def test_on_a_message_and_on_a_phone(self):
        async def journey(ann):
            await ann.browser.size(390, 844, dark=True, mobile=True)
            await ann.type("ugh is whatsapp ded again")
            await ann.browser.press("Enter", 13, "\r")
            await ann.browser.until("[...document.querySelectorAll('.message[data-author=ann] .body')].at(-1)?.textContent.includes('ded again')")
            await ann.browser.run("[...document.querySelectorAll('.message[data-author=ann]')].at(-1).querySelector('[data-command=\"Is this down?\"]').click()")
            await ann.browser.until(f"{NEWEST}?.textContent.includes('WhatsApp') && {NEWEST}.querySelector('.used')")
            await ann.picture("message-command-phone")

        self.visit(journey)

    def test_an_outage_ends_in_waiting_and_in_one_private_message(self):
        async def journey(ann):
            self.playground.turn("kik", "down")
            eventually(lambda: "down" in self.playground.ask("is kik down?").split("\n")[0], 60, "kik called down")
            await ann.speak_as("dora" if await ann.browser.run("state.people.some(each => each.name === 'dora')") else "ann")
            await ann.command("fix", service=("ki", "kik"), symptom=(None, "crash"))
            await ann.sees("there is nothing to repair on your side")
            text = await ann.text()
            for step in ("Force close", "Reset", "Reinstall Kik"):
                self.assertNotIn(step, text)
            await ann.picture("triage-waiting")
            await ann.press("Tell me when it's back")
            await ann.sees("one private message")
            self.playground.turn("kik", "up")
            told = eventually(
                lambda: [each for each in self.playground.transcript() if each["bot"] and each["channel"] == "dm:ann"], 60, "news")
            self.assertIn("Kik is back", told[0]["content"])
            self.assertEqual(len(told), 1)

        try:
            self.visit(journey)
        finally:
            self.playground.turn("kik", "up")
            eventually(lambda: "reach Kik" in self.playground.ask("is kik down?"), 60, "kik up again")


class AfterRestart(unittest.TestCase):
    def test_a_button_works_after_the_bot_was_killed_and_started_again(self):
        discord = LocalDiscord()
        self.addCleanup(discord.process.kill)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        state = folder.name + "/state"
        bot = Bot(discord, state)
        eventually(lambda: discord.stats()["sessions"] == 1, 60, "a session")

        async def journey():
            async with Browser() as browser:
                await browser.open(discord.page + "/")
                ann = Person(browser)
                await ann.type("<@1100000000000000001> is kik down?")
                await browser.press("Enter", 13, "\r")
                await ann.sees("Kik")
                self.assertIn("Check again", await ann.buttons())
                nonlocal bot
                bot.kill()
                bot = Bot(discord, state)
                eventually(lambda: discord.stats()["resumes"] + discord.stats()["identifies"] >= 2, 60, "a new process")
                await ann.press("How do I fix it?")
                await ann.sees("What goes wrong with Kik?")
                await ann.choose("It is slow or late")
                await ann.browser.until(f"{NEWEST}.querySelectorAll('.actions button').length > 1")
                self.assertEqual(browser.console, [])

        try:
            asyncio.run(journey())
        finally:
            bot.process.kill()
        self.assertEqual(request("GET", f"{discord.page}/lab/violations")[1], [])


if __name__ == "__main__":
    unittest.main()
