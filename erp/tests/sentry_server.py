"""A local HTTP server that accepts envelopes as Sentry does: https://develop.sentry.dev/sdk/data-model/envelopes/"""

import gzip
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from local.servers import wait_until


class SentryServer:
    def __init__(self) -> None:
        self.items: list[tuple[str, dict]] = []
        """Type and payload of each item of the received envelopes."""
        items = self.items

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                body = gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body
                items.extend(_items(body))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.dsn = f"http://public@127.0.0.1:{self._server.server_port}/1"

    def of(self, kind: str, request_id: str) -> list[dict]:
        """Payloads of one type for a request."""
        return [item for found, item in self.items if found == kind and item["tags"].get("request_id") == request_id]

    def wait_for(self, kind: str, request_id: str) -> dict:
        wait_until(lambda: bool(self.of(kind, request_id)), f"{kind} of request {request_id} in Sentry")
        return self.of(kind, request_id)[0]

    def no_more_than_one(self, request_id: str) -> None:
        """Fails if a second event follows the first."""
        time.sleep(0.5)
        assert len(self.of("event", request_id)) == 1

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _items(body: bytes) -> list[tuple[str, dict]]:
    """An envelope is a header line, then a header and a payload for each item."""
    items, rest = [], body.split(b"\n", 1)[1]
    while rest:
        header_line, rest = rest.split(b"\n", 1)
        header = json.loads(header_line)
        payload, rest = rest[: header["length"]], rest[header["length"] :].removeprefix(b"\n")
        if header["type"] in ("event", "transaction", "check_in"):
            items.append((header["type"], {"tags": {}, **json.loads(payload)}))
    return items
