import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from app.core import redaction
from app.core.redaction import LONGEST_TEXT, REDACTED, SHAPES, Shape, redact, redact_user_id
from local.servers import wait_until
from tests.erp_in_operation import Erp
from tests.http_client import http
from tests.issuer import issuer
from tests.processes import Api
from tests.test_sentry import SAMPLED

_file = Path(__file__).parents[2] / "logs" / "redaction-examples.json"
# By shape, for the log agent as well. IBANs and cards are the examples of the IBAN registry and of card schemes. The
# random part of API keys is added here: a scanner of repositories would report them as real ones.
examples = json.loads(_file.read_text().replace("{random}", "A1b2C3d4E5f6G7h8" * 2))
secrets = [(case["text"], case["secret"]) for of_shape in examples.values() for case in of_shape["secrets"]]
worst = sorted({text for of_shape in examples.values() for text in of_shape["worst"]})


def test_every_shape_has_examples_and_worst_texts() -> None:
    assert {shape.name for shape in SHAPES} == set(examples)
    assert all(of_shape["secrets"] and of_shape["worst"] for of_shape in examples.values())


@pytest.mark.parametrize(("text", "secret"), secrets)
def test_secrets_and_personal_data_are_taken_out(text: str, secret: str) -> None:
    assert secret in text
    assert REDACTED in redact(text)
    assert secret not in redact(text)


@pytest.mark.parametrize("text", [text for of_shape in examples.values() for text in of_shape["harmless"]])
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert redact(text) == text


def test_text_deep_inside_a_value_is_reached() -> None:
    event = {"extra": [{"note": "mail jane@example.com"}], "level": 40}
    assert redact(event) == {"extra": [{"note": f"mail {REDACTED}"}], "level": 40}


def test_our_own_texts_stay_wherever_they_are() -> None:
    event = {"spans": [{"span_id": "4111111111111111", "note": "4111111111111111"}]}
    assert redact(event, kept={"span_id"}) == {"spans": [{"span_id": "4111111111111111", "note": REDACTED}]}


def test_an_email_address_as_the_id_of_a_user_is_removed() -> None:
    removed = ["jane@example.com", "auth0|jane@example.com", "://a@" * 51]
    assert [redact_user_id(user_id) for user_id in removed] == [REDACTED] * 3
    kept = ["4111111111111111", "auth0|17", "https://issuer.example/users/17", "~" * 255]
    assert [redact_user_id(user_id) for user_id in kept] == kept


def test_the_line_of_every_user_whom_a_token_can_name_matches_the_schema(erp: Erp, organization: str) -> None:
    printable = "".join(map(chr, range(0x21, 0x7F)))
    for sub in ("auth0|17", "jane@example.com", printable, "x" * 255, "://a@" * 51):
        request_id, token = uuid4().hex, issuer.token(organization_id=organization, sub=sub)
        headers = {"X-Request-ID": request_id, "Authorization": f"Bearer {token}"}
        assert http.get(f"{erp.api.url}/api/v1/orders", headers=headers).status_code == 200
        (line,) = erp.api.wait_for_lines_of(request_id)
        assert line["user_id"] == (REDACTED if "@" in sub and sub != printable else sub)


def test_half_of_a_surrogate_pair_hides_no_secret() -> None:
    assert redact("\ud800 password=hunter2") == f"\\ud800 password={REDACTED}"
    assert redact("\ud800") == "\ud800"


@pytest.mark.parametrize(("secret", "rest"), [("jane.doe@example.com", "doe@"), ("4111 1111 1111 1111", "1111 1")])
@pytest.mark.parametrize("length", [LONGEST_TEXT + 1, 2 * LONGEST_TEXT - 8, 2 * LONGEST_TEXT + 8, 5 * LONGEST_TEXT])
def test_a_secret_at_the_border_of_a_cut_is_not_left_half_visible(secret: str, rest: str, length: int) -> None:
    half = LONGEST_TEXT // 2
    for border in (half, length - half, LONGEST_TEXT, length - LONGEST_TEXT):
        for place in range(max(border - 40, 0), min(border + 40, length - 30), 3):
            text = f"{'- ' * (place // 2)} {secret} {'- ' * length}"[:length]
            assert rest not in (short := redact(text)) and len(short) <= LONGEST_TEXT


@pytest.mark.parametrize("secret", ["password='" + "hunter2 " * 1000 + "'", "DETAIL:  row (" + "Jane\n" * 1000 + ")"])
def test_the_rest_of_a_long_secret_is_not_visible_after_a_cut(secret: str) -> None:
    text = f"{'- ' * LONGEST_TEXT}{secret}\n[SQL: SELECT {'-' * (LONGEST_TEXT - len(secret) // 2)}"
    assert not [word for word in ("hunter2", "Jane") if word in redact(text)]


def test_a_text_that_grows_is_cut_again() -> None:
    assert len(redact("a@b.cc " * (LONGEST_TEXT // 7))) <= LONGEST_TEXT


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_time_grows_in_proportion_to_the_text(shape: Shape) -> None:
    assert not [text for text in worst if _grows_faster(shape.replaced, text)]


def test_the_search_for_any_shape_takes_time_in_proportion_to_the_text() -> None:
    assert not [text for text in worst if _grows_faster(redaction._any.search, text)]


def test_a_path_that_is_made_to_be_slow_delays_nobody(erp: Erp, tmp_path: Path) -> None:
    environment = erp.environment | {"SENTRY_TRACES_SAMPLE_RATE": "1"}
    api = Api(tmp_path / "api.log", environment)
    try:
        api.wait()
        request_id, waits = uuid4().hex, []

        def answered_until_sent() -> bool:
            waits.append(_seconds(f"{api.url}/healthz/live"))
            return bool(erp.sentry.of("transaction", request_id))

        with ThreadPoolExecutor() as threads:
            threads.submit(http.get, f"{api.url}/{'a-' * 15_000}", headers={"X-Request-ID": request_id} | SAMPLED)
            wait_until(answered_until_sent, "the transaction in Sentry")
        # With quadratic time it was 15 s.
        assert max(waits) < 3
    finally:
        api.stop()


def test_an_id_that_looks_like_a_card_number_is_the_same_everywhere(erp: Erp, organization: str) -> None:
    request_id, user_id = "4111111111111111", "5555555555554444"
    token = issuer.token(organization_id=organization, sub=user_id)
    with erp.without_table("orders"):
        headers = {"X-Request-ID": request_id, "Authorization": f"Bearer {token}"}
        answer = http.get(f"{erp.api.url}/api/v1/orders", headers=headers)
    event = erp.sentry.wait_for("event", request_id)
    (line,) = erp.api.wait_for_lines_of(request_id)
    assert answer.headers["X-Request-ID"] == request_id
    assert (line["user_id"], event["user"]["id"]) == (user_id, user_id)


def _seconds(url: str) -> float:
    start = time.monotonic()
    http.get(url)
    return time.monotonic() - start


def _grows_faster(function, text: str) -> bool:
    """Quadratic time grows by 10 * 10. RE2 uses a faster algorithm for short texts, and other programs are running."""
    short, middle, long = (_cpu_seconds(function, text, size) for size in (1_000, 10_000, 100_000))
    return middle > 8 * 10 * short or long > 4 * 10 * middle


def _cpu_seconds(function, text: str, size: int) -> float:
    encoded = (text * size).encode()[:size]
    times = []
    for _ in range(5):
        start = time.process_time()
        function(encoded)
        times.append(time.process_time() - start)
    return min(times)
