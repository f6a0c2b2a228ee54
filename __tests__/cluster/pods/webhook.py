"""
Stores posted bodies by path with the time of their arrival, and returns them as JSON.

The file `/tmp/status` contains the status of the answers, or 0: then the posts are not answered. Only bodies that were
answered with 200 are stored. Each argument is `<path>=<token>`: a post to this path without the token is answered with 401.
"""

import json
import sys
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STATUS = Path("/tmp/status")
tokens = dict(argument.split("=", 1) for argument in sys.argv[1:])
received: dict[str, list[object]] = defaultdict(list)


def status() -> int:
    return int(STATUS.read_text()) if STATUS.exists() else 200


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = tokens.get(self.path)
        if token is not None and self.headers["Authorization"] != f"Bearer {token}":
            return self.answer(401, {})
        given = status()
        if given == 0:
            while status() == 0:
                time.sleep(0.1)
            return  # closes the connection without an answer
        if given == 200:
            received[self.path].append({"at": time.time(), "body": body})
        self.answer(given, {})

    def do_GET(self) -> None:
        self.answer(200, received)

    def answer(self, status: int, body: object) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        pass


ThreadingHTTPServer(("", 8080), Handler).serve_forever()
