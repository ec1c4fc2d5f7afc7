"""Faults of how payloads travel."""

import asyncio
import socket
import zlib

import websockets
import zstandard

from lab import DEADLINE, TOKEN, connect, documents, fault, ready, request, resume, say

MARKER = b"\0\0\xff\xff"


async def message(client):
    return await asyncio.wait_for(client.socket.recv(), DEADLINE)


async def fragments(client):
    """The frames of the next message, as the library hands them on."""
    return [part async for part in client.socket.recv_streaming()]


async def settled(compress=None):
    client, data = await ready(transport=compress)
    await client.until("GUILD_CREATE")
    return client, data


async def main():
    # One message, several frames.
    for compress in (None, "zlib-stream", "zstd-stream"):
        client, _ = await settled(compress)
        assert fault("split_frames")["sockets"] == 1
        say("ann", "in pieces")
        parts = await asyncio.wait_for(fragments(client), DEADLINE)
        assert len(parts) == 3 and len(parts[0]) == 1, parts
        whole = "".join(parts) if compress is None else b"".join(parts)
        assert documents(client.reader.read(whole)[0])[0]["d"]["content"] == "in pieces"
        # Until it is cleared.
        say("ann", "again in pieces")
        assert len(await asyncio.wait_for(fragments(client), DEADLINE)) == 3 or compress
        assert request("DELETE", "/lab/faults")[0] == 204
        await client.socket.close(1000)

    # One payload, several messages, the last cut through the marker. Only zlib has one.
    client, _ = await settled("zlib-stream")
    assert fault("split_messages")["sockets"] == 1
    say("ann", "in messages")
    parts = [await message(client) for _ in range(3)]
    assert parts[1].endswith(MARKER[:2]) and parts[2] == MARKER[2:], parts
    assert [text for part in parts for text in client.reader.read(part)][0].count("in messages") == 1
    await client.socket.close(1000)
    for compress in (None, "zstd-stream"):
        client, _ = await settled(compress)
        assert fault("split_messages")["sockets"] == 0 and fault("marker_inside")["sockets"] == 0
        await client.socket.close(1000)

    # The marker in the middle of a message ends nothing.
    client, _ = await settled("zlib-stream")
    assert fault("marker_inside")["sockets"] == 1
    say("ann", "with a marker inside")
    one = await message(client)
    assert MARKER in one[:-4] and one.endswith(MARKER), one
    assert documents(client.reader.read(one)[0])[0]["d"]["content"] == "with a marker inside"
    await client.socket.close(1000)

    # Two payloads in one message; afterwards one each.
    for compress in ("zlib-stream", "zstd-stream"):
        client, _ = await settled(compress)
        assert fault("coalesced")["sockets"] == 1
        say("ann", "first")
        await client.silence()
        say("ann", "second")
        found = documents(client.reader.read(await message(client))[0])
        assert [event["d"]["content"] for event in found] == ["first", "second"], found
        say("ann", "third")
        found = documents(client.reader.read(await message(client))[0])
        assert [event["d"]["content"] for event in found] == ["third"], found
        await client.socket.close(1000)
    client, _ = await settled()
    assert fault("coalesced")["sockets"] == 0
    await client.socket.close(1000)

    # Nobody can read this, and the session lives on for another socket.
    for compress, error in (("zlib-stream", zlib.error), ("zstd-stream", zstandard.ZstdError)):
        client, data = await settled(compress)
        fault("corrupt_stream")
        try:
            client.reader.read(await message(client))
            raise AssertionError("that could be read")
        except error:
            pass
        client.socket.transport.abort()
        second = await resume(data, 2, compress)
        await second.until("RESUMED")
        await second.socket.close(1000)
    client, data = await settled()
    fault("corrupt_stream")
    # RFC 6455, 8.1: text that is no UTF-8 ends the connection with 1007.
    try:
        await message(client)
        raise AssertionError("that could be read")
    except websockets.ConnectionClosed as closed:
        assert closed.sent.code == 1007, closed

    # Large, valid, and of the size that was asked for.
    for compress in (None, "zlib-stream", "zstd-stream"):
        client, _ = await settled(compress)
        fault("huge_event", bytes=10_000_000)
        event = await client.until("SOMETHING_HUGE_HAPPENED")
        assert len(event["d"]["padding"]) == 10_000_000
        say("ann", "after it")
        assert (await client.until("MESSAGE_CREATE"))["s"] == event["s"] + 1
        await client.socket.close(1000)

    # Open and dead: nothing is written, nothing is read, nothing is closed; and the session can be resumed.
    client, data = await settled()
    assert fault("half_open")["sockets"] == 1
    say("ann", "into the void")
    await client.send(1, 2)
    await client.send(1, 2)
    await client.silence(1.5)
    raw = client.socket.transport.get_extra_info("socket")
    assert raw.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    second = await resume(data, 2)
    assert (await second.receive())["d"]["content"] == "into the void"
    await second.until("RESUMED")
    await client.silence()
    # The kernel takes what nobody reads, until it does not.
    client.socket.transport.write(bytes(32 << 20))
    await asyncio.sleep(1)
    assert client.socket.transport.get_write_buffer_size() > 0
    client.socket.transport.abort()
    await second.socket.close(1000)

    # TCP ends, and no close frame comes before.
    client, _ = await settled()
    fault("drop_connections")
    assert await client.close_code() == 1006

    # Late heartbeats' answers.
    client, _ = await settled()
    assert fault("late_ack", delay_ms=700)["sockets"] == 1
    await client.send(1, 2)
    await client.silence(0.4)
    assert (await client.receive())["op"] == 11

    # READY names a port that is open and silent.
    fault("silent_resume_url")
    _, data = await ready()
    host, port = data["resume_gateway_url"].removeprefix("ws://").split(":")
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), DEADLINE)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    await writer.drain()
    try:
        said = await asyncio.wait_for(reader.read(1), 0.5)
        raise AssertionError(said)
    except asyncio.TimeoutError:
        pass
    fault("dead_resume_url")
    _, data = await ready()
    host, port = data["resume_gateway_url"].removeprefix("ws://").split(":")
    try:
        await asyncio.open_connection(host, int(port))
        raise AssertionError("somebody listens")
    except ConnectionRefusedError:
        pass


asyncio.run(main())
