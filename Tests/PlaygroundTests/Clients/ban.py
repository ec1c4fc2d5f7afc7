"""Cloudflare's ban after too many invalid requests, five here."""

from lab import fault, request, rest, stats, say

assert [rest("GET", "/users/@me", token="x")[0] for _ in range(3)] == [401] * 3
fault("rest_429_shared", count=3)
assert [rest("GET", "/users/@me")[0] for _ in range(3)] == [429] * 3
assert stats()["invalid_requests"] == 3, stats()
fault("rest_429")
assert rest("GET", "/users/@me")[0] == 429
request("PUT", "/lab/channels/general", {"permissions": "none"})
guild = rest("GET", "/users/@me/guilds")[2][0]["id"]
general = rest("GET", f"/guilds/{guild}/channels")[2][0]["id"]
assert rest("POST", f"/channels/{general}/messages", {"content": "x"})[0] == 403

# Now everything is the page, whoever asks, for minutes.
for path in ("/users/@me", "/gateway/bot", "/gateway", "/nothing"):
    status, headers, body = rest("GET", path)
    assert status == 429 and "text/html" in headers["Content-Type"] and "Via" not in headers, headers
    assert 500 < int(headers["Retry-After"]) <= 600 and b"1015" in body
assert stats()["invalid_requests"] == 5
# The lab is not Discord.
say("ann", "still here")
