"""The bot is killed again and again in the middle of a burst of questions, and each is answered once."""

import collections
import json
import os
import pathlib
import random
import signal
import sys
import tempfile
import threading
import time
import unittest

from isitdown import ROOT, Process, eventually, request

# A debug build takes seconds to start: there, fewer kills show the same in less time.
KILLS = int(os.environ.get("ISITDOWN_KILLS", "20"))
QUESTIONS = int(os.environ.get("ISITDOWN_QUESTIONS_ASKED", "1000"))
SEED = int(os.environ.get("ISITDOWN_SEED", "20261125"))
TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.G00000.restart-restart-restart-restart-rest"


class LocalDiscord(Process):
    """`isitdown playground --no-bot`: a Discord that knows nothing of the bot's processes."""

    def __init__(self, *arguments):
        super().__init__(
            "playground", "--no-bot", "--port", "0", "--identify-pause", "0", "--route-limit", "10000", *arguments,
            ISITDOWN_PLAYGROUND_TOKEN=TOKEN,
        )
        told = json.loads(self.lines.get(timeout=30))
        self.api, self.page = told["api"], told["page"].rstrip("/")

    def say(self, author, channel, content):
        status, message = request(
            "POST", f"{self.page}/lab/messages", {"author": author, "channel": channel, "content": content}
        )
        assert status in (200, 201), (status, message)
        return message["id"]

    def stats(self):
        return request("GET", f"{self.page}/lab/stats")[1]

    def transcript(self):
        return request("GET", f"{self.page}/lab/transcript")[1]

    def replies(self):
        """How often each message was answered."""
        return collections.Counter(each["reply_to"] for each in self.transcript() if each["bot"])


class Bot(Process):
    def __init__(self, discord, state, **extra):
        super().__init__(
            "run", "--config", str(ROOT / "Tests/Benchmarks/isitdown.yaml"),
            ISITDOWN_DISCORD_API=discord.api, ISITDOWN_DISCORD_TOKEN=TOKEN, ISITDOWN_FILES_STATE=state,
            ISITDOWN_NETWORK_REDIRECTIONS=",".join(f"{host}=127.0.0.1:1" for host in WATCHED), **extra,
        )

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


# All that the benchmark's settings would look at leads to a port of this machine where nobody is.
WATCHED = [f"{name}.example:443" for name in ("one", "two", "three", "four", "five", "talk.kik", "talk2.kik")]


class RestartTest(unittest.TestCase):
    def setUp(self):
        self.discord = LocalDiscord()
        self.addCleanup(self.discord.process.kill)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.state = self.folder.name + "/state"

    def saved(self):
        files = list(pathlib.Path(self.state).glob("sessions-*.json"))
        return files and json.loads(files[0].read_text())["sessions"]

    def test_killed_in_a_burst(self):
        chance = random.Random(SEED)
        begun = time.monotonic()
        bot = Bot(self.discord, self.state)
        # What is said before there is a session, Discord would not replay to anybody.
        eventually(self.saved, 60, "a session on file")
        self.discord.say("ann", "general", "is kik down?")
        eventually(lambda: sum(self.discord.replies().values()) == 1, 30, "a first answer")
        lifetime = 4 * (time.monotonic() - begun)

        asked = []
        done = threading.Event()

        def ask():
            """A question every now and then, for as long as the bot is killed."""
            for number in range(QUESTIONS):
                channel, author = f"channel-{chance.randrange(60)}", f"person-{number % 40}"
                text = chance.choice(["is kik down?", "kik down for anyone else?", "is kik down or is it just me", "kik not working?"])
                # Said to the bot: what several ask the chat gets one answer.
                asked.append(self.discord.say(author, channel, f"<@1100000000000000001> {text}"))
                done.wait(chance.expovariate(1 / pause))

        pause = KILLS * lifetime / 2 / QUESTIONS
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, lifetime))
            bot.kill()
            bot = Bot(self.discord, self.state)
        done.set()
        asking.join(120)
        self.assertFalse(asking.is_alive())
        self.assertEqual(len(asked), QUESTIONS)

        eventually(lambda: len(self.discord.replies()) >= QUESTIONS + 1, 150, "an answer to each question")
        replies = self.discord.replies()
        self.assertEqual({each: replies[each] for each in asked if replies[each] != 1}, {})
        stats = self.discord.stats()
        print(f"\n{KILLS} kills among {QUESTIONS} questions (seed {SEED}): {stats['resumes']} resumes, "
              f"{stats['identifies']} identifies, {stats['nonce_hits']} answers sent again and seen once", file=sys.stderr)
        self.assertEqual(stats["identifies"], 1, "a session was lost")
        self.assertGreaterEqual(stats["resumes"], KILLS // 8)
        self.assertEqual(request("GET", f"{self.discord.page}/lab/violations")[1], [])
        bot.stop()

    def test_planned_restart(self):
        bot = Bot(self.discord, self.state)
        eventually(self.saved, 60, "a session on file")
        first = self.discord.say("ann", "general", "is kik down?")
        eventually(lambda: self.discord.replies()[first] == 1, 30, "an answer")
        self.assertEqual(bot.stop(), 0)
        # The bot is away; Discord keeps what is said.
        missed = [self.discord.say("bo", f"room-{number}", "is kik down?") for number in range(3)]
        bot = Bot(self.discord, self.state)
        eventually(lambda: all(self.discord.replies()[each] for each in missed), 30, "answers to what was said meanwhile")
        stats = self.discord.stats()
        self.assertEqual((stats["identifies"], stats["resumes"]), (1, 1))
        self.assertEqual(set(self.discord.replies().values()), {1})

        # A second process of the same bot leaves the sessions to the first.
        second = Bot(self.discord, self.state)
        eventually(lambda: any("another process" in line for line in second.errors), 30, "a word about the other process")
        second.stop()
        bot.stop()
        self.assertNotIn(TOKEN, "".join(bot.errors) + "".join(second.errors))


if __name__ == "__main__":
    unittest.main()
