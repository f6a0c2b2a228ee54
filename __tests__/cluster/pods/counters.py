"""
Serves counters on port 8000 as metrics of Prometheus, and prints a line for each scrape.

Each argument is `<series>=<rate>`, such as `payments_total{result="refused"}=5`. The file `/tmp/rates` may contain such
arguments, one a line, which replace the rates from then on.
"""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RATES = Path("/tmp/rates")
values: dict[str, float] = {}
counted_at = time.monotonic()


def rates() -> dict[str, float]:
    written = RATES.read_text().splitlines() if RATES.exists() else []
    pairs = [argument.rsplit("=", 1) for argument in [*sys.argv[1:], *written]]
    return {series: float(rate) for series, rate in pairs}


def count() -> None:
    global counted_at
    now = time.monotonic()
    for series, rate in rates().items():
        values[series] = values.get(series, 0) + rate * (now - counted_at)
    counted_at = now


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        count()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        names = dict.fromkeys(series.split("{")[0] for series in values)
        lines = [f"# TYPE {name} counter" for name in names] + [f"{series} {value}" for series, value in values.items()]
        self.wfile.write(("\n".join(lines) + "\n").encode())
        print("scraped", flush=True)

    def log_message(self, *_: object) -> None:
        pass


ThreadingHTTPServer(("", 8000), Handler).serve_forever()
