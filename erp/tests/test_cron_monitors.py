"""Check-ins of cron monitors, as beat and the worker send them to Sentry."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.erp_in_operation import Erp

# Beat sends an entry when it is due. This sends each entry of the schedule at once, and ends its task as a worker does.
SEND_AND_END = """
import sentry_sdk
from celery import signals
from app.worker import celery_app
from celery.beat import Scheduler

scheduler = Scheduler(celery_app, lazy=True)
sent = {}
scheduler.apply_async = lambda entry, **_: sent.update({entry.name: entry.options.get("headers", {})})
scheduler.setup_schedule()
for entry in scheduler.schedule.values():
    scheduler.apply_entry(entry)
for name, headers in sent.items():
    ended = type("Ended", (), {"request": {"headers": dict(headers)}})
    signals.task_success.send(sender=ended, result=None)
sentry_sdk.flush()
"""


@pytest.mark.parametrize("monitored", [True, False])
def test_beat_and_workers_check_in_only_if_the_project_has_monitors(erp: Erp, monitored: bool) -> None:
    before = len(erp.sentry.items)
    variables = {"SENTRY_CRON_MONITORS": "true"} if monitored else {}
    variables |= {"HEARTBEAT_SECONDS": "60", "DUE_REPORTS_SECONDS": "60"}
    subprocess.run(
        [sys.executable, "-c", SEND_AND_END],
        check=True,
        env={**os.environ, **erp.environment, **variables},
        cwd=Path(__file__).parents[1],
    )
    check_ins = [item for kind, item in erp.sentry.items[before:] if kind == "check_in"]
    names = {"heartbeat", "missing-invoices", "old-idempotency-keys", "due-reports"}
    assert {item["monitor_slug"] for item in check_ins} == (names if monitored else set())
    for name in names if monitored else ():
        own = [item for item in check_ins if item["monitor_slug"] == name]
        assert [item["status"] for item in own] == ["in_progress", "ok"]
        assert len({item["check_in_id"] for item in own}) == 1
        assert {item["environment"] for item in own} == {"test"}
        # Only the schedule, which the stack sets too: everything else of the monitor stays as it is in Sentry.
        assert {key for item in own for key in item["monitor_config"]} == {"schedule", "timezone"}
