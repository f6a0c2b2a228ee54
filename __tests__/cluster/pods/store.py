"""
Admits remote write on port 8080 with the token and the tenant that are the two arguments, and passes it to the Prometheus
of its own pod. Other requests are answered with 401.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TOKEN, TENANT = sys.argv[1:]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != f"Bearer {TOKEN}" or self.headers["X-Scope-OrgID"] != TENANT:
            return self.answer(401)
        names = ["Content-Type", "Content-Encoding", "X-Prometheus-Remote-Write-Version"]
        headers = {name: self.headers[name] for name in names if self.headers[name]}
        try:
            with urlopen(Request(f"http://127.0.0.1:9090{self.path}", body, headers), timeout=10) as passed:
                self.answer(passed.status)
        except HTTPError as error:
            self.answer(error.code)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


ThreadingHTTPServer(("", 8080), Handler).serve_forever()
