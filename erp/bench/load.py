"""Sends requests over connections that are kept open, at a cost that is low against the server's."""

import asyncio
import time


class _Connection(asyncio.Protocol):
    """Sends the next request when the response to the last one is complete."""

    def __init__(self, request: bytes, number: int, done: asyncio.Future) -> None:
        self._request = request
        self._left = number
        self._done = done
        self._received = b""
        self.seconds: list[float] = []

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator or len(body) < _length(head):
            return
        self.seconds.append(time.perf_counter() - self._start)
        if not head.startswith(b"HTTP/1.1 200"):
            self._end(RuntimeError(self._received.decode()))
        elif self._left:
            self._send()
        else:
            self._end(None)

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or ConnectionError("the server closed a connection"))

    def _send(self) -> None:
        self._left -= 1
        self._received = b""
        self._start = time.perf_counter()
        self._transport.write(self._request)

    def _end(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(error) if error else self._done.set_result(None)
            self._transport.close()


async def send(port: int, request: bytes, connections: int, each: int) -> list[float]:
    """Seconds until each response was complete."""
    loop = asyncio.get_running_loop()
    ends = [loop.create_future() for _ in range(connections)]
    opened = [
        loop.create_connection(lambda end=end: _Connection(request, each, end), "127.0.0.1", port) for end in ends
    ]
    protocols = [protocol for _, protocol in await asyncio.gather(*opened)]
    await asyncio.gather(*ends)
    return [seconds for protocol in protocols for seconds in protocol.seconds]


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise RuntimeError(f"no Content-Length in {head!r}")
