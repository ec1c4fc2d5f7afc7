"""What people see in the group chat."""

import sys
import time
import unittest

from isitdown import Playground, eventually, request


class Conversation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.playground = Playground()
        # The board has looked at everything once when it can say that Kik's servers answer.
        eventually(lambda: "reach" in cls.playground.ask("is kik down?"), 30, "a first verdict")

    @classmethod
    def tearDownClass(cls):
        assert cls.playground.stop() == 0, "".join(cls.playground.errors)

    def setUp(self):
        self.playground.turn("kik", "up")
        self.wait_for("reach Kik", "kik up again")

    def wait_for(self, words, what, timeout=60):
        eventually(lambda: words in self.playground.ask("is kik down?", author="watcher"), timeout, what)

    def test_a_question_is_answered_within_a_second(self):
        message = self.playground.say("ann", "@isitdown anyone else's kik broken rn??")
        reply = self.playground.reply(message, timeout=1)
        self.assertIn("Kik", reply["content"])
        self.assertIn("reach", reply["content"].split("\n")[0])

    def test_an_outage_is_called_within_a_minute_and_nothing_is_to_be_reset(self):
        self.playground.turn("kik", "down")
        began = time.monotonic()
        self.wait_for("down", "kik called down")
        print(f"called down after {time.monotonic() - began:.1f} s", end=" … ", flush=True, file=sys.stderr)
        answer = self.playground.ask("anyone else's kik broken rn??")
        self.assertIn("down", answer.split("\n")[0])
        self.assertIn("message servers", answer)
        lowered = answer.lower()
        for step in ("force", "clear the cache", "restart your phone", "update kik"):
            self.assertNotIn(step, lowered)
        began = time.monotonic()
        self.playground.turn("kik", "up")
        self.wait_for("reach Kik", "kik called up again")
        print(f"up again after {time.monotonic() - began:.1f} s", end=" … ", flush=True, file=sys.stderr)

    def test_symptoms_get_their_fixes_from_the_harmless_to_the_destructive(self):
        answer = self.playground.ask("kik keeps crashing since the update").lower()
        self.assertLess(answer.index("clos"), answer.index("restart"))
        for loss in ("reinstall", "log out", "reset"):
            self.assertNotIn(f"**{loss}", answer)

    def test_who_was_not_helped_gets_the_next_steps_and_who_only_says_ok_gets_silence(self):
        first = self.playground.reply(self.playground.say("ann", "@isitdown kik keeps crashing"))
        silent = self.playground.say("ann", "ok i'll try that", reply_to=first["id"])
        more = self.playground.say("ann", "didn't help, android", reply_to=first["id"])
        following = self.playground.reply(more)["content"]
        self.assertIn("**4. ", following)
        self.assertNotIn("**1. ", following)
        self.assertNotIn("iPhone:", following)
        self.assertEqual(self.playground.replies(silent), [])

    def test_what_many_ask_gets_one_answer_and_news_another(self):
        self.wait_for("reach Kik", "kik up")
        asked = [self.playground.say(f"person-{number}", "is kik down?") for number in range(5)]
        self.playground.ask("is kik down?")
        # The answer to "watcher" stands for all of them.
        self.assertEqual([self.playground.replies(message) for message in asked], [[]] * 5)
        self.playground.turn("kik", "down")
        self.wait_for("down", "kik called down")
        self.playground.turn("kik", "up")

    def test_another_bot_is_never_answered(self):
        status, guest = request("POST", f"{self.playground.page}/lab/bots", {"name": "parrot"})
        self.assertIn(status, (200, 201))
        # Somebody's question tells where the channel is, on the way that bots know it.
        headers = {"Authorization": f"Bot {guest['token']}"}
        status, guilds = request("GET", f"{self.playground.page}/api/v10/users/@me/guilds", headers=headers)
        self.assertEqual(status, 200)
        status, channels = request(
            "GET", f"{self.playground.page}/api/v10/guilds/{guilds[0]['id']}/channels", headers=headers
        )
        self.assertEqual(status, 200)
        general = next(each["id"] for each in channels if each["name"] == "general")
        status, spoken = request(
            "POST", f"{self.playground.page}/api/v10/channels/{general}/messages",
            {"content": "is kik down? kik keeps crashing"}, headers,
        )
        self.assertEqual(status, 200, spoken)
        # A person's question asked afterwards has been answered: the bot's was read, and left alone.
        self.playground.ask("is kik down?")
        self.assertEqual(self.playground.replies(spoken["id"]), [])

    def test_chatter_is_left_alone(self):
        lines = ["im down for pizza tonight", "my server at the diner was rude", "add me on kik im bored", "lol", "👍"]
        messages = [self.playground.say("bob", line) for line in lines]
        # A question asked afterwards has been answered: what came before it has been read, and left alone.
        self.playground.ask("is kik down?", author="carol")
        for line, message in zip(lines, messages):
            self.assertEqual(self.playground.replies(message), [], line)

    def test_a_mention_and_a_direct_message_always_get_an_answer(self):
        self.assertTrue(self.playground.ask("@isitdown hello there"))
        self.assertTrue(self.playground.ask("kik?", channel="dm:ann"))

    def test_nobody_is_pinged_and_nothing_is_echoed(self):
        answer = self.playground.ask("@isitdown @everyone is kik down? <@1> **x** https://evil.example")
        for echo in ("@everyone", "<@1>", "evil.example"):
            self.assertNotIn(echo, answer)

    def test_a_dropped_connection_loses_no_question(self):
        self.playground.fault("drop_connections")
        message = self.playground.say("ann", "@isitdown is kik down?")
        self.playground.reply(message, timeout=20)
        self.assertEqual(len(self.playground.replies(message)), 1)

    def test_malformed_frames_and_unknown_events_are_survived(self):
        for fault in ("malformed_json", "unknown_event", "unknown_opcode") * 3:
            self.playground.fault(fault)
            self.playground.reply(self.playground.say("ann", "@isitdown is kik down?"), timeout=20)
        log = "".join(self.playground.errors)
        self.assertEqual(log.count("malformed("), 1, log)
        self.assertEqual(log.count("something unknown"), 1, log)

    def test_without_the_internet_it_says_that_it_is_blind(self):
        self.playground.turn("internet", "down")
        self.playground.turn("kik", "down")
        try:
            answer = eventually(
                lambda: next((a for a in [self.playground.ask("is kik down?")] if "cannot see" in a), None), 60, "blindness"
            )
            self.assertNotIn("Kik is down", answer)
        finally:
            self.playground.turn("internet", "up")
            self.playground.turn("kik", "up")


if __name__ == "__main__":
    unittest.main()
