"""A server that publishes keys as an issuer does: it can be stopped, hang, and publish other keys."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from local.servers import free_port


class KeyServer:
    def __init__(self, key_set: str) -> None:
        self.port = free_port()
        self.uri = f"http://127.0.0.1:{self.port}/keys"
        self.key_set = key_set
        self.status = 200
        self.requests = 0
        self.proceed = Event()
        """While it is not set, requests get no answer."""
        self.proceed.set()
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.requests += 1
                issuer.proceed.wait(30)
                body = issuer.key_set.encode()
                self.send_response(issuer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.handle_error = lambda *_: None  # callers that do not wait for a late answer
        Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def stop(self) -> None:
        self.proceed.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
