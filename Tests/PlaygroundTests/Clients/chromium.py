"""A browser with one page, driven over the DevTools protocol."""

import asyncio
import base64
import json
import shutil
import tempfile

import websockets

from deadline import DEADLINE


class Browser:
    async def __aenter__(self):
        self.folder = tempfile.mkdtemp(prefix="isitdown-chromium-")
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert program, "no Chromium on this machine"
        self.process = await asyncio.create_subprocess_exec(
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-port=0", f"--user-data-dir={self.folder}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE)
        async with asyncio.timeout(DEADLINE):
            while not (line := (await self.process.stderr.readline()).decode()).startswith("DevTools listening on "):
                assert line, "Chromium ended"
        self.drain = asyncio.create_task(self.process.stderr.read())
        self.socket = await websockets.connect(line.split()[-1], max_size=None)
        self.number = 0
        self.session = None
        self.console = []
        self.pending = {}
        self.reader = asyncio.create_task(self.read())
        target = await self.call("Target.createTarget", url="about:blank")
        self.session = (await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True))["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            await self.call(f"{domain}.enable")
        return self

    async def __aexit__(self, *_):
        self.reader.cancel()
        await self.socket.close()
        self.process.kill()
        await self.process.wait()
        self.drain.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def read(self):
        async for text in self.socket:
            message = json.loads(text)
            if "id" in message:
                self.pending.pop(message["id"]).set_result(message)
            elif message["method"] in ("Log.entryAdded", "Runtime.exceptionThrown"):
                self.console.append(message["params"])

    async def call(self, method, **params):
        self.number += 1
        answer = self.pending[self.number] = asyncio.get_running_loop().create_future()
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        await self.socket.send(json.dumps(message))
        result = await asyncio.wait_for(answer, DEADLINE)
        assert "error" not in result, result
        return result["result"]

    async def run(self, script):
        result = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def until(self, condition):
        """Waits, in the page, until a JavaScript expression holds; the page's own changes wake it."""
        return await self.run(f"""new Promise((resolve, reject) => {{
            const check = () => {{ const value = (() => {{ try {{ return {condition}; }} catch {{ return null; }} }})(); if (value) {{ watch.disconnect(); clearTimeout(late); resolve(value); }} }};
            const watch = new MutationObserver(check);
            const late = setTimeout(() => {{ watch.disconnect(); reject(new Error("not within {DEADLINE} s: " + {json.dumps(condition)})); }}, {DEADLINE - 2} * 1000);
            watch.observe(document, {{ subtree: true, childList: true, attributes: true, characterData: true }});
            check();
        }})""")

    async def open(self, url):
        await self.call("Page.navigate", url=url)
        await self.until("document.body && document.body.dataset.ready === 'true'")

    async def size(self, width, height, dark=False, mobile=False):
        await self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2 if mobile else 1, mobile=mobile)
        await self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    async def type(self, text):
        await self.run("document.getElementById('composer').focus()")
        await self.call("Input.insertText", text=text)

    async def press(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=text if kind == "keyDown" else "")

    async def screenshot(self, path):
        picture = await self.call("Page.captureScreenshot", format="png")
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))
