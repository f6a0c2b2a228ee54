"""Who may call the API, as callers find it."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import connect

from local.servers import wait_until
from tests import issuer as tests_issuer
from tests.erp_in_operation import Erp
from tests.exposition import Samples
from tests.http_client import http
from tests.issuer import Issuer, bearer, issuer
from tests.key_server import KeyServer
from tests.processes import ERP, Api
from tests.test_orders import NAILS

REASONS = {
    "missing", "malformed", "algorithm", "key", "signature", "expired", "not_yet_valid", "issuer", "audience", "claims",
}  # fmt: skip
ORDERS = "/api/v1/orders"


def test_every_route_needs_a_token_except_health_and_its_document_says_so(erp: Erp) -> None:
    document = http.get(f"{erp.api.url}/openapi.json").json()
    (scheme,) = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"], scheme["bearerFormat"]) == ("http", "bearer", "JWT")
    operations = {(path, method): of for path, all_ in document["paths"].items() for method, of in all_.items()}
    assert len(operations) > 8
    for (path, method), operation in operations.items():
        answer = http.request(method, erp.api.url + re.sub(r"{\w+}", str(uuid4()), path))
        if path.startswith("/healthz/"):
            assert (answer.status_code, "security" in operation) == (200, False), path
        else:
            assert (answer.status_code, answer.headers.get("WWW-Authenticate")) == (401, "Bearer"), path
            assert operation["security"] and {"401", "503"} <= operation["responses"].keys(), path
    assert http.get(f"{erp.api.url}/metrics").status_code == 200


@pytest.mark.parametrize("body", ["{", '{"sku": 7}', "[" * 60_000], ids=["no JSON", "no order", "large"])
def test_the_body_of_a_stranger_is_not_parsed(erp: Erp, body: str) -> None:
    before = erp.api_metrics().value("erp_tokens_rejected_total", reason="missing")
    json = {"Content-Type": "application/json"}
    assert http.post(erp.api.url + ORDERS, content=body, headers=json).status_code == 401
    assert http.post(erp.api.url + ORDERS, content=body, headers=bearer() | json).status_code in (400, 422)
    assert erp.api_metrics().value("erp_tokens_rejected_total", reason="missing") == before + 1


def test_rejected_tokens_are_counted_by_reason_from_zero(erp: Erp) -> None:
    before = erp.api_metrics()
    assert {series["reason"] for series in before.labels_of("erp_tokens_rejected_total")} == REASONS
    valid = bearer()["Authorization"]
    for headers in (
        [],
        [("Authorization", "Basic dXNlcjpodW50ZXIy")],
        [("Authorization", valid), ("Authorization", bearer()["Authorization"])],
        [("Authorization", "Bearer")],
        [("Authorization", f"Bearer {issuer.token(exp=1)}")],
        [("Authorization", f"Bearer {issuer.token(aud='another')}")],
        [("Authorization", f"Bearer {Issuer(key_id=issuer.key_id).token()}")],
    ):
        answer = http.get(erp.api.url + ORDERS, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert _rejected(before, erp.api_metrics()) == {
        "missing": 2, "malformed": 2, "expired": 1, "audience": 1, "signature": 1,
    }  # fmt: skip


def test_accepted_tokens_are_counted_once_for_each_request_and_websocket(erp: Erp, organization: str) -> None:
    name = "erp_tokens_accepted_total"
    before = erp.api_metrics().value(name)
    with erp.client(organization, "reports") as member, erp.updates(organization):
        member.get(ORDERS)
        member.get("/api/v1/reports/2026-01-01")
        member.get("/api/v1/organizations/" + str(uuid4()))
        member.get("/healthz/live")
    http.get(erp.api.url + ORDERS)
    assert erp.api_metrics().value(name) - before == 4


def test_a_rejection_is_logged_with_its_reason_and_without_the_token(erp: Erp) -> None:
    token, request_id = issuer.token(exp=1, sub="mallory"), uuid4().hex
    headers = {"Authorization": f"Bearer {token}", "X-Request-ID": request_id}
    answer = http.get(erp.api.url + ORDERS, headers=headers)
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    wait_until(lambda: len(erp.api.lines_of(request_id)) == 2, "both lines")
    lines = erp.api.lines_of(request_id)
    assert [(line["level"], line["message"]) for line in lines] == [
        ("INFO", "token rejected: expired"),
        ("INFO", f"GET {ORDERS} 401"),
    ]
    assert not [line for line in lines if "user_id" in line or "organization_id" in line]
    assert token not in erp.api.log.read_text()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_name_of_the_scheme_has_no_case(erp: Erp, scheme: str) -> None:
    assert http.get(erp.api.url + ORDERS, headers={"Authorization": f"{scheme} {issuer.token()}"}).status_code == 200


def test_headers_of_a_caller_do_not_choose_the_organization(erp: Erp, client: httpx.Client, organization: str) -> None:
    client.post(ORDERS, json=NAILS).raise_for_status()
    with erp.client(None, **{"X-Organization-ID": organization}) as stranger:
        assert stranger.get(ORDERS).json() == []


def test_what_is_about_all_organizations_needs_a_role(erp: Erp, organization: str) -> None:
    own, other = f"/api/v1/organizations/{organization}", f"/api/v1/organizations/{uuid4()}"
    calls = {
        "create": ("POST", "/api/v1/organizations", "organizations"),
        "read another": ("GET", other, "organizations"),
        "read a report": ("GET", "/api/v1/reports/2026-01-01", "reports"),
        "request a report": ("POST", "/api/v1/reports/2026-01-01", "reports"),
    }
    for method, path, role in calls.values():
        another_role = {"reports": "organizations", "organizations": "reports"}[role]
        with erp.client(organization, another_role, "admin") as member:
            refused = member.request(method, path, json={"name": "Screws Ltd"})
        assert refused.status_code == 403, path
        assert refused.json() == {"detail": f"the role {role} is required"}
        assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]
        with erp.client(organization, role) as allowed:
            assert allowed.request(method, path, json={"name": "Screws Ltd"}).status_code in (201, 202, 200, 404), path
    with erp.client(organization) as member:
        assert member.get(own).json() == {"id": organization, "name": "Nails Ltd"}


def test_a_websocket_is_accepted_with_a_token_and_answers_without_it(erp: Erp, organization: str) -> None:
    with erp.updates(organization) as updates:
        assert updates.response.headers.get_all("Sec-WebSocket-Protocol") == ["bearer"]


@pytest.mark.parametrize(
    ("offered", "query"),
    [
        ([], ""),
        ([], f"?token={issuer.token()}"),
        ([issuer.token()], ""),
        ([issuer.token(), "bearer"], ""),
        (["bearer"], ""),
        (["bearer", issuer.token(), issuer.token()], ""),
        (["bearer", issuer.token(exp=1)], ""),
        (["bearer", Issuer(key_id=issuer.key_id).token()], ""),
    ],
    ids=["nothing", "in the URL", "token only", "wrong order", "no token", "two tokens", "expired", "forged"],
)
def test_a_websocket_without_a_valid_token_is_refused_before_it_opens(erp: Erp, offered: list, query: str) -> None:
    url = erp.api.url.replace("http", "ws") + "/api/v1/orders/updates"
    lines = len(erp.api.lines())
    with pytest.raises(InvalidStatus) as refusal, connect(url + query, subprotocols=offered or None):
        pass
    assert refusal.value.response.status_code == 403
    assert {line["level"] for line in erp.api.lines()[lines:]} <= {"INFO"}


def test_a_websocket_ends_when_its_token_expires(erp: Erp, organization: str) -> None:
    # Tokens are accepted for 30 more seconds.
    expiry = int(time.time()) - 30 + 4
    with (
        erp.updates(organization, exp=expiry) as updates,
        pytest.raises(ConnectionClosedError, match=r"1008.*the token has expired"),
    ):
        updates.recv(15)
    assert expiry + 30 <= time.time() + 0.5
    wait_until(lambda: erp.api_metrics().value("erp_active_websocket_connections") == 0, "no open WebSocket")


class TestIssuerThatFails:
    @pytest.fixture
    def server(self) -> Iterator[KeyServer]:
        server = KeyServer(issuer.key_set())
        yield server
        server.stop()

    @pytest.fixture
    def pod(self, erp: Erp, server: KeyServer, tmp_path: Path) -> Iterator[Api]:
        """An API that fetches keys of an issuer that is down."""
        keys = {"OIDC_KEYS_FILE": "", "OIDC_KEYS_URI": server.uri, "OIDC_KEYS_RETRY_SECONDS": "0.5"}
        pod = Api(tmp_path / "pod.log", erp.environment | keys)
        pod.wait()
        yield pod
        pod.stop()

    def test_requests_wait_for_a_first_fetch_only(self, erp: Erp, server: KeyServer, pod: Api) -> None:
        answer = _ask(pod)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        with pytest.raises(InvalidStatus, match="403"), erp.updates(str(uuid4()), pod):
            """Never connected."""
        assert http.get(f"{pod.url}/healthz/live").status_code == 200
        assert _value(pod, "erp_identity_key_fetches_total", result="failure") >= 1
        assert _rejected({}, pod.metrics()) == {}
        started = _value(pod, "erp_identity_keys_last_success_timestamp_seconds")
        assert 0 < time.time() - started < 60

        server.start()
        wait_until(lambda: _ask(pod).status_code == 200, "a first fetch")
        assert _value(pod, "erp_identity_keys_last_success_timestamp_seconds") > started
        assert _value(pod, "erp_identity_key_fetches_total", result="success") >= 1

        server.stop()
        failures = _value(pod, "erp_identity_key_fetches_total", result="failure")
        unknown = _headers(Issuer(key_id="unknown"))
        wait_until(
            lambda: (
                http.get(pod.url + ORDERS, headers=unknown).status_code == 401
                and _value(pod, "erp_identity_key_fetches_total", result="failure") > failures
            ),
            "a fetch that fails",
        )
        assert _ask(pod).status_code == 200

        rotated = Issuer(key_id="new")
        server.key_set = rotated.key_set()
        server.start()
        wait_until(lambda: http.get(pod.url + ORDERS, headers=_headers(rotated)).status_code == 200, "the new key")
        assert _ask(pod).status_code == 401
        events = [line["message"] for line in pod.lines() if line["logger"] == "erp.identity"]
        assert [event for event in events if "read" in event] == [
            "the keys that verify tokens cannot be read (ConnectError: All connection attempts failed): "
            "requests with a token are answered with 503",
            "the keys that verify tokens can be read again",
            "the keys that verify tokens cannot be read (ConnectError: All connection attempts failed): "
            "those that were read last stay in use",
            "the keys that verify tokens can be read again",
        ]
        assert "KeysUnavailable" not in str(erp.sentry.items)


def test_a_token_for_people_is_printed_and_accepted(erp: Erp, organization: str) -> None:
    environment = {
        "OIDC_ISSUER": tests_issuer.ISSUER,
        "OIDC_AUDIENCE": tests_issuer.AUDIENCE,
        "TRAFFIC_SIGNING_KEY_FILE": str(tests_issuer.signing_key),
    }
    command = [sys.executable, "-m", "app.sign_token", "--organization", organization, "--roles", "organizations"]
    printed = subprocess.run(command, cwd=ERP, env=environment, capture_output=True, text=True, check=True)
    headers = {"Authorization": f"Bearer {printed.stdout.strip()}"}
    assert http.get(f"{erp.api.url}/api/v1/organizations/{organization}", headers=headers).status_code == 200


def _headers(of: Issuer) -> dict[str, str]:
    return {"Authorization": f"Bearer {of.token()}"}


def _ask(pod: Api) -> httpx.Response:
    return http.get(pod.url + ORDERS, headers=_headers(issuer))


def _value(pod: Api, name: str, **labels: str) -> float:
    return pod.metrics().value(name, **labels)


def _rejected(before: Samples | dict, after: Samples) -> dict[str, float]:
    rises = {
        reason: after.value("erp_tokens_rejected_total", reason=reason)
        - (before.value("erp_tokens_rejected_total", reason=reason) if before else 0)
        for reason in REASONS
    }
    return {reason: rise for reason, rise in rises.items() if rise}
