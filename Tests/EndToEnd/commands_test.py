"""The commands as operators and scripts use them, with their exit codes."""

import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from isitdown import PROGRAM, ROOT, Playground, Process, environment, eventually, request, run

OFFLINE = ("unshare", "--net", "--map-root-user")
CAN_UNSHARE = subprocess.run([*OFFLINE, "true"], capture_output=True, check=False).returncode == 0


class Commands(unittest.TestCase):
    def test_help_names_the_commands(self):
        answer = run("--help")
        self.assertEqual(answer.returncode, 0)
        for command in ("playground", "run", "ask", "check", "match", "train", "validate"):
            self.assertIn(command, answer.stdout)

    def test_a_typo_is_usage_and_suggests(self):
        answer = run("chek", "kik")
        self.assertEqual(answer.returncode, 64)
        self.assertTrue(answer.stderr)

    def test_match_writes_one_json_line_each(self):
        lines = ["is kik down?", "im down for pizza tonight", "kik keeps crashing since the update", "", "\u200b", "é" * 9_000]
        answer = run("match", "--json", stdin="\n".join(lines) + "\n")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        matches = [json.loads(line) for line in answer.stdout.splitlines()]
        self.assertEqual([match["text"] for match in matches], lines)
        for match in matches:
            self.assertEqual(set(match), {"text", "intent", "service", "symptom", "confidence", "language"})
        self.assertEqual([match["intent"] for match in matches[:3]], ["status_query", "none", "symptom_report"])
        self.assertEqual([match["service"] for match in matches[:3]], ["kik", None, "kik"])
        self.assertEqual(matches[0]["symptom"], None)
        answer = run("match", "--json", "--details", stdin="are kik and whatsapp down?\n> is kik down?\n")
        both, quoted = (json.loads(line) for line in answer.stdout.splitlines())
        self.assertEqual((both["service"], both["services"]), ("kik", ["kik", "whatsapp"]))
        self.assertGreater(both["relevance"], 0.9)
        self.assertEqual((quoted["intent"], quoted["services"], quoted["relevance"]), ("none", [], 0))

    def test_match_survives_bytes_that_are_no_text(self):
        answer = subprocess.run(
            [PROGRAM, "match", "--json"], input=b"\xff\xfe kik down?\n\x00\n", capture_output=True, env=environment(), check=False
        )
        self.assertEqual(answer.returncode, 0)
        self.assertEqual(len(answer.stdout.splitlines()), 2)

    def test_validate_is_content_with_what_we_ship(self):
        answer = run("validate")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        # Nothing is left to another language.
        self.assertNotIn("note:", answer.stdout)

    def test_what_is_not_translated_is_a_note_and_no_mistake(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "Responses", f"{folder}/Responses")
            shutil.copytree(ROOT / "deploy", f"{folder}/deploy")
            os.remove(f"{folder}/Responses/de/help.md")
            answer = run("validate", ISITDOWN_ROOT=folder)
            self.assertEqual(answer.returncode, 0, answer.stdout)
            self.assertIn("note: de: said in English: help.md", answer.stdout)
            # A language begins as a copy of a folder.
            shutil.copytree(f"{folder}/Responses/en", f"{folder}/Responses/nl")
            self.assertIn("nl", run("validate", ISITDOWN_ROOT=folder).stdout)
            with open(f"{folder}/Responses/en/thanks.md", "a") as text:
                text.write("\n" + "Notwithstanding aforementioned considerations regarding organisational reinitialisation, " * 4)
            hard = run("validate", ISITDOWN_ROOT=folder)
            self.assertEqual(hard.returncode, 78)
            self.assertRegex(hard.stdout, r"thanks.md:1: .*reads like school year")

    def test_validate_names_file_line_and_nearest_name(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for part in ("deploy", "Responses"):
                shutil.copytree(ROOT / part, root / part)
            kik = root / "deploy/services/kik.yaml"
            text = kik.read_text()
            kik.write_text(text.replace("components:", "componets:", 1))
            line = text[: text.index("components:")].count("\n") + 1
            answer = run("validate", ISITDOWN_ROOT=folder)
            self.assertEqual(answer.returncode, 78)
            self.assertIn(f"kik.yaml:{line}:", answer.stdout + answer.stderr)
            self.assertIn("components", answer.stdout + answer.stderr)

    def test_a_missing_response_file_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for part in ("deploy", "Responses"):
                shutil.copytree(ROOT / part, root / part)
            victim = root / "Responses/en/verdicts.md"
            victim.unlink()
            answer = run("validate", ISITDOWN_ROOT=folder)
            self.assertEqual(answer.returncode, 78)
            self.assertIn("verdicts.md", answer.stdout + answer.stderr)

    def test_broken_and_unknown_settings_are_errors_with_their_line(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("discord:\n  apii: https://example.com\nmonitor:\n  interval: soon\n")
            file.flush()
            answer = run("run", "--config", file.name, ISITDOWN_DISCORD_TOKEN="x.y.z")
            self.assertEqual(answer.returncode, 78)
            self.assertIn(f"{file.name}:2: Unknown key “discord.apii”. Did you mean", answer.stderr)
            self.assertIn(f"{file.name}:4:", answer.stderr)

    def test_a_token_in_the_settings_file_is_refused(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("discord:\n  token: abc\n")
            file.flush()
            answer = run("run", "--config", file.name)
            self.assertEqual(answer.returncode, 78)
            self.assertIn(f"{file.name}:2:", answer.stderr)
            self.assertNotIn("abc", answer.stderr)

    def test_a_misspelt_variable_is_told(self):
        answer = run("validate", ISITDOWN_MONITOR_INTERVALL="3s")
        self.assertEqual(answer.returncode, 78)
        self.assertIn("Did you mean ISITDOWN_MONITOR_INTERVAL?", answer.stdout)

    def test_a_folder_with_a_space_and_an_empty_settings_file_are_fine(self):
        with tempfile.TemporaryDirectory(prefix="with space ü ") as folder:
            root = pathlib.Path(folder)
            for part in ("deploy", "Responses"):
                shutil.copytree(ROOT / part, root / part)
            program = root / "bin/isitdown"
            program.parent.mkdir()
            shutil.copy(PROGRAM, program)
            answer = subprocess.run([program, "validate"], capture_output=True, text=True, env=environment(), cwd="/", check=False)
            self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_settings_that_are_all_commented_out_are_fine(self):
        for text in ("", "# chat:\n\n#   language: en\n"):
            with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
                file.write(text)
                file.flush()
                answer = run("validate", "--config", file.name)
                self.assertEqual(answer.returncode, 0, answer.stdout)

    def test_what_answers_is_up_whatever_it_answers(self):
        class NotFound(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_error(404)

            def log_message(self, *_):
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), NotFound) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            answer = run("check", f"http://127.0.0.1:{server.server_address[1]}/", "--json", "--allow-private")
            server.shutdown()
        self.assertEqual(answer.returncode, 0, answer.stdout)
        self.assertEqual(json.loads(answer.stdout)["evidence"][0]["status"], 404)

    def test_feed_says_what_a_feed_means_in_json_and_exit_code(self):
        page = {"page": {"id": "x"}, "status": {"indicator": "none"}, "components": [
            {"id": "a", "name": "Chat", "status": "operational"}, {"id": "b", "name": "Calls", "status": "operational"},
        ]}
        for word, verdict, code in (
            ("operational", "operational", 0), ("degraded_performance", "degraded", 1), ("partial_outage", "partial_outage", 1),
            ("major_outage", "major_outage", 2), ("under_maintenance", "maintenance", 3), ("wobbly", "unknown", 3),
        ):
            page["components"][1]["status"] = word
            answer = run("feed", "-", "--json", stdin=json.dumps(page))
            report = json.loads(answer.stdout)
            self.assertEqual((report["verdict"], answer.returncode), (verdict, code))
            self.assertEqual(report["kind"], "statuspage")
            self.assertEqual([row["status"] for row in report["components"]], ["operational", verdict])
            self.assertEqual(report["unknown_words"], {"wobbly": 1} if word == "wobbly" else {})
            self.assertEqual(run("feed", "-", "--component", "chat", stdin=json.dumps(page)).returncode, 0)
            self.assertEqual(report["incidents"] + report["maintenances"], [])

    def test_feed_is_judged_as_of_the_time_that_is_named(self):
        feed = """<feed><entry><id>1</id><title>Slow</title><published>2026-11-23T09:00:00Z</published>
            <content type="html">&lt;strong&gt;Investigating&lt;/strong&gt; - x</content></entry></feed>"""
        for at, verdict, code in (("2026-11-23T10:00:00Z", "degraded", 1), ("2026-12-23T10:00:00Z", "operational", 0)):
            answer = run("feed", "-", "--at", at, "--json", stdin=feed)
            self.assertEqual((json.loads(answer.stdout)["verdict"], answer.returncode), (verdict, code))

    def test_feed_says_what_to_do_about_what_it_cannot_read(self):
        with tempfile.TemporaryDirectory() as folder:
            large = pathlib.Path(folder) / "large.json"
            large.write_bytes(b"[" * (30 << 20))
            for arguments, code, words in (
                (["feed", str(large)], 3, "larger than 4 MiB"), (["feed", folder], 66, "folder"),
                (["feed", folder + "/none"], 66, "cannot be read"), (["feed", ""], 64, "Which feed?"),
                (["feed", str(large), "--kind", "statuspag"], 64, "Did you mean “statuspage”?"),
                (["feed", str(large), "--at", "yesterday"], 64, "2026-11-23T10:00:00Z"), (["feed"], 64, "file|url"),
            ):
                answer = run(*arguments)
                self.assertEqual(answer.returncode, code, answer.stderr)
                self.assertIn(words, answer.stderr)

    def test_feed_fetches_addresses_within_bounds_and_stays_on_the_host(self):
        class Provider(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                location = {"/moved": "/good", "/away": "http://localhost:9/good"}.get(self.path)
                body = {"/good": b'{"status":{"indicator":"critical"},"page":{}}', "/page": b"<html>All systems operational</html>",
                        "/large": b"[" * (5 << 20)}.get(self.path, b"")
                self.send_response(302 if location else 200 if body else 503)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass  # The reader has seen enough.

            def log_message(self, *_):
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_address[1]}"
            for path, verdict, code, words in (
                ("/good", "major_outage", 2, ""), ("/moved", "major_outage", 2, ""), ("/away", "unknown", 3, "redirects"),
                ("/page", "unknown", 3, ""), ("/large", "unknown", 3, "cannot be read"), ("/503", "unknown", 3, "503"),
            ):
                answer = run("feed", base + path, "--json")
                self.assertEqual((json.loads(answer.stdout)["verdict"], answer.returncode), (verdict, code), path)
                self.assertIn(words, answer.stderr)
            server.shutdown()

    def test_a_playground_that_is_stopped_early_leaves_nothing_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            for wait, signal_number in ((0.1, signal.SIGINT), (0.4, signal.SIGTERM), (1.2, signal.SIGHUP)):
                process = subprocess.Popen(
                    [PROGRAM, "playground", "--port", "0"], env=environment(TMPDIR=folder),
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
                # Not a wait for anything: the moment at which a person changes their mind.
                time.sleep(wait)
                process.send_signal(signal_number)
                process.wait(15)
                self.assertEqual(list(pathlib.Path(folder).glob("isitdown-lab-*")), [], (wait, signal_number))

    def test_training_is_repeatable_and_says_how_good_it_is(self):
        first, second = (json.loads(run("train", "--json").stdout) for _ in range(2))
        self.assertEqual(first | {"ms": 0}, second | {"ms": 0})
        self.assertLessEqual(first["bytes"], 2_000_000)
        self.assertGreater(first["accuracy"], 0.78)
        self.assertGreater(first["languages_right"], 0.95)
        self.assertLessEqual(first["chatter_answered"], 0.035)
        self.assertIn("the right symptom", run("train").stdout)

    def test_a_missing_token_is_one_line_with_what_to_do(self):
        answer = run("run")
        self.assertEqual(answer.returncode, 78)
        self.assertEqual(len(answer.stderr.strip().splitlines()), 1, answer.stderr)
        self.assertIn("ISITDOWN_DISCORD_TOKEN", answer.stderr)

    @unittest.skipUnless(CAN_UNSHARE, "no rights to make a network namespace")
    def test_without_internet_it_is_blind_and_does_not_blame_kik(self):
        answer = run("ask", "is kik down?", prefix=OFFLINE)
        self.assertEqual(answer.returncode, 3, answer.stderr)
        self.assertIn("cannot see", answer.stdout)
        answer = run("ask", "is kik down?", "--json", prefix=OFFLINE)
        self.assertEqual(answer.returncode, 3)
        line = json.loads(answer.stdout)
        self.assertEqual((line["verdict"], line["service"], line["confidence"]), ("unknown", "kik", 0))
        self.assertRegex(" ".join(line["because"]), r"I cannot reach \d+ of \d+")

    @unittest.skipUnless(CAN_UNSHARE, "no rights to make a network namespace")
    def test_check_of_several_gives_each_its_verdict_and_its_reasons(self):
        answer = run("check", "kik", "GitHub", "example.com", "--json", prefix=OFFLINE)
        self.assertEqual(answer.returncode, 3, answer.stderr)
        line = json.loads(answer.stdout)
        self.assertEqual([each["service"] for each in line["subjects"]], ["kik", "github", "https://example.com:443/"])
        for each in line["subjects"]:
            self.assertEqual((each["verdict"], each["against"]), ("unknown", []), each)
            self.assertRegex(each["because"][0], "^canary: [0-9] of [0-9] fail, our own network$")
            self.assertTrue(each["evidence"])
        self.assertEqual(line["evidence"], sum((each["evidence"] for each in line["subjects"]), []))
        people = run("check", "kik", prefix=OFFLINE).stdout
        self.assertRegex(people, r"(?m)^Kik: unknown\n  because canary: ")

    def test_check_shows_the_phases_of_a_refused_connection(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            port = closed.getsockname()[1]
        answer = run("check", f"tcp://127.0.0.1:{port}", "--json")
        evidence = json.loads(answer.stdout)["evidence"][0]
        self.assertEqual((evidence["outcome"], evidence["phase"]), ("failed", "connect"))

    def test_check_refuses_what_is_no_target(self):
        for wrong in ("gopher://x", "https://user@host/", "tcp://host", "kikk"):
            answer = run("check", wrong)
            self.assertEqual(answer.returncode, 64, wrong)
            self.assertTrue(answer.stderr.strip(), wrong)
        self.assertIn("kik", run("check", "kikk").stderr)

    def test_check_looks_at_no_page_inside_unless_it_is_told_to(self):
        for page, why in (
            ("http://127.0.0.1:8080/", "usual ports"), ("http://127.0.0.1/", "this machine itself"),
            ("http://localhost/", ".localhost"), ("https://10.0.0.1/", "private network"), ("http://0x7f.1/", "four decimal numbers"),
        ):
            answer = run("check", page)
            self.assertEqual(answer.returncode, 64, page)
            self.assertIn(why, answer.stderr)
            self.assertIn("--allow-private", answer.stderr)

    def test_check_follows_no_redirect_inwards(self):
        class Redirecting(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(302 if self.path == "/inwards" else 200)
                self.send_header("Location", f"http://inside.example.com:{inside.getsockname()[1]}/")
                self.end_headers()

            def log_message(self, *_):
                pass

        with socket.socket() as inside, http.server.HTTPServer(("127.0.0.1", 0), Redirecting) as server:
            inside.bind(("127.0.0.1", 0))
            inside.listen()
            inside.setblocking(False)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            # The settings say that the public name is here.
            here = {"ISITDOWN_NETWORK_REDIRECTIONS": f"page.example.com:80=127.0.0.1:{server.server_address[1]}"}
            good = run("check", "http://page.example.com/", "--json", **here)
            inwards = run("check", "http://page.example.com/inwards", "--json", **here)
            server.shutdown()
            with self.assertRaises(BlockingIOError):
                inside.accept()
        self.assertEqual(good.returncode, 0, good.stdout)
        self.assertEqual(inwards.returncode, 3, inwards.stdout)
        evidence = json.loads(inwards.stdout)["evidence"][0]
        self.assertEqual((evidence["outcome"], evidence["phase"]), ("failed", None))
        self.assertIn("usual ports", evidence["detail"])

    @unittest.skipUnless(CAN_UNSHARE, "no rights to make a namespace with other host names")
    def test_check_asks_the_real_resolver_and_refuses_a_name_with_one_address_inside(self):
        for inside, why in (("10.1.2.3", "private network"), ("::1", "this machine itself"), ("169.254.169.254", "clouds keep secrets")):
            for addresses in (("192.31.196.1", inside), (inside, "192.31.196.1"), ("2620:4f:8000::1", "192.31.196.1", inside)):
                with tempfile.NamedTemporaryFile("w", suffix=".hosts") as hosts:
                    hosts.writelines(f"{address} mixed.example.com\n" for address in addresses)
                    hosts.flush()
                    script = 'mount --bind "$0" /etc/hosts && exec "$@"'
                    names = (*OFFLINE[:1], "--mount", *OFFLINE[1:], "sh", "-c", script, hosts.name)
                    answer = run("check", "http://mixed.example.com/", "--json", prefix=names)
                self.assertEqual(answer.returncode, 3, answer.stderr)
                evidence = json.loads(answer.stdout)["evidence"][0]
                self.assertEqual((evidence["outcome"], evidence["phase"], evidence["address"]), ("failed", None, None))
                self.assertIn(why, evidence["detail"])

    def test_a_port_in_use_says_which_and_how_to_choose_another(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            answer = run("playground", "--port", str(port))
            self.assertNotEqual(answer.returncode, 0)
            self.assertIn(str(port), answer.stderr)
            self.assertIn("--port", answer.stderr)


class AgainstThePlayground(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.playground = Playground()
        status, cls.lab = request("GET", f"{cls.playground.page}/lab/network")
        assert status == 200

    @classmethod
    def tearDownClass(cls):
        cls.playground.stop()

    def test_a_wrong_token_is_one_line_and_no_retry(self):
        answer = run(
            "run", ISITDOWN_DISCORD_TOKEN="wrong.token.here", ISITDOWN_DISCORD_API=f"{self.playground.page}/api/v10",
            ISITDOWN_LOG_LEVEL="error", timeout=20,
        )
        self.assertEqual(answer.returncode, 78)
        self.assertEqual(len(answer.stderr.strip().splitlines()), 1, answer.stderr)
        self.assertIn("token", answer.stderr)
        self.assertNotIn("wrong.token.here", answer.stderr)

    def test_the_real_bot_connects_with_nothing_but_a_token_and_an_address(self):
        status, guest = request("POST", f"{self.playground.page}/lab/bots", {"name": "second"})
        self.assertIn(status, (200, 201))
        bot = Process("run", ISITDOWN_DISCORD_TOKEN=guest["token"], ISITDOWN_DISCORD_API=f"{self.playground.page}/api/v10")
        try:
            def answered():
                message = self.playground.say("ann", f"<@{guest['id']}> is kik down?")
                try:
                    found = eventually(
                        lambda: [r for r in self.playground.replies(message) if r["author"] == "second"], 2, "an answer"
                    )
                except AssertionError:
                    return None
                return found
            self.assertIn("Kik", eventually(answered, 30, "an answer of the second bot")[0]["content"])
        finally:
            self.assertEqual(bot.stop(), 0, "".join(bot.errors))
        self.assertNotIn(guest["token"], "".join(bot.errors))

    def test_asking_many_times_ends_cleanly_each_time(self):
        network = {
            "ISITDOWN_NETWORK_CERTIFICATE_AUTHORITY": self.lab["certificate_authority"],
            "ISITDOWN_NETWORK_REDIRECTIONS": ",".join(self.lab["redirections"]),
        }
        ends = [run("ask", "is kik down?", "--json", **network).returncode for _ in range(20)]
        self.assertEqual(ends, [0] * 20)

    def test_everything_listens_on_this_machine_only(self):
        pid = self.playground.process.pid
        sockets = set()
        for link in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            try:
                name = os.readlink(link)
            except FileNotFoundError:
                continue  # A probe's connection, closed meanwhile; what listens stays.
            if name.startswith("socket:"):
                sockets.add(name[8:-1])
        listening = [
            fields[1]
            for table in ("tcp", "tcp6")
            for fields in (line.split() for line in pathlib.Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:])
            if fields[3] == "0A" and fields[9] in sockets
        ]
        self.assertGreater(len(listening), 10)
        self.assertEqual({address.split(":")[0] for address in listening}, {"0100007F"})

    def test_no_path_brings_the_playground_down(self):
        status, guest = request("POST", f"{self.playground.page}/lab/bots", {"name": "curious"})
        self.assertIn(status, (200, 201))
        for path in ("users/%7Bid%7D", "guilds/%7Bid%7D/members/%7Bid%7D", "channels/{id}/messages/{id}", "%00", "channels//"):
            status, _ = request(
                "GET", f"{self.playground.page}/api/v10/{path}", headers={"Authorization": f"Bot {guest['token']}"}
            )
            self.assertIn(status, (400, 401, 403, 404, 405), path)
        self.assertEqual(request("GET", f"{self.playground.page}/lab/services")[0], 200)

    def test_check_shows_phases_of_a_real_tls_listener(self):
        here = next(each for each in self.lab["redirections"] if each.startswith("talk1600an.kik.com:443=")).split("=")[1]
        network = {
            "ISITDOWN_NETWORK_CERTIFICATE_AUTHORITY": self.lab["certificate_authority"],
            "ISITDOWN_NETWORK_REDIRECTIONS": ",".join(self.lab["redirections"]),
        }
        answer = run("check", "tls://talk1600an.kik.com:443", "--json", **network)
        evidence = json.loads(answer.stdout)["evidence"][0]
        self.assertEqual(evidence["outcome"], "ok", answer.stdout)
        for phase in ("dns", "connect", "tls"):
            self.assertGreaterEqual(evidence["phases"][phase], 0)
        self.assertGreater(evidence["certificate"]["days_left"], 0)
        self.assertEqual(answer.returncode, 0)
        # The same listener by its address: the certificate is for another name.
        answer = run("check", f"tls://{here}", "--json", **network)
        evidence = json.loads(answer.stdout)["evidence"][0]
        self.assertEqual((evidence["outcome"], evidence["phase"]), ("failed", "tls"))
        self.assertGreater(evidence["phases"]["connect"], 0)
        self.assertGreater(evidence["phases"]["tls"], 0)


if __name__ == "__main__":
    unittest.main()
