"""What fails after the caller has a status: `erp_failures_after_response_total`, and an error in the log."""

from uuid import uuid4

import httpx
import pytest

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.exposition import Samples
from tests.http_client import http
from tests.processes import Api


def test_both_kinds_are_counted_from_zero(erp: Erp) -> None:
    kinds = [series["kind"] for series in erp.api_metrics().labels_of("erp_failures_after_response_total")]
    assert sorted(kinds) == ["background_task", "stream"]


@pytest.mark.parametrize(("path", "kind"), [("/background", "background_task"), ("/stream", "stream")])
def test_a_late_failure_is_counted_by_its_kind_logged_once_as_an_error_and_one_event_in_sentry(
    erp: Erp, api_with_test_routes: Api, path: str, kind: str
) -> None:
    pod = api_with_test_routes
    before, request_id = pod.metrics(), uuid4().hex
    with http.stream("GET", pod.url + path, headers={"X-Request-ID": request_id}) as response:
        assert response.status_code == 200
        if kind == "stream":
            with pytest.raises(httpx.RemoteProtocolError):
                response.read()
    erp.sentry.wait_for("event", request_id)
    assert _counted(before, pod) == {kind: 1}
    wait_until(lambda: pod.lines_of(request_id) != [], "its line")
    erp.sentry.no_more_than_one(request_id)
    (line,) = pod.lines_of(request_id)
    assert (line["level"], line["status"]) == ("ERROR", 200)
    assert line["exc_info"].endswith("ValueError: nobody handles this")


@pytest.mark.parametrize("path", ["/at-once", "/warehouse/parts/0"])
def test_a_failure_that_becomes_a_500_is_not_counted_as_late(api_with_test_routes: Api, path: str) -> None:
    before = api_with_test_routes.metrics()
    assert http.get(api_with_test_routes.url + path).status_code == 500
    assert _counted(before, api_with_test_routes) == {}


def _counted(before: Samples, pod: Api) -> dict[str, float]:
    after = pod.metrics()
    rises = {kind: _failures(after, kind) - _failures(before, kind) for kind in ("background_task", "stream")}
    return {kind: rise for kind, rise in rises.items() if rise}


def _failures(metrics: Samples, kind: str) -> float:
    return metrics.value("erp_failures_after_response_total", kind=kind)
