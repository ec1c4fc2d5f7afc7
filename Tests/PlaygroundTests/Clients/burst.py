"""A thousand questions, each answered twice with the same nonce, by a bot that loses its socket two hundred times."""

import asyncio
import concurrent.futures
import http.client
import json

from lab import AGENT, DEADLINE, PORT, TOKEN, ready, request, rest, resume, stats

QUESTIONS = 1_000
LOSSES = 200


def pump(jobs):
    """Sends requests over one connection, as programs in a hurry do."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=DEADLINE)
    for path, body in jobs:
        headers = {"Content-Type": "application/json", "User-Agent": AGENT, "Authorization": f"Bot {TOKEN}"}
        connection.request("POST", path, json.dumps(body), headers)
        response = connection.getresponse()
        assert response.status in (200, 201), (response.status, response.read())
        response.read()
    connection.close()


async def main():
    guild = rest("GET", "/users/@me/guilds")[2][0]["id"]
    general = rest("GET", f"/guilds/{guild}/channels")[2][0]["id"]
    client, data = await ready(transport="zlib-stream")
    last = (await client.until("GUILD_CREATE"))["s"]

    asked = [("/lab/messages", {"author": f"p{n % 50}", "channel": "general", "content": f"is it down? {n}"}) for n in range(QUESTIONS)]
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        asking = loop.run_in_executor(pool, pump, asked)
        heard, losses = {}, 0
        while len(heard) < QUESTIONS:
            frame = await client.receive()
            if frame["op"] != 0:
                continue
            # Nothing is lost and nothing comes twice, however often the socket goes.
            assert frame["s"] == last + 1, (frame["s"], last)
            last = frame["s"]
            if frame["t"] == "MESSAGE_CREATE":
                heard[frame["d"]["id"]] = frame["d"]["content"]
                if len(heard) % (QUESTIONS // LOSSES) == 0 and losses < LOSSES:
                    losses += 1
                    client.socket.transport.abort()
                    client = await resume(data, last, transport="zlib-stream")
        await asking
        assert list(heard.values()) == [f"is it down? {n}" for n in range(QUESTIONS)]

        answers = []
        for number, question in enumerate(heard):
            answer = {"content": f"No. {number}", "nonce": str(number), "enforce_nonce": True, "message_reference": {"message_id": question}}
            answers.append((f"/api/v10/channels/{general}/messages", answer))
        await asyncio.gather(*(loop.run_in_executor(pool, pump, jobs) for jobs in (answers, answers)))

    transcript = request("GET", "/lab/transcript")[2]
    said = [entry for entry in transcript if entry["bot"]]
    assert len(transcript) == 2 * QUESTIONS and {entry["reply_to"] for entry in said} == set(heard) and len(said) == QUESTIONS
    counted = stats()
    assert (counted["nonce_hits"], counted["resumes"], counted["identifies"]) == (QUESTIONS, losses, 1), counted
    assert losses == LOSSES


asyncio.run(main())
