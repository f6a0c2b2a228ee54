"""A local HTTP server that accepts spans as a collector does: https://opentelemetry.io/docs/specs/otlp/#otlphttp"""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from local.servers import free_port, wait_until

# https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/opentelemetry/proto/trace/v1/trace.proto
KINDS = {1: "internal", 2: "server", 3: "client", 4: "producer", 5: "consumer"}
ERROR = 2


@dataclass(frozen=True)
class ReceivedSpan:
    name: str
    kind: str
    trace_id: str
    span_id: str
    parent_id: str
    """Empty at the start of a trace."""
    links: list[tuple[str, str]]
    """Trace and span that each link names."""
    attributes: dict[str, Any]
    events: list[tuple[str, dict[str, Any]]]
    failed: bool
    status: str
    resource: dict[str, Any]
    seconds: float


class Collector:
    def __init__(self) -> None:
        self.spans: list[ReceivedSpan] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200
        self.resume = Event()
        self.resume.set()
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                body = gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body
                collector.resume.wait()
                if collector.status == 200 and self.path == "/v1/traces":
                    collector.headers.append(dict(self.headers.items()))
                    collector.bodies.append(body)
                    collector.spans.extend(_spans(body))
                try:
                    self.send_response(collector.status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    """The ERP no longer waits for this answer."""

            def log_message(self, *_) -> None:
                pass

        class Server(ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, *_) -> None:
                """A client that was killed."""

        self._server = Server(("127.0.0.1", self._port), Handler)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.resume.set()
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def away(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Accepts connections and reads requests, but answers none."""
        self.resume.clear()
        try:
            yield
        finally:
            self.resume.set()

    @contextmanager
    def refusing(self, status: int) -> Iterator[None]:
        self.status = status
        try:
            yield
        finally:
            self.status = 200

    def of(self, request_id: str) -> list[ReceivedSpan]:
        """All spans of the traces of a request and of its tasks, the oldest first."""
        traces = {span.trace_id for span in self.spans if span.attributes.get("request.id") == request_id}
        return [span for span in self.spans if span.trace_id in traces]

    def wait_for(self, request_id: str, *names: str) -> list[ReceivedSpan]:
        """Waits until the traces of a request contain spans with these names."""

        def complete() -> bool:
            return {span.name for span in self.of(request_id)} >= set(names)

        wait_until(
            complete, f"spans {names} of request {request_id}, got {[span.name for span in self.of(request_id)]}"
        )
        # The others of the same batches.
        time.sleep(0.5)
        return self.of(request_id)


def _spans(body: bytes) -> Iterator[ReceivedSpan]:
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield ReceivedSpan(
                    name=span.name,
                    kind=KINDS[span.kind],
                    trace_id=span.trace_id.hex(),
                    span_id=span.span_id.hex(),
                    parent_id=span.parent_span_id.hex(),
                    links=[(link.trace_id.hex(), link.span_id.hex()) for link in span.links],
                    attributes=_attributes(span.attributes),
                    events=[(event.name, _attributes(event.attributes)) for event in span.events],
                    failed=span.status.code == ERROR,
                    status=span.status.message,
                    resource=_attributes(resource.resource.attributes),
                    seconds=(span.end_time_unix_nano - span.start_time_unix_nano) / 1e9,
                )


def _attributes(attributes: list[KeyValue]) -> dict[str, Any]:
    return {attribute.key: _value(attribute.value) for attribute in attributes}


def _value(value: AnyValue) -> Any:
    return getattr(value, value.WhichOneof("value"))
