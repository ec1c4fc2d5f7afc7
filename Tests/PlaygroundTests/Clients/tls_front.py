"""A TLS front: the API and the gateway over https and wss, for those who trust its certificate."""

import asyncio
import json
import ssl
import sys
import urllib.request

import websockets

from lab import AGENT, API, DEADLINE, TOKEN, Client, fault, say

TRUSTING = ssl.create_default_context(cafile=sys.argv[4])


def get(path):
    wanted = urllib.request.Request(API + path, headers={"Authorization": f"Bot {TOKEN}", "User-Agent": AGENT})
    with urllib.request.urlopen(wanted, timeout=DEADLINE, context=TRUSTING) as answer:
        return json.load(answer)


async def connect(base, compress):
    # As clients build it: the base may have no path.
    url = f"{base}/?v=10&encoding=json&compress={compress}"
    client = Client(await websockets.connect(url, ssl=TRUSTING, ping_interval=None, max_size=None), compress)
    assert (await client.receive())["op"] == 10
    return client


async def main():
    url = get("/gateway/bot")["url"]
    assert url.startswith("wss://localhost:") and get("/gateway")["url"] == url, url
    try:
        await websockets.connect(f"{url}/?v=10&encoding=json")
        raise AssertionError("nobody should trust that certificate")
    except ssl.SSLCertVerificationError:
        pass
    client = await connect(url, "zstd-stream")
    await client.identify()
    data = (await client.until("READY"))["d"]
    assert data["resume_gateway_url"] == url, data
    say("ann", "through the front")
    event = await client.until("MESSAGE_CREATE")
    assert event["d"]["content"] == "through the front"
    fault("drop_connections")
    assert await client.close_code() in (1006, 1011)
    say("ann", "meanwhile")
    client = await connect(data["resume_gateway_url"], "zstd-stream")
    await client.send(6, {"token": TOKEN, "session_id": data["session_id"], "seq": event["s"]})
    assert (await client.receive())["d"]["content"] == "meanwhile"
    assert (await client.receive())["t"] == "RESUMED"
    fault("close_4009")
    assert await client.close_code() == 4009


asyncio.run(main())
