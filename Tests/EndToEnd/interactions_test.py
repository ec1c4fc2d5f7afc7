"""Commands and buttons as they go over the wire: tampered, stale, repeated, by several, where the bot may not speak."""

import pathlib
import tempfile
import time
import unittest

from isitdown import Playground, eventually, request, run
from restart_test import TOKEN, Bot, LocalDiscord

BOT = "<@1100000000000000001>"


class Lab:
    """People who use commands and buttons."""

    def __init__(self, page):
        self.page = page

    def transcript(self):
        return request("GET", f"{self.page}/lab/transcript")[1]

    def use(self, author="ann", channel="general", timeout=5, **body):
        """Uses a command or a button; answers the message that came of it."""
        status, used = request("POST", f"{self.page}/lab/interactions", {"author": author, "channel": channel, **body})
        assert status == 201 and used["delivered"], (status, used)
        state = lambda: request("GET", f"{self.page}/lab/interactions/{used['id']}")[1]
        eventually(lambda: state()["acknowledged"], timeout, f"an answer to {body}")
        whole = lambda: next((each for each in self.transcript() if each["id"] == state()["answer"] and each["content"]), None)
        return whole() if body.get("focused") else eventually(whole, timeout, f"a message for {body}")

    def offers(self, **body):
        status, used = request("POST", f"{self.page}/lab/interactions", {"author": "ann", "channel": "general", **body})
        state = lambda: request("GET", f"{self.page}/lab/interactions/{used['id']}")[1]
        eventually(lambda: state()["acknowledged"], 5, "choices")
        return [each["value"] for each in state()["choices"]]

    def buttons(self, message):
        return {part.get("label"): part["custom_id"] for row in message["components"] for part in row["components"]}

    def violations(self):
        return request("GET", f"{self.page}/lab/violations")[1]


class OverTheWire(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.discord = LocalDiscord()
        cls.folder = tempfile.TemporaryDirectory()
        cls.bot = Bot(cls.discord, cls.folder.name + "/state")
        eventually(lambda: cls.discord.stats()["sessions"] == 1, 60, "a session")
        sent = run("commands", "sync", ISITDOWN_DISCORD_API=cls.discord.api, ISITDOWN_DISCORD_TOKEN=TOKEN)
        assert sent.returncode == 0, sent.stderr
        cls.lab = Lab(cls.discord.page)

    @classmethod
    def tearDownClass(cls):
        cls.bot.process.kill()
        cls.discord.process.kill()
        cls.folder.cleanup()

    def tearDown(self):
        violations = [each for each in self.lab.violations() if "already been acknowledged" not in each["what"]]
        request("DELETE", f"{self.discord.page}/lab/violations")
        self.assertEqual(violations, [])

    def test_what_was_tampered_with_is_told_to_its_presser_alone(self):
        answer = self.lab.use(command="isdown", options={"service": "kik"})
        good = self.lab.buttons(answer)["Same here"]
        for bad in (good[:-1] + "x", good.replace("kik", "kak"), "2" + "A" * 11 + "same kik", "1 status kik", "choose", "x" * 100, "another bot's"):
            with self.subTest(bad):
                told = self.lab.use(message=answer["id"], custom_id=bad)
                self.assertTrue(told["ephemeral"])
                self.assertIn("can't make sense of that button", told["content"])
        self.assertIn("Noted", self.lab.use(message=answer["id"], custom_id=good)["content"])

    def test_two_people_press_one_button_and_each_has_their_own_answer(self):
        answer = self.lab.use(command="isdown", options={"service": "kik"})
        button = self.lab.buttons(answer)["How do I fix it?"]
        menus = [self.lab.use(author=person, message=answer["id"], custom_id=button) for person in ("ann", "bo")]
        self.assertEqual([menu["ephemeral"] for menu in menus], [True, True])
        self.assertNotEqual(menus[0]["id"], menus[1]["id"])
        options = menus[0]["components"][0]["components"][0]["options"]
        questions = [
            self.lab.use(author=person, message=menu["id"], custom_id="choose", values=[option["value"]])
            for person, menu, option in zip(("ann", "bo"), menus, (options[0], options[3]))
        ]
        # In place of the menu, and each about their own trouble.
        self.assertEqual([each["id"] for each in questions], [each["id"] for each in menus])
        self.assertNotEqual(questions[0]["content"], questions[1]["content"])

    def test_the_same_interaction_twice_is_answered_once(self):
        before = len([each for each in self.lab.transcript() if each["bot"]])
        self.lab.use(command="history", options={"service": "kik"})
        status, _ = request("POST", f"{self.discord.page}/lab/faults", {"fault": "duplicate_event"})
        self.assertIn(status, (200, 202, 204))
        # In order: what came twice has been dealt with when this has its answer.
        self.lab.use(command="help")
        self.assertEqual(len([each for each in self.lab.transcript() if each["bot"]]), before + 2)

    def test_where_the_bot_may_not_speak_it_says_so_in_private_and_once(self):
        self.discord.say("dora", "silent", "hello")
        request("PUT", f"{self.discord.page}/lab/channels/silent", {"permissions": "none"})
        for _ in range(3):
            self.discord.say("dora", "silent", f"{BOT} is kik down?")
            self.lab.use(author="dora", channel="general", command="help")
        told = eventually(
            lambda: [each for each in self.lab.transcript() if each["bot"] and each["channel"] == "dm:dora"], 10, "a private word")
        self.assertIn("I may not write in", told[0]["content"])
        self.assertEqual(len(told), 1)
        refused = self.lab.use(command="announce add", options={"service": "kik", "channel": "silent"})
        self.assertTrue(refused["ephemeral"])
        self.assertIn("I may not write in", refused["content"])
        self.assertIn("Nothing is announced", self.lab.use(command="announce list")["content"])

    def test_a_server_that_the_bot_is_not_on_is_told_so(self):
        told = self.lab.use(command="announce add", options={"service": "kik"}, user_install=True)
        self.assertIn("I am not a member of this server", told["content"])
        # What needs no membership works.
        self.assertIn("Kik", self.lab.use(command="isdown", options={"service": "kik"}, user_install=True)["content"])

    def test_nobody_changes_a_server_who_may_not(self):
        told = self.lab.use(command="settings", options={"language": "de"}, manages=False)
        self.assertTrue(told["ephemeral"])
        self.assertIn("Only those who may manage", told["content"])

    def test_a_hostile_name_is_harmless(self):
        name = "**@everyone** <@1> [x](https://evil.example) \u202e`" + "z" * 200
        told = self.lab.use(command="watch", options={"service": name})
        for echo in ("@everyone", "<@1>", "](https", "\u202e"):
            self.assertNotIn(echo, told["content"])

    def test_what_is_typed_is_completed(self):
        self.assertEqual(self.lab.offers(command="isdown", options={"service": "ki"}, focused="service")[:1], ["kik"])
        self.assertEqual(self.lab.offers(command="announce add", options={"service": "ki"}, focused="service")[:1], ["kik"])
        self.assertEqual(self.lab.offers(command="isdown", options={"service": "qqqqqqqqq"}, focused="service"), [])

    def test_the_answer_is_in_the_language_of_who_asks(self):
        for locale, words in (("de", "Kik"), ("pt-BR", "Kik"), ("es-419", "Kik"), ("ja", "Kik")):
            told = self.lab.use(command="unwatch", options={"service": "kik"}, locale=locale)
            self.assertIn(words, told["content"])
        said = {locale: self.lab.use(command="unwatch", options={"service": "kik"}, locale=locale)["content"] for locale in ("de", "pt-BR", "fr", "es-ES", "ja", "en-GB")}
        self.assertEqual(len(set(said.values())), 5)
        self.assertEqual(said["ja"], said["en-GB"])

    def test_settings_outlive_the_bot(self):
        lab = self.lab
        lab.use(command="settings", options={"default": "kik", "talk": "never"})
        entered = lambda: sum(self.discord.stats()[each] for each in ("identifies", "resumes"))
        before = entered()
        eventually(lambda: any(self.folder_files()), 5, "a file")
        self.bot.kill()
        type(self).bot = Bot(self.discord, self.folder.name + "/state")
        eventually(lambda: entered() > before, 60, "a session again")
        # What was answered in its last moments is tried once more, because nobody can know that it was; Discord refuses, and no harm is done.
        told = lab.use(command="settings", timeout=20)
        self.assertIn("I leave them alone", told["content"])
        said = self.discord.say("ann", "quiet-room", "is kik down for anyone else?")
        lab.use(command="help")
        self.assertEqual(self.discord.replies()[said], 0)
        lab.use(command="settings", options={"talk": "sure"})
        said = self.discord.say("ann", "quiet-room", "is kik down for anyone else?")
        eventually(lambda: self.discord.replies()[said], 10, "an answer")

    def folder_files(self):
        return list(pathlib.Path(self.folder.name).glob("state/chats-*.json"))


class Registering(unittest.TestCase):
    def test_commands_are_sent_only_when_they_differ(self):
        discord = LocalDiscord()
        self.addCleanup(discord.process.kill)
        where = {"ISITDOWN_DISCORD_API": discord.api, "ISITDOWN_DISCORD_TOKEN": TOKEN}
        first = run("commands", "diff", **where)
        self.assertEqual(first.returncode, 1, first.stderr)
        self.assertIn("+ /isdown", first.stdout)
        sent = run("commands", "sync", **where)
        self.assertEqual(sent.returncode, 0, sent.stderr)
        before = discord.stats()["rest_requests"]
        again = run("commands", "sync", **where)
        self.assertIn("has these commands already", again.stdout)
        # Two questions, and nothing sent.
        self.assertEqual(discord.stats()["rest_requests"], before + 2)
        self.assertEqual(run("commands", "diff", **where).returncode, 0)
        wrong = run("commands", "diff", ISITDOWN_DISCORD_API=discord.api, ISITDOWN_DISCORD_TOKEN="MTE.wrong.token")
        self.assertEqual(wrong.returncode, 78)
        self.assertIn("does not accept the token", wrong.stderr)


class Changes(unittest.TestCase):
    def test_an_answer_is_put_right_when_things_change_and_a_channel_is_told(self):
        playground = Playground()
        self.addCleanup(lambda: playground.process.kill())
        lab = Lab(playground.page)
        eventually(lambda: "reach" in playground.ask("is kik down?"), 30, "a first verdict")
        spoken = playground.reply(playground.say("ann", "@isitdown is kik down?", "news"))
        by_command = lab.use(command="isdown", options={"service": "kik"}, channel="news")
        other = lab.use(command="isdown", options={"service": "whatsapp"}, channel="news")
        lab.use(command="announce add", options={"service": "kik", "channel": "news"})
        playground.turn("kik", "down")
        now = lambda message: next(each for each in lab.transcript() if each["id"] == message["id"])
        eventually(lambda: "down" in now(spoken)["content"].split("\n")[0], 60, "the answer put right")
        self.assertIn("**Update:**", now(spoken)["content"])
        eventually(lambda: "down" in now(by_command)["content"], 20, "the command's answer put right")
        self.assertIn("**Update:**", now(by_command)["embeds"][0]["description"])
        self.assertFalse(now(other)["edited"])
        told = lambda: [each for each in lab.transcript() if each["bot"] and each["channel"] == "news" and each["id"] not in (spoken["id"], by_command["id"], other["id"])]
        eventually(lambda: told(), 10, "the news")
        self.assertIn("Kik has trouble", told()[0]["content"])
        playground.turn("kik", "up")
        eventually(lambda: len(told()) == 2, 60, "the good news")
        self.assertIn("Kik is back", told()[1]["content"])
        eventually(lambda: "reach" in now(spoken)["content"], 10, "the answer put right again")
        self.assertEqual(lab.violations(), [])
        # Nobody was pinged by any of it.
        self.assertNotIn("<@", "".join(each["content"] for each in lab.transcript() if each["bot"]))


if __name__ == "__main__":
    unittest.main()
