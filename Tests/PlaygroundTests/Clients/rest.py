"""REST as Discord answers it, mistakes included."""

import json

from lab import AUTHORITY, BOT, TOKEN, request, rest, say


def check(name, actual, expected):
    assert actual == expected, f"{name}: {actual} instead of {expected}"


status, _, body = rest("GET", "/gateway/bot")
check("gateway", (status, body["url"], body["shards"]), (200, f"ws://{AUTHORITY}/gateway", 1))
check("no token", request("GET", "/api/v10/users/@me")[::2], (401, {"message": "401: Unauthorized", "code": 0}))
check("wrong token", rest("GET", "/users/@me", token="x")[::2], (401, {"message": "401: Unauthorized", "code": 0}))
check("Bearer", request("GET", "/api/v10/users/@me", headers={"Authorization": f"Bearer {TOKEN}"})[0], 401)
check("no route", rest("GET", "/nothing/here")[::2], (404, {"message": "404: Not Found", "code": 0}))
check("old version", request("GET", "/api/v6/users/@me")[0], 400)
check("me", rest("GET", "/users/@me")[2]["id"], BOT)
for path in ("/applications/@me", "/oauth2/applications/@me"):
    check(path, rest("GET", path)[2]["interactions_endpoint_url"], None)

guild = rest("GET", "/users/@me/guilds")[2][0]["id"]
general = rest("GET", f"/guilds/{guild}/channels")[2][0]["id"]
messages = f"/channels/{general}/messages"
status, headers, sent = rest("POST", messages, {"content": "hello <@%s>" % BOT, "nonce": "a", "allowed_mentions": {"parse": []}})
check("create", (status, sent["content"], sent["author"]["id"], sent["mentions"], sent["nonce"]), (200, f"hello <@{BOT}>", BOT, [], "a"))
for name in ("Limit", "Remaining", "Reset-After", "Reset", "Bucket"):
    assert headers[f"X-RateLimit-{name}"], name
check("content type", headers["Content-Type"], "application/json")

mistakes = [
    ("empty", {}, 400, 50006),
    ("blank content", {"content": ""}, 400, 50006),
    ("too long", {"content": "x" * 2001}, 400, 50035),
    ("content is a number", {"content": 5}, 400, 50035),
    ("an array", [], 400, 50035),
    ("no JSON", b'{"content":', 400, 50109),
    ("embeds is text", {"embeds": "x"}, 400, 50035),
    ("eleven embeds", {"embeds": [{"title": "x"}] * 11}, 400, 50035),
    ("long title", {"embeds": [{"title": "x" * 257}]}, 400, 50035),
    ("long embeds", {"embeds": [{"description": "x" * 4096}] * 2}, 400, 50035),
    ("long nonce", {"content": "x", "nonce": "n" * 26}, 400, 50035),
    ("mention kinds", {"content": "x", "allowed_mentions": {"parse": ["all"]}}, 400, 50035),
    ("exclusive mentions", {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, 400, 50035),
    ("reply to nothing", {"content": "x", "message_reference": {"message_id": "1"}}, 400, 50035),
    ("reply to nonsense", {"content": "x", "message_reference": {"message_id": "x"}}, 400, 50035),
]
for name, draft, status, code in mistakes:
    answer = rest("POST", messages, draft)
    check(name, (answer[0], answer[2]["code"]), (status, code))
long = rest("POST", messages, {"content": "x" * 2001})[2]
check("where", long["errors"]["content"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH")

lenient = {"content": "never mind", "message_reference": {"message_id": "1", "fail_if_not_exists": False}}
check("lenient reply", rest("POST", messages, lenient)[2]["type"], 0)
asked = say("ann", "is it?")
reply = rest("POST", messages, {"content": "yes", "message_reference": {"message_id": asked["id"]}})[2]
check("reply", (reply["type"], reply["referenced_message"]["id"], reply["mentions"][0]["username"]), (19, asked["id"], "ann"))
quiet = {"content": "yes", "message_reference": {"message_id": asked["id"]}, "allowed_mentions": {"parse": [], "replied_user": False}}
check("quiet reply", rest("POST", messages, quiet)[2]["mentions"], [])

path = f"{messages}/{sent['id']}"
check("edit", rest("PATCH", path, {"content": "changed"})[2]["content"], "changed")
assert rest("GET", path)[2]["edited_timestamp"]
check("another's message", rest("PATCH", f"{messages}/{asked['id']}", {"content": "x"})[2]["code"], 50005)
enforced = {"content": "once", "nonce": 7, "enforce_nonce": True}
once = rest("POST", messages, enforced)[2]["id"]
check("nonce", rest("POST", messages, enforced)[2]["id"], once)
check("delete", rest("DELETE", f"{messages}/{once}")[0], 204)
check("nonce of a deleted message", rest("POST", messages, enforced)[2]["code"], 10008)
check("gone", rest("GET", f"{messages}/{once}")[2]["code"], 10008)
check("history", [m["id"] for m in rest("GET", messages + "?limit=2")[2]][-1] < rest("GET", messages + "?limit=1")[2][0]["id"], True)
check("typing", rest("POST", f"/channels/{general}/typing")[0], 204)
check("unknown channel", rest("POST", "/channels/1/messages", {"content": "x"})[2]["code"], 10003)
check("huge id", rest("GET", "/channels/99999999999999999999999/messages")[0], 404)
check("reaction", rest("PUT", f"{path}/reactions/%F0%9F%91%8D/@me")[0], 204)

# Direct messages belong to those between whom they are.
direct = rest("POST", "/users/@me/channels", {"recipient_id": asked and rest("GET", f"/guilds/{guild}/members")[2][-1]["user"]["id"]})[2]
check("direct", (direct["type"], rest("POST", f"/channels/{direct['id']}/messages", {"content": "psst"})[0]), (1, 200))
guest = request("POST", "/lab/bots", {"name": "guest"})[2]
check("another's conversation", rest("GET", f"/channels/{direct['id']}", token=guest["token"])[2]["code"], 50001)

# Commands.
command = {"name": "down", "description": "Check", "options": [{"name": "service", "type": 3, "description": "which"}]}
registered = rest("PUT", f"/applications/{BOT}/commands", [command])[2]
check("put", (registered[0]["name"], rest("GET", f"/applications/{BOT}/commands")[2]), ("down", registered))
check("same id", rest("PUT", f"/applications/{BOT}/commands", [command])[2][0]["id"], registered[0]["id"])
check("another's commands", rest("GET", f"/applications/{guest['id']}/commands")[0], 403)

# Who may come in.
check("foreign host", request("GET", "/lab/transcript", headers={"Host": "evil.example"})[0], 403)
check("foreign origin", request("POST", "/lab/messages", {}, {"Origin": "http://evil.example"})[0], 403)
check("another port", request("PUT", "/lab/services/kik", {}, {"Origin": "http://127.0.0.1:1"})[0], 403)
check("foreign socket", request("GET", "/lab/live", headers={"Origin": "https://evil.example"})[0], 403)
check("cross site", request("POST", "/lab/messages", {}, {"Sec-Fetch-Site": "cross-site"})[0], 403)
check("too large", request("POST", "/lab/messages", b"x" * 70_000)[0], 413)
status, headers, page = request("GET", "/")
check("page", (status, "default-src 'none'" in headers["Content-Security-Policy"], b"NONCE" in page), (200, True, False))

# The lab's own mistakes.
for name, draft in [
    ("no author", {"content": "x"}), ("no content", {"author": "ann"}), ("blank", {"author": "ann", "content": " \n"}),
    ("bot's name", {"author": "IsItDown", "content": "x"}), ("odd name", {"author": "a b", "content": "x"}),
    ("odd channel", {"author": "ann", "content": "x", "channel": "no spaces"}), ("no object", [1]),
    ("another's conversation", {"author": "bo", "content": "x", "channel": "dm:ann"}),
    ("too long", {"author": "ann", "content": "x" * 2001}),
]:
    check(name, request("POST", "/lab/messages", draft)[0], 400)
check("taken", request("POST", "/lab/bots", {"name": "ANN"})[0], 409)
entry = request("GET", "/lab/transcript")[2][0]
check("transcript", sorted(entry), sorted(["id", "channel", "author", "bot", "content", "embeds", "components", "reply_to", "ephemeral", "edited"]))
check("entry", (entry["channel"], entry["author"], entry["bot"], entry["content"], entry["edited"]), ("general", "isitdown", True, "changed", True))
# Everything is still well.
check("alive", rest("GET", "/users/@me")[0], 200)
