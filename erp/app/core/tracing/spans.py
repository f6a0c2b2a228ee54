"""
Spans of OpenTelemetry, for code that works with and without tracing. While tracing is off, nothing is recorded, and
neither the SDK nor the exporter is imported.

A span that calls another server is recorded only in a trace: of a request, or of a task. The queries that a process
makes by itself, such as those of the relay every half second, would be thousands of traces that nobody reads.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol

from app.core.config import Settings

if TYPE_CHECKING:
    from app.core.tracing.tracer import Tracer

Attributes = Mapping[str, str | int]

# Longer than the exporter needs for a batch, and shorter than a pod may take to end.
SHUTDOWN_SECONDS = 2


class Span(Protocol):
    def set_attribute(self, key: str, value: str | int) -> None: ...


class _NoSpan:
    def set_attribute(self, key: str, value: str | int) -> None:
        pass


_no_span: AbstractContextManager[Span] = nullcontext(_NoSpan())
_tracer: "Tracer | None" = None


def configure_tracing(settings: Settings) -> None:
    """Starts to export spans, if the settings name a collector."""
    global _tracer
    if settings.otel_exporter_otlp_endpoint is not None:
        from app.core.tracing.database_spans import record_statements
        from app.core.tracing.tracer import Tracer

        _tracer = Tracer(settings)
        record_statements(_tracer)


def stop_tracing() -> None:
    """Exports the spans that wait, for `SHUTDOWN_SECONDS` at most."""
    if _tracer is not None:
        _tracer.stop(SHUTDOWN_SECONDS)


def tracer() -> "Tracer | None":
    """None while tracing is off."""
    return _tracer


def client_span(name: str, attributes: Attributes) -> AbstractContextManager[Span]:
    """A span for a call of another server. Its attributes must not contain what a user has written."""
    return _no_span if _tracer is None else _tracer.client_span(name, attributes)


def sending(task: str, headers: Mapping[str, str], again: bool) -> AbstractContextManager[object]:
    """A span for sending a task to the broker, in the trace that these headers name."""
    return _no_span if _tracer is None else _tracer.sending(task, headers, again)


def trace_headers() -> dict[str, str]:
    """Headers with which a task continues the trace that this code belongs to."""
    return {} if _tracer is None else _tracer.headers()
