"""A network on which a closed connection is noticed late."""

import socket
from threading import Event, Thread
from typing import Literal

from local.servers import free_port


class SlowLink:
    """
    Passes bytes between a proxy and a server at once, and the end of the server's connection only when the proxy next
    sends something. On every network, the end of a connection and a request can pass each other; here they always do.
    """

    def __init__(self, server_port: int) -> None:
        self.port = free_port()
        self.closed_first: Literal["proxy", "server"] | None = None
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", self.port))
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                proxy, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._server_port))
            ended = Event()
            Thread(target=self._answers, args=[server, proxy, ended], daemon=True).start()
            Thread(target=self._requests, args=[proxy, server, ended], daemon=True).start()

    def _answers(self, server: socket.socket, proxy: socket.socket, ended: Event) -> None:
        while data := _received(server):
            proxy.sendall(data)
        self.closed_first = self.closed_first or "server"
        ended.set()

    def _requests(self, proxy: socket.socket, server: socket.socket, ended: Event) -> None:
        while (data := _received(proxy)) and not ended.is_set():
            server.sendall(data)
        self.closed_first = self.closed_first or "proxy"
        # Ends the wait of the other thread too.
        if not ended.is_set():
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        proxy.close()


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except OSError:
        return b""
