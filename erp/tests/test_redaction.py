import pytest

from app.core.redaction import REDACTED, redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql://erp:hunter2@db:5432/erp refused", "hunter2"),
        ("sent to https://4bf92f3577b34da6@sentry.example.com/1", "4bf92f3577b34da6"),
        ("Authorization: Bearer abcdef0123456789", "abcdef0123456789"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0"),
        ("login with password=hunter2 failed", "hunter2"),
        ("{'api_key': 'k-123456'}", "k-123456"),
        ("mail to jane.doe@example.com bounced", "jane.doe@example.com"),
        ("DETAIL:  Failing row contains (7, Jane Doe).", "Jane Doe"),
        # The examples of the IBAN registry and of card schemes' test numbers.
        ("pay to DE89 3704 0044 0532 0130 00 please", "3704 0044 0532"),
        ("pay to GB29NWBK60161331926819", "NWBK60161331926819"),
        ("card 4111 1111 1111 1111 declined", "1111 1111"),
        ("card 5555555555554444 declined", "5555555555554444"),
    ],
)
def test_secrets_and_personal_data_are_taken_out(text: str, secret: str) -> None:
    assert REDACTED in redact(text)
    assert secret not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Task erp.heartbeat[902b74e9-c8ba-4be5-a577-0713dd05de9c] received",
        "order 12345678-1234-4234-8234-123456789012",
        "took 4111111111111112 ns",
        "https://docs.example.com/errors#9h9h",
        "request 9f0c2ab1",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert redact(text) == text


def test_text_deep_inside_a_value_is_reached() -> None:
    event = {"extra": [{"note": "mail jane@example.com"}], "level": 40}
    assert redact(event) == {"extra": [{"note": f"mail {REDACTED}"}], "level": 40}
