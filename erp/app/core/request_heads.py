"""Limits the size of request heads, and the time that a client may take to send them. uvicorn limits neither."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 65_536
HEAD_SECONDS = 10


class LimitedHeadsProtocol(HttpToolsProtocol):
    """Bodies have limits of their own, in `BodyLimitMiddleware`."""

    _head_deadline: TimerHandle | None = None
    # Received since the last part of a body: a head, or what surrounds chunks. The parser keeps them in memory.
    _incomplete_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._set_head_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unset_head_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._incomplete_bytes += len(data)
        super().data_received(data)
        if self._incomplete_bytes > LONGEST_HEAD and not self.transport.is_closing():
            self.logger.warning("a request head above %d bytes is refused", LONGEST_HEAD)
            if self.cycle is None or self.cycle.response_complete:
                self.send_400_response("The request head is too long.")
            # During a response, the client gets no other one.
            self.transport.close()

    def on_message_begin(self) -> None:
        if self._head_deadline is None:
            self._set_head_deadline()
        self._incomplete_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._unset_head_deadline()
        self._incomplete_bytes = 0
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LONGEST_HEAD:
            raise ValueError("uvicorn answers 400 to a head that cannot be parsed")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._incomplete_bytes = 0
        super().on_body(body)

    def _set_head_deadline(self) -> None:
        # A response to an earlier request is completed before `shutdown` closes the connection.
        self._head_deadline = self.loop.call_later(HEAD_SECONDS, self.shutdown)

    def _unset_head_deadline(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None
