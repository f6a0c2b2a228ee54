"""Stores posted bodies by path, and returns them as JSON."""

import json
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

received: dict[str, list[object]] = defaultdict(list)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        received[self.path].append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer({})

    def do_GET(self) -> None:
        self.answer(received)

    def answer(self, body: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        pass


ThreadingHTTPServer(("", 8080), Handler).serve_forever()
