"""
Sends spans to a collector, from a thread of its own. A collector that is away or hangs costs spans and never a request:
the queue is limited, and what does not fit is counted and dropped.
"""

import logging
import os
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Literal, get_args

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import Status
from opentelemetry.util.types import AttributeValue
from prometheus_client import Counter

from app.core.config import Settings
from app.core.redaction import redact

logger = logging.getLogger("erp.tracing")

Loss = Literal["queue_full", "export_failed"]

MOST_WAITING_SPANS = 2048
# The exporter tries a batch again for this long, with pauses of 1, 2, 4 and 8 seconds: a collector may restart.
EXPORT_SECONDS = 20

# Texts of our own, and ids, whose form is checked: as in log lines, they may look like a card number by chance.
_OWN_TEXTS = {
    "request.id", "organization.id", "messaging.message.id", "http.route", "http.request.method", "error.type",
    "db.system.name", "db.operation.name", "db.collection.name", "messaging.system", "messaging.operation.type",
}  # fmt: skip

_dropped = Counter("erp_spans_dropped_total", "Spans that did not reach the collector.", ["reason"])


def tracer_provider(settings: Settings) -> TracerProvider:
    """A provider of the ERP only. FastAPI and redis-py would record spans of their own with a global one."""
    # The collector decides what is kept. A variable of the environment must not drop spans before.
    provider = TracerProvider(sampler=ALWAYS_ON, resource=_resource(settings), shutdown_on_exit=False)
    provider.add_span_processor(_Queue(_Exporter(_traces_url(settings))))
    return provider


class _Queue(BatchSpanProcessor):
    """
    Refuses a span while as many wait as allowed. The SDK would drop another one, and count it in metrics of its own
    only. Waits for no lock that is held longer than an addition takes.
    """

    def __init__(self, exporter: "_Exporter") -> None:
        super().__init__(exporter, max_queue_size=MOST_WAITING_SPANS)
        self._waiting = exporter.waiting

    def on_end(self, span: ReadableSpan) -> None:
        if self._waiting.add_one():
            super().on_end(span)
        else:
            _dropped.labels("queue_full").inc()


class _Waiting:
    """Number of spans in the queue. A process that was forked has none: the SDK clears its queue there."""

    def __init__(self) -> None:
        self._reset()
        os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._lock = Lock()
        self._number = 0

    def add_one(self) -> bool:
        with self._lock:
            fits = self._number < MOST_WAITING_SPANS
            self._number += fits
            return fits

    def remove(self, number: int) -> None:
        with self._lock:
            self._number -= number


class _Exporter(SpanExporter):
    """Removes secrets and personal data, sends, and counts what is lost. Logs once that it fails, and once the end."""

    def __init__(self, url: str) -> None:
        self.waiting = _Waiting()
        self._url = url
        self._failing = False
        self._reason = _Reason()
        # Created for each process: a connection cannot be shared with a process that was forked.
        self._connect()
        os.register_at_fork(after_in_child=self._connect)
        for reason in get_args(Loss):
            # `increase()` ignores the first sample of a series.
            _dropped.labels(reason)

    def _connect(self) -> None:
        self._sender = OTLPSpanExporter(self._url, timeout=EXPORT_SECONDS)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.waiting.remove(len(spans))
        result = self._sender.export([_redacted(span) for span in spans])
        failed = result is not SpanExportResult.SUCCESS
        if failed:
            _dropped.labels("export_failed").inc(len(spans))
        if failed and not self._failing:
            logger.warning("spans cannot be exported, and are dropped: %s", self._reason.last)
        elif self._failing and not failed:
            logger.info("spans are exported again")
        self._failing = failed
        return result

    def shutdown(self) -> None:
        self._sender.shutdown()  # type: ignore[no-untyped-call]


class _Reason(logging.Handler):
    """Keeps the reason why the last export failed. The SDK logs it as an error, for each batch and each attempt."""

    last = ""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        exporter = logging.getLogger(OTLPSpanExporter.__module__)
        exporter.setLevel(logging.WARNING)
        exporter.propagate = False
        exporter.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


def _redacted(span: ReadableSpan) -> ReadableSpan:
    """The ERP records only texts of its own, but a library that somebody adds may record others."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_redacted_attributes(span.attributes),
        events=[Event(event.name, _redacted_attributes(event.attributes), event.timestamp) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code, redact(span.status.description)),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _redacted_attributes(attributes: Mapping[str, AttributeValue] | None) -> dict[str, AttributeValue]:
    redacted: dict[str, AttributeValue] = redact(dict(attributes or {}), kept=_OWN_TEXTS)
    return redacted


def _traces_url(settings: Settings) -> str:
    assert settings.otel_exporter_otlp_endpoint, "tracing is on"
    return settings.otel_exporter_otlp_endpoint.get_secret_value().rstrip("/") + "/v1/traces"


def _resource(settings: Settings) -> Resource:
    """Identity as in log lines. `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` take precedence."""
    own = {
        "service.name": settings.service_name,
        "service.version": settings.app_version,
        "deployment.environment.name": settings.environment,
    }
    return Resource.create(own).merge(OTELResourceDetector().detect())
