"""What the bot answers once, not at all, or not any more."""

import tempfile
import time
import unittest

from isitdown import eventually, request
from restart_test import Bot, LocalDiscord


BOT = "<@1100000000000000001>"

class OnceTest(unittest.TestCase):
    def setUp(self):
        self.discord = LocalDiscord()
        self.addCleanup(self.discord.process.kill)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bot = Bot(self.discord, folder.name + "/state")
        self.addCleanup(self.bot.process.kill)
        eventually(lambda: self.discord.stats()["sessions"] == 1, 60, "a session")
        # The bot listens from its first answer on.
        self.ask("is kik down?")

    def ask(self, text, channel=None, author="ann"):
        """Asks in a channel where nobody has asked yet, so that no earlier answer stands for this one."""
        self.rooms = getattr(self, "rooms", 0) + 1
        channel = channel or f"room-{self.rooms}"
        said = self.discord.say(author, channel, text)
        eventually(lambda: self.discord.replies()[said], 20, f"an answer to {text}")
        return said

    def fault(self, name, **more):
        status, answer = request("POST", f"{self.discord.page}/lab/faults", {"fault": name, **more})
        assert status in (200, 202, 204), (status, answer)

    def test_an_event_that_comes_twice_is_answered_once(self):
        # The answer waits, so that the last event is the question still.
        self.fault("rest_429")
        said = self.discord.say("ann", "general", "kik down for anyone else?")
        for _ in range(3):
            self.fault("duplicate_event")
        eventually(lambda: self.discord.replies()[said], 20, "an answer")
        self.ask("and still, is kik down?")
        self.assertEqual(self.discord.replies()[said], 1)
        # Not the nonce has prevented it: nothing was sent a second time.
        self.assertEqual(self.discord.stats()["nonce_hits"], 0)

    def test_a_lost_answer_is_sent_again_and_seen_once(self):
        for fault in ("rest_lost_answer", "rest_lost_connection", "rest_truncated", "rest_502", "rest_429", "rest_429_shared"):
            with self.subTest(fault):
                self.fault(fault)
                said = self.ask("is kik down?", channel=fault.replace("_", "-"))
                self.assertEqual(self.discord.replies()[said], 1)

    def test_where_the_bot_may_not_speak_it_asks_once(self):
        self.discord.say("ann", "quiet", "hello")
        status, answer = request("PUT", f"{self.discord.page}/lab/channels/quiet", {"permissions": "none"})
        self.assertIn(status, (200, 204), answer)
        refused = self.discord.stats()["invalid_requests"]
        for number in range(5):
            self.discord.say(f"person-{number}", "quiet", f"{BOT} is kik down?")
            # In order: what was said there has been dealt with when this has its answer.
            self.ask("is kik down?", author=f"other-{number}")
        self.assertEqual(self.discord.stats()["invalid_requests"], refused + 1)

    def test_a_command_is_answered_in_time(self):
        command = {"author": "ann", "channel": "general", "command": "isdown", "options": {"service": "kik"}}
        status, used = request("POST", f"{self.discord.page}/lab/interactions", command)
        self.assertIn(status, (200, 201, 202), used)
        transcript = lambda: request("GET", f"{self.discord.page}/lab/transcript")[1]
        answers = lambda: [each for each in transcript() if each["bot"] and not each["reply_to"] and "Kik" in each["content"]]
        eventually(answers, 3, "an answer to the command")
        self.assertEqual(len(answers()), 1)
        self.assertEqual(request("GET", f"{self.discord.page}/lab/violations")[1], [])

    def test_who_names_no_app_chooses_one_and_is_answered(self):
        said = self.ask(f"{BOT} it keeps crashing", channel="choosing")
        transcript = lambda: request("GET", f"{self.discord.page}/lab/transcript")[1]
        asking = next(each for each in transcript() if each["reply_to"] == said)
        self.assertIn("Which app", asking["content"])
        button = asking["components"][0]["components"][0]
        self.assertEqual(button["label"], "Kik")

        def press(custom_id):
            pressed = {"author": "ann", "channel": "choosing", "message": asking["id"], "custom_id": custom_id}
            status, used = request("POST", f"{self.discord.page}/lab/interactions", pressed)
            self.assertIn(status, (200, 201, 202), used)

        press(button["custom_id"])
        answers = lambda: [each for each in transcript() if each["bot"] and each["channel"] == "choosing" and not each["reply_to"]]
        eventually(answers, 3, "an answer to the choice")
        self.assertEqual(["Kik" in each["content"] for each in answers()], [True])
        self.assertEqual(request("GET", f"{self.discord.page}/lab/violations")[1], [])

    def test_a_token_that_is_taken_back_stops_everything_at_once(self):
        self.fault("rest_401")
        self.discord.say("ann", "general", "is kik down?")
        self.assertEqual(self.bot.process.wait(15), 78)
        self.assertIn("does not accept the token", "".join(self.bot.errors))
        sent = self.discord.stats()["rest_requests"]
        time.sleep(0.5)
        stats = self.discord.stats()
        self.assertEqual((stats["rest_requests"], stats["sockets"]), (sent, 0))

    def test_intents_that_are_taken_back_leave_mentions(self):
        status, answer = request("PUT", f"{self.discord.page}/lab/intents", {"message_content": False})
        self.assertIn(status, (200, 204), answer)
        eventually(lambda: self.discord.stats()["identifies"] >= 2 and self.discord.stats()["sessions"] == 1, 30, "another session")
        unread = self.discord.say("ann", "general", "is kik down?")
        mention = self.ask(f"{BOT} is kik down?")
        self.assertEqual((self.discord.replies()[unread], self.discord.replies()[mention]), (0, 1))
        self.assertTrue(any("only mentions and direct messages" in line for line in self.bot.errors))


if __name__ == "__main__":
    unittest.main()
