"""A websocket server for the tests: the path says what it does.

It prints its ports as one line of JSON and ends when its standard input does.
Arguments: name certificate key, for each TLS listener.
"""

import asyncio
import base64
import collections
import hashlib
import http
import json
import logging
import socket as sockets
import ssl
import struct
import sys

from websockets.asyncio.server import serve


# Links that break are the point of many tests.
logging.disable()

closed = collections.defaultdict(asyncio.Queue)
hearing = collections.defaultdict(asyncio.Event)


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def converse(socket):
    path, _, query = socket.request.path.partition("?")
    match path:
        case "/echo":
            await echo(socket)
        case "/headers":
            names = ["host", "user-agent", "x-extra", "sec-websocket-extensions", "origin"]
            await socket.send(json.dumps({name: socket.request.headers.get(name) for name in names}))
            await echo(socket)
        case "/target":
            await socket.send(socket.request.path)
            await echo(socket)
        case "/tls":
            tls = socket.transport.get_extra_info("ssl_object")
            await socket.send(json.dumps({"alpn": tls.selected_alpn_protocol(), "version": tls.version()}))
            await echo(socket)
        case "/fragments":
            await socket.send(["one, ", "two, ", "", "thr", "ee"])
            await socket.send([b"\x00\x01", b"", b"\x02" * 40_000])
            await echo(socket)
        case "/big":
            await socket.send(b"x" * int(query))
            await echo(socket)
        case "/count":
            for number in range(int(query)):
                await socket.send(str(number))
            await echo(socket)
        case "/close":
            code, _, reason = query.partition("/")
            await socket.close(int(code), reason)
        case "/closed-with":
            # Tells the next visitor how this one closed.
            await socket.wait_closed()
            closed[query].put_nowait([socket.protocol.close_rcvd and socket.protocol.close_rcvd.code, socket.close_reason])
        case "/last-close":
            await socket.send(json.dumps(await closed[query].get()))
            await echo(socket)
        case "/ping":
            waiter = await socket.ping(b"are you there")
            await waiter
            await socket.send("ponged")
            await echo(socket)
        case "/abrupt":
            await socket.send("soon gone")
            socket.transport.abort()
        case "/deaf":
            # Reads one message, then nothing until told on another socket.
            await socket.send("deaf")
            socket.transport.pause_reading()
            await hearing[query].wait()
            socket.transport.resume_reading()
            async for message in socket:
                await socket.send(f"{len(message)}:{message[:8]}")
        case "/hear":
            hearing[query].set()
            await socket.send("hearing")


def refuse(connection, request):
    path, _, query = request.path.partition("?")
    if path == "/refuse":
        return connection.respond(http.HTTPStatus(int(query)), "no\n")
    if path == "/redirect":
        response = connection.respond(http.HTTPStatus.FOUND, "elsewhere\n")
        response.headers["Location"] = "/echo"
        return response
    return None


def frame(opcode, payload, final=True):
    head = bytes([(0x80 if final else 0) | opcode])
    if len(payload) < 126:
        return head + bytes([len(payload)]) + payload
    return head + bytes([126]) + struct.pack("!H", len(payload)) + payload


RAW = {
    # Handshake, then these bytes.
    "/invalid-text": frame(1, b"abc\xff\xfe"),
    "/split-text": frame(1, "caf\u00e9".encode()[:4], final=False) + frame(0, "caf\u00e9".encode()[4:]),
    "/cut-text": frame(1, "caf\u00e9".encode()[:4]),
    "/ping-inside": frame(1, b"a", final=False) + frame(9, b"!") + frame(10, b"?") + frame(0, b"b"),
    "/empty": frame(1, b"") + frame(2, b""),
    "/close-empty": frame(8, b""),
    "/close-1012": frame(8, struct.pack("!H", 1012)),
    "/close-bad-reason": frame(8, struct.pack("!H", 4004) + b"\xff"),
    "/announce": bytes([0x82, 127]) + struct.pack("!Q", 1 << 40) + bytes(20_000),
    "/announce-all": bytes([0x82, 127]) + struct.pack("!Q", (1 << 63) - 1) + bytes(20_000),
    "/reserved": bytes([0xF1, 1]) + b"x",
    "/opcode": frame(3, b"x"),
    "/orphan": frame(0, b"x"),
    "/silent-close": b"",
}


async def raw(reader, writer):
    try:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
        return
    path = request.split(" ")[1]
    if path == "/never":
        await reader.read()
    elif path == "/hang-up":
        pass
    elif path == "/garbage":
        writer.write(bytes(range(256)) * 200)
        await reader.read()
    elif path == "/wrong-accept":
        writer.write(handshake("not the key"))
        await reader.read()
    else:
        key = [line.split(": ")[1] for line in request.split("\r\n") if line.startswith("Sec-WebSocket-Key")][0]
        writer.write(handshake(key) + RAW[path])
        # What comes now is the client's closing; it is read until the client hangs up.
        await reader.read()
    writer.close()


async def mute(reader, writer):
    """Accepts and says nothing, not even in TLS."""
    await reader.read()
    writer.close()


async def no_tls(reader, writer):
    """Answers in plain HTTP to whatever comes."""
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await reader.read()
    writer.close()


def handshake(key):
    accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
    lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Accept: {accept}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def main():
    options = {"process_request": refuse, "max_size": None, "ping_interval": None, "close_timeout": 2}
    ports = {}
    servers = []

    async def listen(name, host="127.0.0.1", **more):
        server = await serve(converse, host, 0, backlog=1024, open_timeout=60, **options, **more)
        servers.append(server)
        ports[name] = server.sockets[0].getsockname()[1]

    await listen("plain")
    await listen("plain6", "::1")
    for name, function in {"raw": raw, "mute": mute, "no-tls": no_tls}.items():
        server = await asyncio.start_server(function, "127.0.0.1", 0)
        servers.append(server)
        ports[name] = server.sockets[0].getsockname()[1]
    # A port whose queue of connections is full: it drops whoever else dials.
    full = sockets.create_server(("127.0.0.1", 0), backlog=0)
    ports["full"] = full.getsockname()[1]
    fillers = [sockets.socket() for _ in range(4)]
    for filler in fillers:
        filler.setblocking(False)
        filler.connect_ex(full.getsockname())
    arguments = sys.argv[1:]
    for name, certificate, key in zip(*[iter(arguments)] * 3):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        tls.set_alpn_protocols(["h2", "http/1.1"])
        await listen(name, "::1" if name.endswith("6") else "127.0.0.1", ssl=tls)
    print(json.dumps(ports), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(), debug=False)
