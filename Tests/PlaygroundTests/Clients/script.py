"""One day in the life of a bot, for every library that can play it: `script.py PORT TOKEN BOT LIBRARY TRANSPORT`.

The libraries come in through adapters: a module with a class `Bot(transport)` that answers “NAME said: TEXT” to every message of a
person, “echo: TEXT” to the command `/echo`, and puts “ready” and “resumed” into `happened`.
"""

import asyncio
import importlib
import sys

LIBRARY, TRANSPORT = sys.argv[4:6]
adapter = importlib.import_module(LIBRARY)

from lab import BOT, DEADLINE, TOKEN, fault, request, say, sees, stats, violations


async def until(bot, event):
    happened = await asyncio.wait_for(bot.happened.get(), DEADLINE)
    assert happened == event, f"{happened} instead of {event}"


async def answered(text):
    """The bot's answer to what ann said; there is one and no second."""

    def answers(messages):
        return [m for m in messages if m["bot"] and m["content"] == f"ann said: {text}"]

    first = (await sees(answers))[0]
    assert len(answers(request("GET", "/lab/transcript")[2])) == 1, text
    return first


async def play(bot):
    await until(bot, "ready")
    counted = stats()
    assert (counted["identifies"], counted["resumes"]) == (1, 0), counted
    # It came in over what this run is about, and over nothing else.
    assert counted["transports"] == {TRANSPORT: 1}, counted

    asked = say("ann", "one")
    assert (await answered("one"))["reply_to"] == asked["id"]

    command, = request("GET", f"/api/v10/applications/{BOT}/commands", headers={"Authorization": f"Bot {TOKEN}"})[2]
    assert command["name"] == "echo", command
    used = request("POST", "/lab/interactions", {"author": "ann", "channel": "general", "command": "echo", "options": {"text": "hi"}})[2]
    assert used["delivered"], used
    await sees(lambda messages: any(m["content"] == "echo: hi" for m in messages))

    await bot.direct("ann", "between us")
    await sees(lambda messages: any(m["channel"] == "dm:ann" and m["content"] == "between us" for m in messages))

    # It waits as it is told, and then the answer is there once.
    for name in ("rest_429", "rest_429_global", "rest_502"):
        fault(name)
        say("ann", name)
        await answered(name)

    # Events that it does not know, or knows already, or that come late or large, disturb nothing.
    for name in ("unknown_event", "heartbeat_request", "huge_event"):
        fault(name, bytes=1_000_000)
        say("ann", name)
        await answered(name)

    # Asked to reconnect, cut off, closed: each time it resumes, and hears what was said meanwhile, in order and once.
    for name in ("reconnect", "drop_connections", "close_4000"):
        fault(name)
        texts = [f"{name} {number}" for number in range(3)]
        for text in texts:
            say("ann", text)
        await until(bot, "resumed")
        answers = [await answered(text) for text in texts]
        # Libraries answer concurrently: what they answered is what must be right.
        assert len({answer["reply_to"] for answer in answers}) == 3, answers
    counted = stats()
    assert (counted["identifies"], counted["resumes"]) == (1, 3), counted

    # The session is gone: a new one, and all is as before.
    fault("invalid_session")
    await until(bot, "ready")
    say("ann", "and again")
    await answered("and again")
    counted = stats()
    assert (counted["identifies"], counted["resumes"]) == (2, 3), counted
    assert set(counted["transports"]) == {TRANSPORT}, counted

    noted = [what for _, what in violations() if not what.startswith(bot.known_violations)]
    assert noted == [], noted


async def main():
    bot = adapter.Bot(TRANSPORT)
    await asyncio.wait_for(bot.start(TOKEN), DEADLINE)
    try:
        await play(bot)
    finally:
        await bot.stop()


asyncio.run(main())
