"""Rollouts lose nothing: a pod finishes accepted requests and tasks within its grace period."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor as Users
from pathlib import Path

import httpx
import pytest
from redis import Redis
from websockets.exceptions import ConnectionClosedError

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.processes import Api, Worker
from tests.test_orders import NAILS


@pytest.fixture
def pod(erp: Erp, tmp_path: Path) -> Iterator[Api]:
    """Starts another API."""
    pod = Api(tmp_path / "pod.log", erp.environment)
    pod.wait()
    yield pod
    pod.process.kill()
    assert pod.lines()


def test_a_pod_under_load_that_is_replaced_loses_no_request(erp: Erp, pod: Api, organization: str) -> None:
    serving = [pod.url]
    answers: list[tuple[str, int]] = []

    def user(_: int) -> None:
        """Sends requests to the pods that the Service selects, on connections that are kept open."""
        with erp.client(organization) as client:
            while serving:
                url = serving[0]
                answers.append((url, client.get(f"{url}/api/v1/orders").status_code))

    def wait_for_answers(url: str) -> None:
        """Waits until each pod has served enough requests to be under load, also on a busy machine."""
        wait_until(lambda: sum(answered == url for answered, _ in answers) >= 50, "answers under load")

    with Users(8) as users:
        asked = users.map(user, range(8))
        try:
            wait_for_answers(pod.url)
            # As Kubernetes does: preStop sleeps while the Service forgets the pod, then SIGTERM.
            serving[0] = erp.api.url
            time.sleep(1)
            pod.process.send_signal(signal.SIGTERM)
            pod.process.wait(25)
            wait_for_answers(erp.api.url)
        finally:
            serving.clear()
        list(asked)
    statuses = [status for _, status in answers]
    assert set(statuses) == {200}
    assert _answered(pod) > 20


def test_at_sigterm_requests_are_answered_and_websockets_told_to_come_again(
    erp: Erp, pod: Api, organization: str
) -> None:
    with erp.client(organization) as client, erp.updates(organization, pod) as updates, Users(5) as users:
        wait_until(lambda: erp.subscribers(organization) == 1, "the subscription")
        with erp.locked_table("orders"):
            asked = [users.submit(client.get, f"{pod.url}/api/v1/orders") for _ in range(5)]
            wait_until(lambda: _in_progress(pod) == 5, "requests that wait on the lock")
            pod.process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosedError, match="1012"):
                updates.recv(60)
            time.sleep(1)
            assert pod.process.poll() is None
        assert [answer.result().status_code for answer in asked] == [200] * 5
    pod.wait_for_end()


def test_a_worker_finishes_its_task_before_it_ends(erp: Erp, client: httpx.Client, tmp_path: Path) -> None:
    with erp.database() as database:
        erp.worker.stop()
        # Tasks that other tests left in the queue would run first, and wait for the same lock.
        Redis.from_url(erp.environment["REDIS_URL"]).delete("default", "reports")
        order = client.post("/api/v1/orders", json=NAILS).json()["id"]
        leaving = Worker(tmp_path / "worker.log", erp.environment)
        with erp.locked_table("invoices"):
            wait_until(lambda: _waits_for_lock(erp), "the task")
            leaving.process.send_signal(signal.SIGTERM)
            time.sleep(1)
            assert leaving.process.poll() is None
        assert leaving.process.wait(20) == 0
        found = database.execute("SELECT count(*) FROM invoices WHERE order_id = %s", [order]).fetchone()
        erp.worker.start()
    assert found == (1,)
    assert leaving.lines()


def _answered(pod: Api) -> int:
    return len([line for line in pod.lines() if line.get("status") == 200])


def _in_progress(pod: Api) -> float:
    return pod.metrics().value("starlette_requests_in_progress", method="GET", path_template="/api/v1/orders")


def _waits_for_lock(erp: Erp) -> bool:
    with erp.database() as database:
        return database.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone() is not None
