"""Faults of REST: wrong answers, lost answers, and answers that never come."""

import json
import socket
import time

from lab import AGENT, AUTHORITY, PORT, TOKEN, fault, request, rest


def texts():
    return [entry["content"] for entry in request("GET", "/lab/transcript")[2]]


def raw(method, path, body=None, wait=5):
    """Everything that comes back until the end of the connection, or None when nothing comes and it stays open."""
    data = json.dumps(body).encode() if body is not None else b""
    head = [
        f"{method} /api/v10{path} HTTP/1.1", f"Host: {AUTHORITY}", f"Authorization: Bot {TOKEN}", f"User-Agent: {AGENT}",
        "Content-Type: application/json", f"Content-Length: {len(data)}",
    ]
    with socket.create_connection(("127.0.0.1", PORT), wait) as connection:
        connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + data)
        connection.settimeout(wait)
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except TimeoutError:
            return None if not received else received
        return received


guild = rest("GET", "/users/@me/guilds")[2][0]["id"]
general = next(c["id"] for c in rest("GET", f"/guilds/{guild}/channels")[2] if c["name"] == "general")
messages = f"/channels/{general}/messages"

for name, scope in [("rest_429", "user"), ("rest_429_global", "global"), ("rest_429_shared", "shared")]:
    fault(name)
    status, headers, body = rest("GET", "/users/@me")
    assert status == 429 and headers["X-RateLimit-Scope"] == scope and headers["Via"], headers
    assert body["global"] == (scope == "global") and body["retry_after"] == 0.5
fault("rest_429_page")
status, headers, body = rest("GET", "/users/@me")
assert status == 429 and "html" in headers["Content-Type"] and "Via" not in headers and headers["Retry-After"] == "2"
for name, status in [("rest_500", 500), ("rest_502", 502), ("rest_503", 503), ("rest_401", 401)]:
    fault(name)
    assert rest("POST", messages, {"content": name})[0] == status
assert not any(text.startswith("rest_") for text in texts())

# The message is there, and nobody was told.
fault("rest_lost_answer")
assert rest("POST", messages, {"content": "lost answer"})[0] == 500
fault("rest_lost_connection")
assert raw("POST", messages, {"content": "lost connection"}) == b""
assert texts().count("lost answer") == 1 and texts().count("lost connection") == 1

# The answer promises more than it brings.
fault("rest_truncated")
answer = raw("POST", messages, {"content": "truncated"})
head, _, body = answer.partition(b"\r\n\r\n")
length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
assert head.startswith(b"HTTP/1.1 200") and 0 < len(body) < length and texts().count("truncated") == 1, answer

# Nothing comes, and the connection stays.
fault("rest_half_open")
assert raw("POST", messages, {"content": "never"}, wait=2) is None
assert "never" not in texts()

fault("rest_slow_headers", delay_ms=1200)
started = time.monotonic()
assert rest("POST", messages, {"content": "slow"})[0] == 200 and 1.1 < time.monotonic() - started < 5

# Everything is still well, and the gateway's address is never struck.
fault("rest_500")
assert rest("GET", "/gateway/bot")[0] == 200
assert [rest("GET", "/users/@me")[0] for _ in range(2)] == [500, 200]
