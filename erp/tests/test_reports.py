"""The time of the nightly report's last success, as workers expose it: `erp_report_last_success_timestamp_seconds`."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from local.servers import PostgreSql, Redis, wait_until
from tests.erp_in_operation import Erp
from tests.exposition import parse
from tests.http_client import http
from tests.processes import Program, Worker

REPORT = "erp.reports.nightly_report"


@pytest.mark.parametrize("days", [(), (str(datetime.now(UTC).date() - timedelta(days=1)),)])
def test_the_report_on_yesterday_is_a_success_that_every_worker_shows(
    erp: Erp, tmp_path: Path, days: tuple[str, ...]
) -> None:
    before = time.time()
    erp.send_task(REPORT, *days)
    wait_until(lambda: _shown(erp.worker) >= before, "the success")
    other = Worker(tmp_path / "worker.log", erp.environment)
    other.wait()
    wait_until(lambda: _shown(other) == _shown(erp.worker), "the same time in a worker that has just started")
    other.stop()


def test_a_report_on_another_day_is_none_and_neither_is_one_that_fails(erp: Erp) -> None:
    before = _succeeded_at(erp)
    ended = [erp.send_task(REPORT, "2026-01-01")]
    wait_until(lambda: _ended(erp, ended[0]), "the report on another day")
    with erp.without_table("orders"):
        ended.append(erp.send_task(REPORT))
        wait_until(lambda: _ended(erp, ended[1]), "the report that fails")
    assert _succeeded_at(erp) == before


def test_a_report_that_never_succeeded_is_expected_from_the_migration_on(
    servers: tuple[PostgreSql, Redis], erp: Erp, tmp_path: Path
) -> None:
    environment = erp.environment | {
        "DATABASE_URL": servers[0].create_database(f"new_{uuid4().hex}"),
        # No task of other tests.
        "CELERY_BROKER_URL": f"{erp.redis.url}/7",
    }
    before = time.time()
    migrate = ["alembic", "upgrade", "head"]
    assert Program(tmp_path / "log", migrate, {"SERVICE_NAME": "erp-migrate", **environment}).process.wait(30) == 0
    after = time.time()
    worker = Worker(tmp_path / "worker.log", environment)
    wait_until(lambda: before <= _shown(worker) <= after, "the time of the migration")
    worker.stop()


def _shown(worker: Worker) -> float:
    try:
        metrics = parse(http.get(f"{worker.url}/metrics").text)
    except httpx.TransportError:
        return 0
    return metrics.value("erp_report_last_success_timestamp_seconds", report="nightly")


def _succeeded_at(erp: Erp) -> datetime:
    with erp.database() as database:
        return database.execute("SELECT succeeded_at FROM report_successes WHERE report = 'nightly'").fetchone()[0]


def _ended(erp: Erp, task: str) -> bool:
    """Celery writes a line when a task has succeeded, and one when it has failed."""
    return any(task in line["message"] and line["logger"] == "celery.app.trace" for line in erp.worker.lines())
