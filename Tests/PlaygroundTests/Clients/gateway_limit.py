"""`GET /gateway/bot` has a limit of its own: two within five seconds."""

from lab import request, rest, stats

assert [rest("GET", "/gateway/bot")[0] for _ in range(2)] == [200, 200]
status, headers, body = rest("GET", "/gateway/bot")
assert status == 429 and headers["X-RateLimit-Scope"] == "user" and not body["global"] and 0 < body["retry_after"] <= 5, body
assert headers["X-RateLimit-Limit"] == "2" and headers["Via"] and stats()["rate_limited"] == 1
assert rest("GET", "/users/@me")[0] == 200 and request("GET", "/api/v10/gateway")[0] == 200
