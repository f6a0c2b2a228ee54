"""The time of the nightly report's last success, as workers expose it: `erp_report_last_success_timestamp_seconds`."""

import time
from concurrent.futures import ThreadPoolExecutor as Users
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from local.servers import PostgreSql, Redis, wait_until
from tests.erp_in_operation import Erp
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
    assert Program(tmp_path / "log", migrate, {"SERVICE_NAME": "erp-migrate", **environment}).wait_for_end() == 0
    after = time.time()
    worker = Worker(tmp_path / "worker.log", environment)
    worker.wait()
    wait_until(lambda: before <= _shown(worker) <= after, "the time of the migration")
    worker.stop()


def test_nights_that_beat_has_missed_are_made_up_for(erp: Erp) -> None:
    now = datetime.now(UTC)
    # From 02:00 on, the report of yesterday is due as well.
    newest = now.date() - timedelta(days=1 if now.hour >= 2 else 2)
    missed = {newest - timedelta(days=age) for age in range(3)}
    with erp.database() as database:
        erp.beat.stop()
        last = datetime.combine(min(missed), datetime.min.time(), UTC)
        database.execute("UPDATE report_successes SET succeeded_at = %s WHERE report = 'nightly'", [last])
        database.execute("DELETE FROM daily_reports WHERE day >= %s - 1", [min(missed)])
        erp.beat.start()
        wait_until(lambda: _days(erp) >= missed, "the reports")
        assert min(missed) - timedelta(days=1) not in _days(erp)


def test_a_report_that_waits_is_queued_once_and_not_more_than_100_wait(erp: Erp, client: httpx.Client) -> None:
    with erp.locked_table("daily_reports"), Users(8) as users:
        asked = list(users.map(lambda _: client.post("/api/v1/reports/2001-01-01"), range(20)))
        assert {answer.status_code for answer in asked} == {202}
        assert len({answer.json()["task_id"] for answer in asked}) == 1
        days = [str(date(2002, 1, 1) + timedelta(number)) for number in range(110)]
        answers = list(users.map(lambda day: client.post(f"/api/v1/reports/{day}"), days))
        refused = [answer for answer in answers if answer.status_code != 202]
        assert {answer.status_code for answer in refused} == {429}
        assert {answer.headers["Retry-After"] for answer in refused} == {"60"}
        assert _waiting(erp) == 100
    wait_until(lambda: _waiting(erp) == 0, "the reports")
    assert client.get("/api/v1/reports/2001-01-01").status_code == 200
    again = client.post("/api/v1/reports/2001-01-01")
    assert again.status_code == 202 and again.json() != asked[0].json()


def test_a_report_that_fails_can_be_requested_again(erp: Erp, client: httpx.Client) -> None:
    with erp.without_table("orders"):
        failing = client.post("/api/v1/reports/2003-01-01").json()["task_id"]
        wait_until(lambda: _ended(erp, failing) and _waiting(erp) == 0, "the failure")
    assert client.post("/api/v1/reports/2003-01-01").json()["task_id"] != failing
    wait_until(lambda: client.get("/api/v1/reports/2003-01-01").status_code == 200, "the report")


def _days(erp: Erp) -> set[date]:
    with erp.database() as database:
        return {day for (day,) in database.execute("SELECT day FROM daily_reports").fetchall()}


def _waiting(erp: Erp) -> int:
    with erp.database() as database:
        count = "SELECT count(*) FROM outbox_messages WHERE task = %s"
        return database.execute(count, [REPORT]).fetchone()[0]


def _shown(worker: Worker) -> float:
    try:
        metrics = worker.metrics()
    except httpx.TransportError:
        return 0
    return metrics.value("erp_report_last_success_timestamp_seconds", report="nightly")


def _succeeded_at(erp: Erp) -> datetime:
    with erp.database() as database:
        return database.execute("SELECT succeeded_at FROM report_successes WHERE report = 'nightly'").fetchone()[0]


def _ended(erp: Erp, task: str) -> bool:
    """Celery writes a line when a task has succeeded, and one when it has failed."""
    return any(task in line["message"] and line["logger"] == "celery.app.trace" for line in erp.worker.lines())
