"""`isitdown playground --no-bot`: the local Discord for other people's bots."""

import json
import signal
import socket
import unittest

import isitdown

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.abcdef.0123456789abcdefghijklmnopqrstuvwxyz01"


class LocalDiscord(isitdown.Process):
    def __init__(self, *arguments, **extra):
        super().__init__("playground", "--no-bot", "--port", "0", *arguments, **extra)
        self.said = json.loads(self.lines.get(timeout=30))

    def ask(self, path, token=None):
        return isitdown.request("GET", self.said["api"] + path, headers={"Authorization": f"Bot {token or self.said['token']}"})


class LocalDiscordTest(unittest.TestCase):
    def start(self, *arguments, **extra):
        discord = LocalDiscord(*arguments, **extra)
        self.addCleanup(lambda: discord.process.poll() is None and discord.stop())
        return discord

    def test_says_where_it_is_in_one_line_and_stays_until_it_is_told_to_go(self):
        discord = self.start()
        self.assertEqual(sorted(discord.said), ["api", "bot_id", "page", "token"])
        self.assertEqual(discord.said["api"], discord.said["page"] + "api/v10")
        status, me = discord.ask("/users/@me")
        self.assertEqual((status, me["id"]), (200, discord.said["bot_id"]))
        status, body = isitdown.request("GET", discord.said["page"])
        self.assertEqual((status, "<title>" in body), (200, True))
        # No bot is connected, and no service is simulated.
        self.assertEqual(isitdown.request("GET", discord.said["page"] + "lab/stats")[1]["sockets"], 0)
        self.assertEqual(isitdown.request("GET", discord.said["page"] + "lab/services")[1], [])
        self.assertEqual(discord.stop(), 0)
        self.assertTrue(discord.lines.empty())

    def test_ends_on_an_interrupt_too(self):
        discord = self.start()
        discord.process.send_signal(signal.SIGINT)
        self.assertEqual(discord.process.wait(10), 0)

    def test_options_change_what_a_bot_is_told(self):
        discord = self.start(
            "--shards", "3", "--max-concurrency", "2", "--identifies", "77", "--guilds", "5", "--without-message-content",
            "--gateway-url", "wss://localhost:9443",
        )
        found = discord.ask("/gateway/bot")[1]
        self.assertEqual((found["url"], found["shards"]), ("wss://localhost:9443", 3))
        limit = found["session_start_limit"]
        self.assertEqual((limit["total"], limit["remaining"], limit["max_concurrency"]), (77, 77, 2))
        self.assertEqual(len(discord.ask("/users/@me/guilds")[1]), 5)
        self.assertEqual(discord.ask("/applications/@me")[1]["flags"] & (1 << 19), 0)

    def test_a_fixed_token_outlives_the_process(self):
        for _ in range(2):
            discord = self.start(ISITDOWN_PLAYGROUND_TOKEN=TOKEN)
            self.assertEqual((discord.said["token"], discord.said["bot_id"]), (TOKEN, "1100000000000000001"))
            self.assertEqual(discord.ask("/users/@me", TOKEN)[0], 200)
            self.assertEqual(discord.stop(), 0)

    def test_a_port_in_use_is_told_and_named(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            outcome = isitdown.run("playground", "--no-bot", "--port", str(port))
        self.assertEqual((outcome.returncode, outcome.stdout), (69, ""))
        self.assertIn(f"port {port} is in use", outcome.stderr)

    def test_options_that_mean_nothing_are_usage_errors(self):
        for arguments in (
            ["--shards", "2"], ["--without-message-content"], ["--gateway-url", "wss://localhost"], ["--no-bot", "--shards", "0"],
            ["--no-bot", "--heartbeat", "x"], ["--no-bot", "--gateway-url", "https://localhost"], ["--no-bot", "--token", TOKEN],
        ):
            with self.subTest(arguments):
                outcome = isitdown.run("playground", *arguments)
                self.assertEqual((outcome.returncode, outcome.stdout), (64, ""), outcome.stderr)


if __name__ == "__main__":
    unittest.main()
