"""Replaces Grafana behind its dashboard sidecar: returns the files that the sidecar wrote, and counts its calls."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path("/tmp/dashboards")
calls = 0


def files():
    return {str(path.relative_to(FOLDER)): path.read_text() for path in sorted(FOLDER.rglob("*.json"))}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer({"files": files(), "calls": calls} if self.path == "/written" else {"database": "ok"})

    def do_POST(self):
        global calls
        calls += 1
        self.answer({"message": "Dashboards config reloaded"})

    def answer(self, body):
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("", 3000), Handler).serve_forever()
