import json
from pathlib import Path

import pytest

from app.core.redaction import REDACTED, redact

# Values that the log agent removes as well. IBANs and cards are the examples of the IBAN registry and of card schemes.
examples = json.loads((Path(__file__).parents[2] / "logs" / "redaction-examples.json").read_text())


@pytest.mark.parametrize(("text", "secret"), [(case["text"], case["secret"]) for case in examples["secrets"]])
def test_secrets_and_personal_data_are_taken_out(text: str, secret: str) -> None:
    assert REDACTED in redact(text)
    assert secret not in redact(text)


@pytest.mark.parametrize("text", examples["harmless"])
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert redact(text) == text


def test_text_deep_inside_a_value_is_reached() -> None:
    event = {"extra": [{"note": "mail jane@example.com"}], "level": 40}
    assert redact(event) == {"extra": [{"note": f"mail {REDACTED}"}], "level": 40}
