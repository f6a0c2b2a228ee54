import signal
import time
from pathlib import Path
from uuid import uuid4

import pytest

from app import traffic
from app.core.token_signer import TokenSigner
from local.servers import wait_until
from tests import issuer
from tests.erp_in_operation import Erp
from tests.processes import Program

SIGNED = {
    "OIDC_ISSUER": issuer.ISSUER,
    "OIDC_AUDIENCE": issuer.AUDIENCE,
    "TRAFFIC_SIGNING_KEY_FILE": str(issuer.signing_key),
}


def test_traffic_touches_every_feature_and_ends_when_asked_to(erp: Erp, tmp_path: Path) -> None:
    before = erp.api_metrics()
    program = Program(tmp_path / "traffic.log", ["app.traffic", "--url", erp.api.url, "--rate", "50"], SIGNED)
    wait_until(lambda: erp.api_metrics().value("erp_active_websocket_connections") == 1, "its WebSocket")
    templates = {"/api/v1/orders", "/api/v1/stock/{sku}", "/api/v1/orders/search", "/api/v1/orders/{order_id}"}
    wait_until(lambda: templates <= _grown(before, erp.api_metrics()), "its requests")
    program.process.send_signal(signal.SIGTERM)
    assert program.wait_for_end() == 0
    answers = program.lines()[-1]["message"]
    assert "stopped after" in answers and "401" not in answers and "403" not in answers


def test_traffic_keeps_to_its_rate_and_time(erp: Erp, tmp_path: Path) -> None:
    command = ["app.traffic", "--url", erp.api.url, "--rate", "10", "--seconds", "3"]
    start, program = time.monotonic(), Program(tmp_path / "traffic.log", command, SIGNED)
    assert program.wait_for_end() == 0
    assert time.monotonic() - start < 60
    answers = int(program.lines()[-1]["message"].split()[2])
    assert 1 <= answers <= 30


def test_traffic_refuses_to_be_a_flood(tmp_path: Path) -> None:
    program = Program(tmp_path / "traffic.log", ["app.traffic", "--url", "http://erp", "--rate", "51"], {})
    assert program.wait_for_end() != 0
    assert "must be above 0 and at most 50, got 51" in program.log.read_text()


def test_traffic_replaces_tokens_long_before_they_expire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic, "TOKEN_SECONDS", 2)
    signer = TokenSigner(issuer.issuer.private_pem(), issuer.ISSUER, issuer.AUDIENCE)
    tokens = traffic.Tokens(signer, uuid4(), ["reports"])
    first = tokens.current()
    assert tokens.current() == first
    time.sleep(1.1)
    assert tokens.current() != first


def test_traffic_that_cannot_sign_tokens_says_so_at_its_start(tmp_path: Path) -> None:
    other = {"TRAFFIC_SIGNING_KEY_FILE": str(tmp_path / "absent.pem"), "OIDC_AUDIENCE": "erp "}
    program = Program(tmp_path / "traffic.log", ["app.traffic", "--url", "http://erp"], other)
    assert program.wait_for_end() == 1
    assert sorted(line["message"].split(":")[0] for line in program.lines()) == [
        "OIDC_AUDIENCE",
        "OIDC_ISSUER",
        "TRAFFIC_SIGNING_KEY_FILE",
    ]


def _grown(before, after) -> set[str]:
    """Route templates that have answered more requests."""
    name = "starlette_responses_total"
    series = after.labels_of(name)
    return {labels["path_template"] for labels in series if after.value(name, **labels) > before.value(name, **labels)}
