"""Metrics and liveness for a process that serves no other HTTP."""

import logging
import sys
from collections.abc import Iterable
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer

logger = logging.getLogger("erp.metrics")

_metrics: WSGIApplication = make_wsgi_app()


def serve_metrics(port: int) -> None:
    """
    `/metrics` and `/healthz/live`, from a thread of this process. Liveness asks no other server. A process that nobody
    can observe does not run: it ends if the port cannot be used.
    """
    try:
        server = make_server("0.0.0.0", port, _serve, ThreadingWSGIServer, handler_class=_Silent)
    except OSError as error:
        logger.critical("METRICS_PORT: port %d cannot be used (%s); choose a free port", port, error.strerror)
        sys.exit(1)
    Thread(target=server.serve_forever, name="metrics", daemon=True).start()


def _serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path == "/metrics":
        try:
            return _metrics(environ, start_response)
        except (TypeError, ValueError):  # as in `metrics_view.py`
            return _metrics({**environ, "HTTP_ACCEPT": ""}, start_response)
    status, body = ("200 OK", b'{"status":"ok"}') if path == "/healthz/live" else ("404 Not Found", b"{}")
    start_response(status, [("Content-Type", "application/json")])
    return [body]


class _Silent(WSGIRequestHandler):
    """Does not log probes and scrapes."""

    def log_message(self, *_: object) -> None:
        pass
