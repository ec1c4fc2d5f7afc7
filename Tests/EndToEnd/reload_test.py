"""The catalogue and the texts are read anew while the bot runs."""

import pathlib
import shutil
import signal
import tempfile
import unittest

from isitdown import ROOT, eventually
from restart_test import Bot, LocalDiscord

GOOD = """id: {0}
name: {1}
components:
  web: {{name: pages, weight: 1, checks: {{page: "tcp://127.0.0.1:1"}}}}
"""


class ReloadTest(unittest.TestCase):
    def setUp(self):
        self.discord = LocalDiscord()
        self.addCleanup(self.discord.process.kill)
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "Tests/Benchmarks/services", self.folder / "services")
        self.bot = Bot(self.discord, str(self.folder / "state"), ISITDOWN_FILES_SERVICES=self.folder / "services")
        self.addCleanup(self.bot.process.kill)
        eventually(lambda: self.discord.stats()["sessions"] == 1, 60, "a session")
        self.assertIn("Kik", self.ask("is kik down?"))

    def ask(self, text):
        # In a room of its own, where no earlier answer stands for this one.
        self.rooms = getattr(self, "rooms", 0) + 1
        said = self.discord.say("ann", f"room-{self.rooms}", text)
        eventually(lambda: self.discord.replies()[said], 20, f"an answer to {text}")
        return next(each["content"] for each in self.discord.transcript() if each["reply_to"] == said)

    def write(self, service, text):
        (self.folder / "services" / f"{service}.yaml").write_text(text)

    def reload(self, words):
        """Has the files read anew and waits for words in the log."""
        before = len(self.bot.errors)
        self.bot.process.send_signal(signal.SIGHUP)
        return eventually(lambda: [line for line in self.bot.errors[before:] if words in line], 20, words)

    def test_a_new_service_is_known_and_a_mistake_changes_nothing(self):
        said = self.discord.say("ann", "general", "is zorblax down?")
        self.ask("is kik down?")
        self.assertEqual(self.discord.replies()[said], 0)
        self.write("zorblax", GOOD.format("zorblax", "Zorblax"))
        self.assertIn("services=2", self.reload("read anew")[0])
        self.assertIn("Zorblax", self.ask("is zorblax down?"))

        self.write("gloop", GOOD.format("gloop", "Gloop") + "contcts: {}\n")
        line = self.reload("stay as they were")[0]
        self.assertIn("gloop.yaml:5", line)
        self.assertIn("Did you mean “contacts”?", line)
        self.assertIn("Zorblax", self.ask("and is zorblax down now?"))

        (self.folder / "services/zorblax.yaml").unlink()
        (self.folder / "services/gloop.yaml").unlink()
        self.assertIn("services=1", self.reload("read anew")[0])
        said = self.discord.say("ann", "general", "is zorblax down still?")
        self.ask("is kik down?")
        self.assertEqual(self.discord.replies()[said], 0)


if __name__ == "__main__":
    unittest.main()
