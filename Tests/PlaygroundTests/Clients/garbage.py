"""Nothing that arrives on the port ends the server: broken HTTP, broken frames, half-finished everything."""

import os
import socket
import struct

from lab import PORT, TOKEN, request, rest

UPGRADE = (
    f"GET /gateway/?v=10 HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode()
HOST = f"Host: 127.0.0.1:{PORT}\r\n".encode()


def throw(data, half_close=True):
    """Sends bytes, reads what comes until the end or a while, and hangs up."""
    with socket.create_connection(("127.0.0.1", PORT), 10) as raw:
        try:
            raw.sendall(data)
            if half_close:
                raw.shutdown(socket.SHUT_WR)
            raw.settimeout(1)
            while raw.recv(65536):
                pass
        except OSError:
            pass


def frame(first, length, payload=b"", mask=b"\0\0\0\0"):
    return bytes([first]) + length + mask + payload


pieces = [
    b"", b"\r\n\r\n", b"\0" * 5000, os.urandom(5000), b"GET", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
    b"GET \xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /%00%ff%zz/../../..?%=&&=a=b#x HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET //\\\\ HTTP/1.1\r\n" + HOST + b"\r\n", b"GET http://[::1 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Content-Length: 9223372036854775807\r\n\r\nx",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\nx",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nshort",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc",
    b"POST /lab/messages HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
    b"GET /gateway/ HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
]
pieces += [
    UPGRADE + tail for tail in [
        b"", b"\x81", frame(0x81, b"\xff" + struct.pack(">Q", (1 << 63) - 1), b"x" * 1000),
        frame(0x81, b"\xff" + struct.pack(">Q", (1 << 64) - 1), b"x" * 1000), frame(0x81, b"\xfe\xff\xff", b"x" * 65535),
        frame(0xF1, b"\x80"), frame(0x83, b"\x80"), frame(0x80, b"\x80"), frame(0x09, b"\x80"), frame(0x89, b"\xfe\x00\xff", b"x" * 255),
        frame(0x88, b"\x80"), frame(0x88, b"\x81", b"\x03"), frame(0x88, b"\x82", b"\xff\xff"), frame(0x81, b"\x82", b"\xff\xff"),
        frame(0x01, b"\x81", b"[") + frame(0x01, b"\x81", b"["), os.urandom(5000), b"\x81\x02{}",
        frame(0x81, b"\x82", b"{}") * 500,
    ]
]
pieces += [UPGRADE.replace(b"/gateway/?v=10", b"/lab/live") + tail for tail in [b"", os.urandom(2000), frame(0x81, b"\x82", b"hi")]]
for piece in pieces:
    throw(piece)

bodies = [b"", b"nul\0l", b"\xff\xfe", b"[" * 60_000, b'{"a":' * 10_000, b"1e999", b'"\\ud800"', b'{"content":"\\ud800"}', b"null", b"true", b"[[]]"]
authorization = {"Authorization": f"Bot {TOKEN}"}
guild = rest("GET", "/users/@me/guilds")[2][0]["id"]
channel = rest("GET", f"/guilds/{guild}/channels")[2][0]["id"]
for body in bodies:
    for path in ("/lab/messages", "/lab/bots", "/lab/faults", "/lab/interactions"):
        status = request("POST", path, body)[0]
        assert 400 <= status < 500, (path, body[:20], status)
    for path in (f"/channels/{channel}/messages", "/users/@me/channels"):
        status = request("POST", "/api/v10" + path, body, authorization)[0]
        assert 400 <= status < 500, (path, body[:20], status)
shapes = [None, 0, -1, 1 << 63, 1.5, True, "", "x", [], [None], {}, {"a": None}]
for shape in shapes:
    for key in ("author", "channel", "content", "reply_to", "name", "fault", "count", "command", "options", "message", "custom_id", "values", "bot", "state"):
        base = {"author": "ann", "channel": "general", "content": "x", "command": "down", "name": "b", "fault": "clear"}
        for path in ("/lab/messages", "/lab/interactions", "/lab/faults"):
            status = request("POST", path, {**base, key: shape})[0]
            assert status in (200, 201, 400, 404), (path, key, shape, status)
    for key in ("content", "embeds", "components", "nonce", "message_reference", "allowed_mentions", "flags"):
        status = request("POST", f"/api/v10/channels/{channel}/messages", {"content": "x", key: shape}, authorization)[0]
        assert status in (200, 400, 429), (key, shape, status)

status, _, entries = request("GET", "/lab/transcript")
assert status == 200 and entries, "the server is gone"
