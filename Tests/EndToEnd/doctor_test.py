"""`isitdown doctor` and the health of a running bot, on the local Discord."""

import json
import os
import pathlib
import socket
import tempfile
import time
import unittest

import isitdown
from local_discord_test import LocalDiscord


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class DoctorTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.state = os.path.join(self.folder.name, "state")
        self.health = f"127.0.0.1:{free_port()}"

    def discord(self, *arguments):
        discord = LocalDiscord(*arguments)
        self.addCleanup(lambda: discord.process.poll() is None and discord.stop())
        self.settings = {
            "ISITDOWN_DISCORD_TOKEN": discord.said["token"], "ISITDOWN_DISCORD_API": discord.said["api"],
            "ISITDOWN_FILES_STATE": self.state, "ISITDOWN_HEALTH_LISTEN": self.health,
        }
        isitdown.run("commands", "sync", **self.settings)
        return discord

    def bot(self, **extra):
        bot = isitdown.Process("run", **(self.settings | extra))
        self.addCleanup(lambda: bot.process.poll() is None and bot.stop())
        return bot

    def doctor(self, **extra):
        """The exit status and what is said of each subject, as (level, message, remedy)."""
        outcome = isitdown.run("doctor", "--json", **(self.settings | extra))
        self.assertNotIn(self.settings["ISITDOWN_DISCORD_TOKEN"], outcome.stdout + outcome.stderr)
        found = json.loads(outcome.stdout)
        self.assertEqual(outcome.returncode, ["ok", "warning", "problem"].index(found["status"]), found)
        return outcome.returncode, {
            each["subject"]: (each["level"], each["message"], each["remedy"]) for each in found["findings"]
        }

    def ask(self, path, method="GET", host=None):
        try:
            return isitdown.request(method, f"http://{self.health}{path}", headers={"Host": host} if host else None)
        except OSError:
            return None, None

    def until_ready(self):
        return isitdown.eventually(lambda: (lambda s, b: b if s == 200 else None)(*self.ask("/readyz")), 20, "ready")

    def test_all_is_well_before_the_bot_runs(self):
        self.discord()
        status, found = self.doctor()
        self.assertEqual(status, 0, found)
        self.assertEqual(
            sorted(found),
            sorted(["settings", "token", "intents", "interactions", "commands", "gateway", "shards", "network", "permissions", "state", "bot"]),
        )
        self.assertIn("None runs here", found["bot"][1])
        self.assertFalse(os.path.exists(self.state), "it changes nothing")

    def test_commands_that_discord_has_not_are_a_warning(self):
        discord = LocalDiscord()
        self.addCleanup(lambda: discord.process.poll() is None and discord.stop())
        self.settings = {"ISITDOWN_DISCORD_TOKEN": discord.said["token"], "ISITDOWN_DISCORD_API": discord.said["api"]}
        status, found = self.doctor()
        self.assertEqual((status, found["commands"][0]), (1, "warning"))
        self.assertIn("commands sync", found["commands"][2])

    def test_people_read_lines_without_names_or_secrets(self):
        discord = self.discord()
        outcome = isitdown.run("doctor", **self.settings)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertTrue(all(line.startswith("ok ") for line in outcome.stdout.splitlines()), outcome.stdout)
        self.assertNotIn(discord.said["token"], outcome.stdout)
        self.assertNotIn("Playground", outcome.stdout)

    def test_a_wrong_token_is_a_problem_and_nothing_more_is_asked_with_it(self):
        self.discord()
        status, found = self.doctor(ISITDOWN_DISCORD_TOKEN="MTEwMDAwMDAwMDAwMDAwMDAwMQ.abcdef.0123456789abcdefghijklmnopqrstuvwxyz01")
        self.assertEqual((status, found["token"][0]), (2, "problem"))
        self.assertIn("Reset Token", found["token"][2])
        self.assertNotIn("gateway", found)
        self.assertEqual(found["network"][0], "ok")

    def test_no_token_is_a_problem_and_the_rest_is_looked_at(self):
        self.discord()
        status, found = self.doctor(ISITDOWN_DISCORD_TOKEN="")
        self.assertEqual((status, found["token"][0], found["network"][0]), (2, "problem", "ok"))
        self.assertIn("ISITDOWN_DISCORD_TOKEN", found["token"][2])

    def test_message_content_that_is_not_granted_is_a_warning(self):
        discord = self.discord()
        isitdown.request("PUT", discord.said["page"] + "lab/intents", {"message_content": False})
        status, found = self.doctor()
        self.assertEqual((status, found["intents"][0]), (1, "warning"))
        status, found = self.doctor(ISITDOWN_DISCORD_MESSAGE_CONTENT="false")
        self.assertEqual((status, found["intents"][0]), (0, "ok"))

    def test_too_few_logins_and_too_few_shards_are_told(self):
        self.discord("--identifies", "9", "--shards", "4")
        status, found = self.doctor(ISITDOWN_DISCORD_SHARDS="2")
        self.assertEqual((status, found["shards"][0]), (1, "warning"))
        self.assertEqual(found["gateway"][0], "ok")

    def test_without_a_network_it_says_so_in_time(self):
        self.settings = {
            "ISITDOWN_DISCORD_TOKEN": "MTEwMDAwMDAwMDAwMDAwMDAwMQ.abcdef.0123456789abcdefghijklmnopqrstuvwxyz01",
            "ISITDOWN_FILES_STATE": self.state,
        }
        for api in ("http://discord.invalid/api/v10", f"http://127.0.0.1:{free_port()}/api/v10"):
            with self.subTest(api):
                begun = time.monotonic()
                status, found = self.doctor(ISITDOWN_DISCORD_API=api)
                self.assertLess(time.monotonic() - begun, 15)
                self.assertEqual((status, found["token"][0], found["network"][0]), (2, "problem", "problem"))
                self.assertIn("cannot be reached", found["network"][1])

    def test_a_host_that_says_nothing_does_not_keep_it(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.settings = {
                "ISITDOWN_DISCORD_TOKEN": "MTEwMDAwMDAwMDAwMDAwMDAwMQ.abcdef.0123456789abcdefghijklmnopqrstuvwxyz01",
                "ISITDOWN_FILES_STATE": "none", "ISITDOWN_DISCORD_API": f"http://127.0.0.1:{silent.getsockname()[1]}/api/v10",
            }
            begun = time.monotonic()
            status, found = self.doctor()
            self.assertLess(time.monotonic() - begun, 15)
            self.assertEqual((status, found["token"][0], found["network"][0]), (2, "problem", "ok"))

    def test_broken_settings_end_as_elsewhere(self):
        for setting in ({"ISITDOWN_HEALTH_LISTEN": "everywhere"}, {"ISITDOWN_HEALTH_LISTN": "127.0.0.1:1"}):
            outcome = isitdown.run("doctor", **setting)
            self.assertEqual((outcome.returncode, outcome.stdout), (78, ""), outcome.stderr)
            self.assertIn("HEALTH_LIST", outcome.stderr)

    def test_a_state_folder_that_is_not_the_owners_alone(self):
        self.discord()
        os.mkdir(self.state, 0o777)
        os.chmod(self.state, 0o777)
        status, found = self.doctor()
        self.assertEqual((status, found["state"][0]), (1, "warning"))
        self.assertIn("chmod 700", found["state"][2])
        os.chmod(self.state, 0o700)
        self.assertEqual(self.doctor()[1]["state"][0], "ok")
        file = pathlib.Path(self.folder.name, "file")
        file.touch()
        for path in (file, file / "state"):
            status, found = self.doctor(ISITDOWN_FILES_STATE=path)
            self.assertEqual((status, found["state"][0]), (2, "problem"))

    def test_a_running_bot_tells_how_it_is_and_the_doctor_hears_it(self):
        self.discord()
        self.bot()
        report = self.until_ready()
        self.assertEqual((report["standing"], report["degraded"], report["refusal"], report["reason"]), ("ready", False, None, None))
        self.assertEqual(
            sorted(report["shards"][0]),
            ["heartbeat_ms", "identifies", "last_ack_seconds_ago", "last_close", "phase", "resumes", "seconds_in_phase", "shard"],
        )
        self.assertEqual((report["shards"][0]["phase"], report["shards"][0]["identifies"]), ("ready", 1))
        self.assertEqual(
            report["rest"], {"token_rejected": False, "shut_out": False, "waiting": 0, "invalid_requests": 0}
        )
        self.assertEqual(report["identifies_left"], 999)
        self.assertEqual(self.ask("/healthz")[0], 200)
        self.assertEqual(self.ask("/healthz", "HEAD"), (200, ""))
        watch = self.ask("/healthz")[1]["watch"]
        self.assertGreater(watch["checks"], 0)
        self.assertEqual((watch["incidents"], watch["unknown_feed_words"]), (0, 0))
        self.assertEqual(set(watch["rounds_late"]), {"10 ms", "100 ms", "1000 ms", "10000 ms", "more"})
        self.assertEqual([self.ask(path)[0] for path in ("/", "/metrics", "/healthz/x")], [404] * 3)
        self.assertEqual(self.ask("/healthz", "POST")[0], 404)
        self.assertEqual(self.ask("/healthz", host="evil.example")[0], 403)
        status, found = self.doctor()
        self.assertEqual((status, found["bot"][0]), (0, "ok"), found)
        self.assertIn("is ready: connections 1", found["bot"][1])
        isitdown.eventually(lambda: "in use" in self.doctor()[1]["state"][1], 5, "the sessions")
        # It does not answer elsewhere, but its state folder shows that it runs.
        status, found = self.doctor(ISITDOWN_HEALTH_LISTEN=f"127.0.0.1:{free_port()}")
        self.assertEqual((status, found["bot"][0]), (1, "warning"))

    def test_a_degraded_bot_is_ready_and_says_so(self):
        self.discord("--without-message-content")
        self.bot()
        report = self.until_ready()
        self.assertEqual((report["standing"], report["degraded"], report["lacks_privileged_intents"]), ("degraded", True, True))
        status, found = self.doctor()
        self.assertEqual((status, found["bot"][0]), (1, "warning"))
        self.assertIn("degraded", found["bot"][1])

    def test_a_bot_that_is_not_let_in_lives_but_is_not_ready(self):
        discord = self.discord()
        self.bot()
        self.until_ready()
        isitdown.request("POST", discord.said["page"] + "lab/faults", {"fault": "no_hello", "count": 5})
        isitdown.request("POST", discord.said["page"] + "lab/faults", {"fault": "drop_connections"})
        status, report = isitdown.eventually(
            lambda: (lambda s, b: (s, b) if s == 503 else None)(*self.ask("/readyz")), 10, "not ready"
        )
        self.assertEqual((report["standing"], report["reason"]), ("connecting", "0 of 1 connections are ready"))
        self.assertEqual(self.ask("/healthz")[0], 200)
        self.assertEqual(self.doctor()[1]["bot"][0], "warning")

    def test_the_port_of_another_program_is_told_and_keeps_nobody_from_running(self):
        self.discord()
        with socket.create_server(tuple([self.health.split(":")[0], int(self.health.split(":")[1])])):
            bot = self.bot()
            isitdown.eventually(lambda: any("port is in use" in line for line in bot.errors), 10, "the line in the log")
            isitdown.eventually(lambda: any("connected to the gateway" in line for line in bot.errors), 20, "the gateway")
            self.assertEqual(self.doctor()[1]["bot"][0], "warning")

    def test_an_address_that_others_reach_is_warned_of(self):
        self.discord()
        self.health = f"0.0.0.0:{self.health.split(':')[1]}"
        self.settings["ISITDOWN_HEALTH_LISTEN"] = self.health
        bot = self.bot()
        isitdown.eventually(lambda: any("whoever reaches this address" in line for line in bot.errors), 10, "the warning")
        self.until_ready()
        self.assertEqual(self.doctor()[1]["bot"][0], "ok")


if __name__ == "__main__":
    unittest.main()
