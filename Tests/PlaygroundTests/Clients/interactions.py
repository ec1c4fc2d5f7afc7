"""Slash commands and buttons from use to answer."""

import asyncio

from lab import BOT, ready, request, rest, sees


async def use(client, **body):
    status, _, answer = request("POST", "/lab/interactions", {"author": "ann", "channel": "general", **body})
    assert status == 201 and answer["delivered"], answer
    event = (await client.until("INTERACTION_CREATE"))["d"]
    assert event["id"] == answer["id"]
    return event


def callback(event, body, query=""):
    return request("POST", f"/api/v10/interactions/{event['id']}/{event['token']}/callback{query}", body)


async def main():
    client, _ = await ready(intents=0)
    event = await use(client, command="down check", options={"service": "kik"})
    assert event["type"] == 2 and event["member"]["user"]["username"] == "ann" and event["application_id"] == BOT
    assert event["data"]["name"] == "down"
    assert event["data"]["options"] == [{"name": "check", "type": 1, "options": [{"name": "service", "type": 3, "value": "kik"}]}]
    assert callback(event, {"type": 4, "data": {}})[2]["code"] == 50006
    assert callback(event, {"type": 77})[2]["code"] == 50035
    button = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Again", "custom_id": "again"}]}
    status, _, receipt = callback(event, {"type": 4, "data": {"content": "Kik is up.", "flags": 64, "components": [button]}}, "?with_response=true")
    assert status == 200 and receipt["resource"]["message"]["content"] == "Kik is up."
    assert callback(event, {"type": 4, "data": {"content": "x"}})[2]["code"] == 40060
    entry = await sees(lambda messages: next((m for m in messages if m["content"] == "Kik is up."), None))
    assert entry["ephemeral"] and entry["bot"] and entry["components"] == [button]

    pressed = await use(client, message=entry["id"], custom_id="again")
    assert pressed["type"] == 3 and pressed["data"]["custom_id"] == "again" and pressed["message"]["id"] == entry["id"]
    assert callback(pressed, {"type": 7, "data": {"content": "Kik is still up."}})[0] == 204
    await sees(lambda messages: any(m["id"] == entry["id"] and m["edited"] and m["content"] == "Kik is still up." for m in messages))

    deferred = await use(client, command="down")
    original = f"/api/v10/webhooks/{BOT}/{deferred['token']}/messages/@original"
    assert request("GET", original)[0] == 404
    assert callback(deferred, {"type": 5})[0] == 204
    await sees(lambda messages: any(m["thinking"] for m in messages))
    assert request("PATCH", original, {"content": "Here it is."})[0] == 200
    done = await sees(lambda messages: next((m for m in messages if m["content"] == "Here it is."), None))
    assert not done["thinking"] and not done["edited"] and done["used_by"] == "ann"
    status, _, more = request("POST", f"/api/v10/webhooks/{BOT}/{deferred['token']}", {"content": "And more."})
    assert status == 200 and more["content"] == "And more."
    assert request("DELETE", original)[0] == 204
    assert request("GET", "/api/v10/webhooks/1/unknown/messages/@original")[2]["code"] == 10015
    assert request("POST", "/api/v10/interactions/1/unknown/callback", {"type": 4})[2]["code"] == 10062


asyncio.run(main())
