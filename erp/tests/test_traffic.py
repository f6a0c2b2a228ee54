import signal
import time
from pathlib import Path

from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.processes import Program


def test_traffic_touches_every_feature_and_ends_when_asked_to(erp: Erp, tmp_path: Path) -> None:
    before = erp.api_metrics()
    traffic = Program(tmp_path / "traffic.log", ["app.traffic", "--url", erp.api.url, "--rate", "50"], {})
    wait_until(lambda: erp.api_metrics().value("erp_active_websocket_connections") == 1, "its WebSocket")
    templates = {"/api/v1/orders", "/api/v1/stock/{sku}", "/api/v1/orders/search", "/api/v1/orders/{order_id}"}
    wait_until(lambda: templates <= _grown(before, erp.api_metrics()), "its requests")
    traffic.process.send_signal(signal.SIGTERM)
    assert traffic.process.wait(5) == 0
    assert "stopped after" in traffic.lines()[-1]["message"]


def test_traffic_keeps_to_its_rate_and_time(erp: Erp, tmp_path: Path) -> None:
    command = ["app.traffic", "--url", erp.api.url, "--rate", "10", "--seconds", "3"]
    start, traffic = time.monotonic(), Program(tmp_path / "traffic.log", command, {})
    assert traffic.process.wait(15) == 0
    assert time.monotonic() - start < 10
    answers = int(traffic.lines()[-1]["message"].split()[2])
    assert 1 <= answers <= 30


def test_traffic_refuses_to_be_a_flood(tmp_path: Path) -> None:
    traffic = Program(tmp_path / "traffic.log", ["app.traffic", "--url", "http://erp", "--rate", "51"], {})
    assert traffic.process.wait(10) != 0
    assert "must be above 0 and at most 50, got 51" in traffic.log.read_text()


def _grown(before, after) -> set[str]:
    """Route templates that have answered more requests."""
    name = "starlette_responses_total"
    series = after.labels_of(name)
    return {labels["path_template"] for labels in series if after.value(name, **labels) > before.value(name, **labels)}
