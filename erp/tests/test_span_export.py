"""The queue of spans and their export, in this process."""

import os
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from app.core.config import Settings
from app.core.request_context import bind
from app.core.tracing.database_spans import _description
from app.core.tracing.export import MOST_WAITING_SPANS
from app.core.tracing.tracer import Tracer
from app.features.orders.model import Order
from tests.collector import Collector


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.stop()


@pytest.fixture
def tracer(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tracer]:
    """Exports full batches, and the rest when it is stopped."""
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")
    # A variable that would otherwise drop every span.
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    tracer = Tracer(
        Settings(
            database_url="postgresql://db/erp", redis_url="redis://cache", otel_exporter_otlp_endpoint=collector.url
        )
    )
    yield tracer
    tracer.stop(1)


def test_a_queue_that_is_full_counts_what_it_drops_and_blocks_nobody(collector: Collector, tracer: Tracer) -> None:
    before = _dropped("queue_full")
    with collector.hanging():
        start = time.monotonic()
        for _ in range(2 * MOST_WAITING_SPANS):
            _record(tracer)
        assert time.monotonic() - start < 5
        dropped = _dropped("queue_full") - before
        # The batch that hangs is no longer in the queue.
        assert MOST_WAITING_SPANS - 512 <= dropped <= MOST_WAITING_SPANS
    tracer.stop(10)
    assert len(collector.spans) == 2 * MOST_WAITING_SPANS - dropped


def test_the_end_waits_for_a_collector_that_hangs_only_as_long_as_allowed(collector: Collector, tracer: Tracer) -> None:
    _record(tracer)
    with collector.hanging():
        start = time.monotonic()
        tracer.stop(0.5)
        assert 0.4 < time.monotonic() - start < 3


def test_a_process_that_was_forked_exports_its_own_spans(collector: Collector, tracer: Tracer) -> None:
    """As the workers of Celery's pool `prefork`. The spans that wait in the parent are exported by the parent only."""
    parent = _record(tracer)
    pid = os.fork()
    if pid == 0:
        _record(tracer)
        tracer.stop(5)
        os._exit(0)
    os.waitpid(pid, 0)
    assert len(collector.of(parent)) == 0 and len(collector.spans) == 1
    tracer.stop(5)
    assert len(collector.of(parent)) == 1 and len(collector.spans) == 2


def test_texts_of_other_libraries_are_redacted_and_ids_are_kept(collector: Collector, tracer: Tracer) -> None:
    looks_like_a_card = "4111111111111111"
    bind({"request_id": looks_like_a_card})
    with tracer.request_span("GET /", {}) as span:
        span.set_attribute("url.full", "https://user:hunter2@host/?card=4111111111111111")
        span.record_exception(ValueError("jane.doe@example.com"))
    bind({})
    tracer.stop(5)
    (exported,) = collector.spans
    assert exported.attributes == {
        "request.id": looks_like_a_card, "url.full": "https://[redacted]@host/?card=[redacted]"
    }  # fmt: skip
    assert b"jane.doe" not in collector.bodies[0]


def test_a_statement_with_values_is_named_after_its_operation_and_table_only() -> None:
    name, attributes = _description("INSERT INTO orders (reference) VALUES ('jane FROM invoices')")
    assert name == f"INSERT {Order.__tablename__}"
    assert "jane" not in str(attributes)
    assert _description("SELECT * FROM jane")[0] == "SELECT"
    assert _description("VACUUM jane")[0] == "postgresql"


def _record(tracer: Tracer) -> str:
    """The request id of a new span."""
    request_id = uuid4().hex
    bind({"request_id": request_id})
    with tracer.request_span("GET /", {}):
        pass
    bind({})
    return request_id


def _dropped(reason: str) -> float:
    return REGISTRY.get_sample_value("erp_spans_dropped_total", {"reason": reason}) or 0
