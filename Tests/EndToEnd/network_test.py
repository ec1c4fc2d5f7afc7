"""The program in networks of its own: families of addresses that are dead, names that only some resolvers know, and no way out."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from isitdown import eventually, run

# Public addresses of nobody here: the namespace has no way out.
FOUR, SIX = "11.77.0.10", "2600:77::10"
RESOLVER = "11.77.0.53"
HOSTS = ("both", "six-refuses", "six-is-silent", "four-refuses", "six-only", "silent", "gone", "elsewhere", "broken")

ZONES = f"""
    local-zone: "." always_nxdomain
    local-zone: "test." transparent
    local-data: "both.test. A {FOUR}"
    local-data: "both.test. AAAA {SIX}"
    local-data: "six-refuses.test. A {FOUR}"
    local-data: "six-refuses.test. AAAA 2600:77::11"
    local-data: "six-is-silent.test. A {FOUR}"
    local-data: "six-is-silent.test. AAAA 2600:77::12"
    local-data: "four-refuses.test. A 11.77.0.11"
    local-data: "four-refuses.test. AAAA {SIX}"
    local-data: "six-only.test. AAAA {SIX}"
    local-zone: "silent.test." deny
    local-zone: "gone.test." always_nxdomain
"""


def sh(command):
    subprocess.run(["/bin/sh", "-ec", command], check=True, capture_output=True, text=True)


class NetworkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.name = f"isitdown-{os.getpid()}"
        try:
            sh(f"ip netns add {cls.name}")
        except (subprocess.CalledProcessError, FileNotFoundError):
            raise unittest.SkipTest("network namespaces need root and iproute2") from None
        cls.addClassCleanup(subprocess.run, ["ip", "netns", "delete", cls.name])
        cls.resolving = pathlib.Path("/etc/netns") / cls.name
        cls.resolving.mkdir(parents=True)
        cls.addClassCleanup(shutil.rmtree, cls.resolving)
        (cls.resolving / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        sh(f"ip -n {cls.name} link set lo up; ip -n {cls.name} link add uplink type veth peer name nowhere;"
           f"ip -n {cls.name} link set nowhere up")
        cls.raise_uplink()
        cls.write_certificates()
        cls.start("nginx", "-p", cls.folder, "-c", cls.write("nginx.conf", f"""
            daemon off; master_process off; pid nginx.pid; error_log stderr;
            events {{}}
            http {{
                access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                ssl_certificate {cls.folder}/site.pem; ssl_certificate_key {cls.folder}/site.key;
                server {{ listen {FOUR}:443 ssl http2; listen [{SIX}]:443 ssl http2; return 200 "hello"; }}
            }}"""))
        cls.start("unbound", "-d", "-p", "-c", cls.write("own.conf", cls.unbound("interface: 127.0.0.1@53", ZONES)))
        cls.start("unbound", "-d", "-p", "-c", cls.write("other.conf", cls.unbound(
            f"""interface: {RESOLVER}@443
    https-port: 443
    tls-service-key: "{cls.folder}/resolver.key"
    tls-service-pem: "{cls.folder}/resolver.pem\"""",
            ZONES + f'    local-data: "elsewhere.test. A {FOUR}"\n    local-zone: "broken.test." always_refuse\n')))
        (cls.folder / "services").mkdir()
        for host in HOSTS:
            (cls.folder / "services" / f"{host}.yaml").write_text(
                f"id: {host}\nname: {host}\ncomponents: {{web: {{name: pages, weight: 1, checks: {{page: https://{host}.test/}}}}}}\n")
        eventually(lambda: cls.inside("getent", "ahosts", "both.test").returncode == 0, 20, "the resolver")
        eventually(lambda: cls.inside("curl", "-skf", "https://both.test/").returncode == 0
                   if shutil.which("curl") else True, 20, "the server")

    @classmethod
    def raise_uplink(cls):
        here = f"ip -n {cls.name}"
        sixes = "".join(f"{here} addr add {address}/64 dev uplink nodad;" for address in (SIX, "2600:77::11"))
        fours = "".join(f"{here} addr add {address}/24 dev uplink;" for address in (FOUR, "11.77.0.11", RESOLVER))
        sh(f"{here} link set uplink up; {sixes}{fours}"
           f"{here} route add default dev uplink; {here} -6 route add default dev uplink")

    @classmethod
    def inside(cls, *command):
        return subprocess.run(["ip", "netns", "exec", cls.name, *map(str, command)], capture_output=True, text=True)

    @classmethod
    def start(cls, *command):
        process = subprocess.Popen(
            ["ip", "netns", "exec", cls.name, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.terminate)

    @classmethod
    def write(cls, name, text):
        (cls.folder / name).write_text(text)
        return cls.folder / name

    @classmethod
    def unbound(cls, interfaces, zones):
        return f"""server:
    {interfaces}
    chroot: ""
    username: ""
    directory: "{cls.folder}"
    pidfile: ""
    use-syslog: no
    logfile: ""
    do-daemonize: no
    num-threads: 1
    module-config: "iterator"
    access-control: 0.0.0.0/0 allow
{zones}
remote-control:
    control-enable: no
"""

    @classmethod
    def write_certificates(cls):
        make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        sh(f"""cd {cls.folder}
            {make} -keyout ca.key -out ca.pem -subj /CN=authority
            leaf() {{
                openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.csr -subj /CN=$1
                echo "subjectAltName=$2" > $1.ext
                openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile $1.ext -out $1.pem
            }}
            leaf site "{",".join(f"DNS:{host}.test" for host in HOSTS)},IP:{FOUR},IP:{SIX}"
            leaf resolver "IP:{RESOLVER}"
        """)

    def check(self, *services, **extra):
        """Looks once; answers the exit code and the evidence, one line of JSON for each look."""
        canaries = ",".join([f"tls://both.test:443", f"tls://{FOUR}:443", f"tls://[{SIX}]:443", "tls://six-only.test:443",
                             "dns://six-refuses.test"])
        settings = {
            "ISITDOWN_FILES_SERVICES": self.folder / "services", "ISITDOWN_MONITOR_CANARIES": canaries,
            "ISITDOWN_NETWORK_CERTIFICATE_AUTHORITY": self.folder / "ca.pem", "ISITDOWN_MONITOR_TIMEOUT": "2s",
            "ISITDOWN_MONITOR_RESOLVERS": f"https://{RESOLVER}/dns-query",
        } | extra
        done = run("check", *services, "--json", prefix=("ip", "netns", "exec", self.name), **settings)
        self.assertTrue(done.stdout, done.stderr)
        return done.returncode, json.loads(done.stdout)["evidence"]

    def test_both_families_are_dialled_and_stand_side_by_side(self):
        code, [look] = self.check("both")
        self.assertEqual((code, look["outcome"]), (0, "ok"))
        self.assertEqual({family: leg["address"] for family, leg in look["families"].items()}, {"v4": FOUR, "v6": SIX})
        self.assertEqual({leg["outcome"] for leg in look["families"].values()}, {"ok"})

    def test_a_dead_family_is_not_hidden_by_the_other(self):
        for host, dead in (("six-refuses", "v6"), ("six-is-silent", "v6"), ("four-refuses", "v4")):
            with self.subTest(host):
                code, [look] = self.check(host)
                self.assertEqual((code, look["outcome"]), (0, "ok"))
                outcomes = {family: (leg["outcome"], leg["phase"]) for family, leg in look["families"].items()}
                alive = "v4" if dead == "v6" else "v6"
                self.assertEqual(outcomes, {dead: ("failed", "connect"), alive: ("ok", None)})

    def test_a_name_of_one_family_is_dialled_there(self):
        code, [look] = self.check("six-only")
        self.assertEqual((code, look["outcome"], look["address"], look["families"]), (0, "ok", SIX, None))

    def test_without_a_route_for_a_family_it_is_not_blamed_on_anybody(self):
        sh(f"ip -n {self.name} -6 route del default dev uplink")
        try:
            code, [look] = self.check("six-refuses")
            self.assertEqual((code, look["outcome"], look["families"]), (0, "ok", None))
        finally:
            sh(f"ip -n {self.name} -6 route add default dev uplink")

    def test_their_names_and_our_resolver_are_told_apart(self):
        found, gone, broken, silent = (self.check(host)[1][0] for host in ("elsewhere", "gone", "broken", "silent"))
        self.assertEqual((found["outcome"], found["address"], found["second_opinion"]), ("ok", FOUR, "found elsewhere only"))
        for look, opinion in ((gone, "no such name"), (broken, "its name servers fail"), (silent, "no second opinion")):
            self.assertEqual((look["outcome"], look["phase"], look["second_opinion"]), ("failed", "dns", opinion))

    def test_without_a_resolver_of_our_own_we_are_blind(self):
        (self.resolving / "resolv.conf").write_text("nameserver 127.0.0.2\noptions timeout:1 attempts:1\n")
        try:
            code, [look] = self.check("both")
            self.assertEqual((code, look["outcome"], look["second_opinion"]), (3, "ok", "found elsewhere only"))
        finally:
            (self.resolving / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")

    def test_a_lost_uplink_is_ours_and_no_outage(self):
        sh(f"ip -n {self.name} link set uplink down; ip -n {self.name} addr flush dev uplink")
        try:
            code, [look] = self.check("both", ISITDOWN_MONITOR_INTERVAL="1s")
            self.assertEqual((code, look["outcome"]), (3, "failed"))
        finally:
            self.raise_uplink()


if __name__ == "__main__":
    unittest.main()
