"""Another ERP, with its own database and queues, that sends its spans to a collector of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.collector import Collector
from tests.erp_in_operation import Erp
from tests.processes import Api, Program, Worker


@dataclass
class TracedErp(Erp):
    collector: Collector

    def dropped(self, reason: str) -> float:
        return self.api_metrics().value("erp_spans_dropped_total", reason=reason)


@contextmanager
def traced_erp(erp: Erp, logs: Path) -> Iterator[TracedErp]:
    """At the end, each line of its logs is checked against the schema."""
    collector = Collector()
    environment = erp.environment | {
        "DATABASE_URL": erp.postgresql.create_database("traced"),
        # Tasks of the tests must not run in the worker of the other ERP.
        "CELERY_BROKER_URL": f"{erp.redis.url}/5",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "OTEL_RESOURCE_ATTRIBUTES": "k8s.pod.name=pod-1,service.namespace=erp",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "DATABASE_STATEMENT_TIMEOUT_SECONDS": "1",
        "SENTRY_PROFILES_SAMPLE_RATE": "0",
    }
    migration = Program(logs / "migrate.log", ["alembic", "upgrade", "head"], environment)
    assert migration.wait_for_end() == 0, migration.log.read_text()
    api = Api(logs / "api.log", environment)
    worker = Worker(logs / "worker.log", environment)
    try:
        api.wait(), worker.wait()
        own = replace(erp, environment=environment, api=api, worker=worker)
        yield TracedErp(**vars(own), collector=collector)
    finally:
        api.stop(), worker.stop()
        collector.stop()
    assert api.lines() and worker.lines()
