"""Records the spans of requests, of tasks, and of what both call. `spans.py` imports this module if tracing is on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import Token
from threading import Thread, get_ident
from typing import Any

from opentelemetry import context, trace
from opentelemetry.trace import Link, Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from app.core.config import Settings
from app.core.redaction import redact
from app.core.request_context import Field
from app.core.request_context import current as request_context
from app.core.tracing.export import tracer_provider
from app.core.tracing.spans import Attributes

_propagator = TraceContextTextMapPropagator()
_nothing = context.Context()


class Tracer:
    """
    Each request begins a trace. Its task continues the trace, but a later attempt begins one of its own, with a link to
    the attempt before: a trace that lasts for hours is neither readable nor sampled as a whole.
    """

    def __init__(self, settings: Settings) -> None:
        self._provider = tracer_provider(settings)
        self._tracer = self._provider.get_tracer("erp", settings.app_version)
        # By thread too: a retry has the id of the attempt before it, and may begin in another thread before that ends.
        self._tasks: dict[tuple[int, str], tuple[Span, Token[context.Context]]] = {}

    def stop(self, seconds: float) -> None:
        # The SDK waits up to half a minute for a collector that hangs.
        stopping = Thread(target=self._provider.shutdown, name="end of tracing", daemon=True)
        stopping.start()
        stopping.join(seconds)

    @contextmanager
    def request_span(self, name: str, attributes: Attributes) -> Iterator[Span]:
        span = self._tracer.start_span(name, _nothing, SpanKind.SERVER, {**attributes, **_identity()})
        with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            yield span

    @contextmanager
    def client_span(self, name: str, attributes: Attributes) -> Iterator[Span]:
        span = self.start_client_span(name, attributes)
        if span is None:
            yield trace.INVALID_SPAN
            return
        failure = None
        try:
            yield span
        except BaseException as error:
            failure = error
            raise
        finally:
            end(span, failure)

    def start_client_span(self, name: str, attributes: Attributes) -> Span | None:
        """None if this code runs in no trace. The span never becomes the parent of another one."""
        if not trace.get_current_span().is_recording():
            return None
        return self._tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes)

    @contextmanager
    def sending(self, task: str, headers: Mapping[str, str], again: bool) -> Iterator[None]:
        """A span for sending a task to the broker, in the trace that these headers name."""
        span = self._begin(f"send {task}", SpanKind.PRODUCER, headers, again, _of_messaging("send"))
        failure = None
        try:
            with trace.use_span(span, record_exception=False, set_status_on_exception=False):
                yield
        except Exception as error:
            failure = error
            raise
        finally:
            end(span, failure)

    def begin_task(self, task_id: str, task: str, headers: Mapping[str, str], retries: int) -> dict[Field, str]:
        """Begins the span of a task in this thread. Returns the ids of the span for log lines."""
        attributes = _of_messaging("process") | {"messaging.message.id": task_id, "celery.retries": retries}
        span = self._begin(f"process {task}", SpanKind.CONSUMER, headers, retries > 0, attributes)
        self._tasks[get_ident(), task_id] = span, context.attach(trace.set_span_in_context(span))
        return ids(span)

    def end_task(self, task_id: str, failure: BaseException | None) -> None:
        if running := self._tasks.pop((get_ident(), task_id), None):
            span, token = running
            context.detach(token)
            end(span, failure)

    def headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        _propagator.inject(headers)
        return headers

    def _begin(
        self, name: str, kind: SpanKind, headers: Mapping[str, str], again: bool, attributes: Attributes
    ) -> Span:
        before = _propagator.extract(headers, _nothing)
        links = []
        if again:
            attempt = trace.get_current_span(before).get_span_context()
            links = [Link(attempt)] if attempt.is_valid else []
            before = _nothing
        return self._tracer.start_span(name, before, kind, {**attributes, **_identity()}, links)


def end(span: Span, failure: BaseException | None) -> None:
    if failure is not None:
        fail(span, failure)
    span.end()


def fail(span: Span, failure: BaseException) -> None:
    """The traceback is in the log, and for errors of the ERP in Sentry, each with the id of the trace."""
    # SQLAlchemy adds the statement to the message of the driver.
    kind, message = type(failure).__qualname__, redact(str(getattr(failure, "orig", failure)))
    span.set_attribute("error.type", kind)
    span.add_event("exception", {"exception.type": kind, "exception.message": message})
    span.set_status(StatusCode.ERROR, f"{kind}: {message}")


def ids(span: Span) -> dict[Field, str]:
    own = span.get_span_context()
    return {"trace_id": trace.format_trace_id(own.trace_id), "span_id": trace.format_span_id(own.span_id)}


def _identity() -> dict[str, str]:
    """The user is no part of it: an id of a person leaves the ERP only in log lines and in Sentry."""
    known = request_context()
    fields: dict[str, Field] = {"request.id": "request_id", "organization.id": "organization_id"}
    return {attribute: known[field] for attribute, field in fields.items() if field in known}


def _of_messaging(operation: str) -> dict[str, Any]:
    """https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/"""
    return {"messaging.system": "celery", "messaging.operation.type": operation}
