"""What fails after the caller has a status: `erp_failures_after_response_total`, and an error in the log."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.exposition import Samples, parse
from tests.http_client import http
from tests.processes import Api


@pytest.fixture(scope="module")
def pod(erp: Erp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Starts another API, with routes that fail late."""
    pod = Api(
        tmp_path_factory.mktemp("failing") / "log", erp.environment | {"SENTRY_DSN": ""}, "tests.app_that_fails_late"
    )
    pod.wait()
    yield pod
    pod.stop()


def test_both_kinds_are_counted_from_zero(erp: Erp) -> None:
    kinds = [series["kind"] for series in erp.api_metrics().labels_of("erp_failures_after_response_total")]
    assert sorted(kinds) == ["background_task", "stream"]


@pytest.mark.parametrize(("path", "kind"), [("/background", "background_task"), ("/stream", "stream")])
def test_a_late_failure_is_counted_by_its_kind_and_logged_as_an_error(pod: Api, path: str, kind: str) -> None:
    before, request_id = _metrics(pod), uuid4().hex
    assert http.get(pod.url + path, headers={"X-Request-ID": request_id}).status_code == 200
    wait_until(lambda: _counted(before, pod) == {kind: 1}, "the failure")
    wait_until(lambda: _lines(pod, request_id) != [], "its line")
    (line,) = _lines(pod, request_id)
    assert (line["level"], line["status"]) == ("ERROR", 200)
    assert line["exc_info"].endswith("ValueError: nobody handles this")


def test_a_failure_that_becomes_a_500_is_not_counted(pod: Api) -> None:
    before = _metrics(pod)
    assert http.get(f"{pod.url}/at-once").status_code == 500
    assert _counted(before, pod) == {}


def _counted(before: Samples, pod: Api) -> dict[str, float]:
    after = _metrics(pod)
    rises = {kind: _failures(after, kind) - _failures(before, kind) for kind in ("background_task", "stream")}
    return {kind: rise for kind, rise in rises.items() if rise}


def _failures(metrics: Samples, kind: str) -> float:
    return metrics.value("erp_failures_after_response_total", kind=kind)


def _metrics(pod: Api) -> Samples:
    return parse(http.get(f"{pod.url}/metrics").text)


def _lines(pod: Api, request_id: str) -> list[dict]:
    return [line for line in pod.lines() if line.get("request_id") == request_id]
