"""The bot's token stays in the bot: not in the log, an error, a crash, a file or the process table."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import isitdown
from local_discord_test import TOKEN, LocalDiscord

# What must not be seen: the whole token and each of its secret parts. (The first part is the bot's public id.)
PARTS = [TOKEN, TOKEN.split(".")[2], ".".join(TOKEN.split(".")[1:])]
INTERACTION = "aW50ZXJhY3Rpb24"


class SecretsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.state = os.path.join(self.folder.name, "state")
        self.discord = LocalDiscord("--heartbeat", "500", ISITDOWN_PLAYGROUND_TOKEN=TOKEN)
        self.addCleanup(lambda: self.discord.process.poll() is None and self.discord.stop())

    def bot(self, **extra):
        bot = isitdown.Process(
            "run", ISITDOWN_DISCORD_API=self.discord.said["api"], ISITDOWN_LOG_LEVEL="trace", ISITDOWN_FILES_STATE=self.state,
            **({"ISITDOWN_DISCORD_TOKEN": TOKEN} | extra),
        )
        self.addCleanup(lambda: bot.process.poll() is None and bot.process.kill())
        return bot

    def connected(self, bot, times=1):
        def count():
            return sum("connected to the gateway" in line or "took up the gateway session" in line for line in bot.errors) >= times
        isitdown.eventually(count, 90, f"{times} connections: " + "".join(bot.errors[-5:]))

    def output(self, bot):
        time.sleep(0.2)  # the readers' last lines
        return "".join(bot.errors) + "".join(bot.lines.queue)

    def assertClean(self, text, what):
        for part in PARTS:
            self.assertNotIn(part, text, what)
        self.assertNotIn(INTERACTION, text, what)

    def fault(self, name, **extra):
        status, answer = isitdown.request("POST", self.discord.said["page"] + "lab/faults", {"fault": name} | extra)
        self.assertIn(status, (200, 202, 204), answer)

    def say(self, text):
        return isitdown.request("POST", self.discord.said["page"] + "lab/messages", {"author": "ann", "channel": "general", "content": text})

    def test_neither_faults_nor_trace_bring_it_out(self):
        bot = self.bot()
        self.connected(bot)
        connections = 1
        mention = f"<@{self.discord.said['bot_id']}> is kik down?"
        for name in ("rest_500", "rest_429", "rest_lost_answer", "rest_lost_connection", "rest_truncated"):
            self.fault(name)
            self.say(mention)
            time.sleep(0.3)
        isitdown.request(
            "POST", self.discord.said["page"] + "lab/interactions",
            {"author": "ann", "channel": "general", "command": "status", "options": {}})
        # A token in a message's text, as a person pastes one.
        self.say(f"{mention} {TOKEN}")
        self.fault("malformed_json")
        # Each loss makes the bot wait longer, up to a minute: no more of them than it takes.
        for name in ("drop_connections", "invalid_session", "corrupt_stream"):
            self.fault(name)
            connections += 1
            self.connected(bot, connections)
        self.assertClean(pathlib.Path(f"/proc/{bot.process.pid}/cmdline").read_bytes().decode(), "cmdline")
        self.assertClean(pathlib.Path(f"/proc/{bot.process.pid}/environ").read_bytes().decode(errors="replace"), "environ")
        for file in pathlib.Path(self.state).rglob("*"):
            self.assertClean(file.read_bytes().decode(errors="replace"), file)
        self.fault("rest_401")
        self.say(mention)
        self.assertEqual(bot.process.wait(20), 78)
        self.assertClean(self.output(bot), "output")
        for file in pathlib.Path(self.state).rglob("*"):
            self.assertClean(file.read_bytes().decode(errors="replace"), file)

    def test_a_token_that_is_reset_is_told_of_without_it(self):
        bot = self.bot()
        self.connected(bot)
        status, answer = isitdown.request("POST", self.discord.said["page"] + "lab/tokens", {})
        self.assertIn(status, (200, 201, 204), answer)
        self.assertEqual(bot.process.wait(20), 78)
        self.assertClean(self.output(bot), "output")

    def test_a_crash_does_not_show_it(self):
        for number, backtrace in ((signal.SIGSEGV, ""), (signal.SIGABRT, ""), (signal.SIGSEGV, "enable=yes,color=no,registers=all,threads=all")):
            with self.subTest(number, backtrace=backtrace):
                bot = self.bot(**({"SWIFT_BACKTRACE": backtrace} if backtrace else {}))
                self.connected(bot)
                limits = pathlib.Path(f"/proc/{bot.process.pid}/limits").read_text()
                line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
                self.assertEqual(line.split()[4:6], ["0", "0"])

                # Swift's handler shows the backtrace and goes on: a fault would repeat itself, a signal from outside must be. Not
                # before the handler is through, or it would begin anew each time; how long it takes depends on the machine.
                for pause in (0.5, 1, 2, 4, 8, 16, 32):
                    bot.process.send_signal(number)
                    try:
                        bot.process.wait(pause)
                        break
                    except subprocess.TimeoutExpired:
                        pass
                self.assertEqual(bot.process.returncode, -number)
                self.assertClean(self.output(bot), number)
                self.assertEqual(list(isitdown.ROOT.glob("core*")), [])

    def test_no_other_process_of_the_user_reads_its_memory(self):
        # Root reads everything, so root becomes somebody else for this.
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        root = pathlib.Path(self.folder.name, "root")
        os.chmod(self.folder.name, 0o755)
        for name in ("Responses", "deploy"):
            shutil.copytree(isitdown.ROOT / name, root / name)
        program = shutil.copy(isitdown.PROGRAM, root / "isitdown")
        environment = isitdown.environment(
            ISITDOWN_DISCORD_TOKEN=TOKEN, ISITDOWN_DISCORD_API=self.discord.said["api"], ISITDOWN_ROOT=root,
            ISITDOWN_FILES_STATE="none",
        )
        bot = subprocess.Popen([*as_nobody, program, "run"], env=environment, cwd="/", stderr=subprocess.PIPE, text=True)
        self.addCleanup(bot.stderr.close)
        self.addCleanup(lambda: bot.poll() is None and bot.kill())
        while "connected to the gateway" not in bot.stderr.readline():
            self.assertIsNone(bot.poll())
        for name in ("environ", "maps", "mem"):
            look = subprocess.run([*as_nobody, "head", "-c", "1", f"/proc/{bot.pid}/{name}"], capture_output=True, text=True)
            self.assertIn("Permission denied", look.stderr, name)
        bot.terminate()
        self.assertEqual(bot.wait(10), 0)

    def test_a_token_among_the_arguments_is_refused_and_not_repeated(self):
        for arguments in (
            ["run", "--token", TOKEN], ["run", f"--token={TOKEN}"], ["run", TOKEN], ["doctor", "--config", TOKEN],
            ["--token", "short"], ["run", "--config", f"x{TOKEN}"], ["ask", f"is {TOKEN} down"],
        ):
            with self.subTest(arguments):
                outcome = isitdown.run(*arguments)
                self.assertEqual((outcome.returncode, outcome.stdout), (64, ""), outcome.stderr)
                self.assertIn("ISITDOWN_DISCORD_TOKEN_FILE", outcome.stderr)
                self.assertClean(outcome.stderr, arguments)
                self.assertNotIn("short", outcome.stderr)

    def test_a_token_in_the_wrong_setting_is_not_repeated(self):
        for name in ("ISITDOWN_DISCORD_API", "ISITDOWN_LOG_LEVEL", "ISITDOWN_DISCORD_TOKEN_FILE", "ISITDOWN_HEALTH_LISTEN"):
            for command in ("run", "doctor", "validate"):
                with self.subTest(name, command=command):
                    outcome = isitdown.run(command, **{name: TOKEN, "ISITDOWN_FILES_STATE": "none"})
                    self.assertClean(outcome.stdout + outcome.stderr, name)

    def test_a_token_from_a_file_is_nowhere_in_the_environment(self):
        file = os.path.join(self.folder.name, "token")
        pathlib.Path(file).write_text(TOKEN + "\n")
        os.chmod(file, 0o600)
        bot = self.bot(ISITDOWN_DISCORD_TOKEN="", ISITDOWN_DISCORD_TOKEN_FILE=file)
        self.connected(bot)
        self.assertClean(pathlib.Path(f"/proc/{bot.process.pid}/environ").read_bytes().decode(errors="replace"), "environ")
        self.assertEqual(bot.stop(), 0)
        self.assertClean(self.output(bot), "output")


if __name__ == "__main__":
    unittest.main()
