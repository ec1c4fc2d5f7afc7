"""What the bot posts, as discord.py reads it."""

import json
import subprocess
import sys
import unittest

from isitdown import ROOT, Playground, eventually, request
from interactions_test import Lab


class ReadByAnother(unittest.TestCase):
    def test_discord_py_finds_the_embeds_and_components(self):
        playground = Playground()
        self.addCleanup(lambda: playground.process.kill())
        lab = Lab(playground.page)
        eventually(lambda: "reach" in playground.ask("is kik down?"), 30, "a first verdict")
        spoken = playground.reply(playground.say("ann", "@isitdown is kik down?", "read"))
        card = lab.use(command="isdown", options={"service": "kik"}, channel="read")
        lab.use(command="status", channel="read")
        _, guest = request("POST", f"{playground.page}/lab/bots", {"name": "reader"})
        headers = {"Authorization": f"Bot {guest['token']}"}
        guild = request("GET", f"{playground.page}/api/v10/users/@me/guilds", headers=headers)[1][0]["id"]
        channels = request("GET", f"{playground.page}/api/v10/guilds/{guild}/channels", headers=headers)[1]
        channel = next(each["id"] for each in channels if each["name"] == "read")
        read = subprocess.run(
            [sys.executable, str(ROOT / "Tests/EndToEnd/reads_answers.py"), f"{playground.page}/api/v10", guest["token"], channel],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(read.returncode, 0, read.stderr)
        plain, boxed, overview = json.loads(read.stdout)
        self.assertEqual(plain["content"], spoken["content"])
        self.assertEqual(plain["embeds"], [])
        labels = ["Check again", "Same here", "Works for me", "How do I fix it?"]
        for message in (plain, boxed):
            self.assertEqual([each["label"] for each in message["rows"][0]], labels)
            self.assertTrue(all(each["kind"] == "button" and 1 <= len(each["custom_id"]) <= 100 for each in message["rows"][0]))
        self.assertEqual(boxed["embeds"][0]["color"], 0x2E8B57)
        # The same content either way.
        whole = boxed["content"] + "\n\n" + boxed["embeds"][0]["description"]
        headline = lambda text: text.split(" (checked")[0]
        self.assertEqual(headline(whole), headline(plain["content"]))
        self.assertEqual(boxed["content"], card["content"])
        self.assertIn("Kik", overview["embeds"][0]["description"])
        self.assertEqual([each["mentions"] for each in (boxed, overview)], [[], []])
        self.assertFalse(any(each["mentions_everyone"] for each in (plain, boxed, overview)))


if __name__ == "__main__":
    unittest.main()
