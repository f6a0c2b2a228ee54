"""Removes secrets and personal data from text that leaves the process: log lines, and events for Sentry."""

import re
from collections.abc import Callable
from typing import Any

REDACTED = "[redacted]"


def redact(value: Any) -> Any:
    """The value, with secrets and personal data replaced in every text that it contains."""
    if isinstance(value, str):
        for pattern, replacement in _rules:
            value = pattern.sub(replacement, value)
        return value
    if isinstance(value, dict):
        return {key: redact(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [redact(part) for part in value]
    return value


def _if(holds: Callable[[str], bool]) -> Callable[[re.Match], str]:
    return lambda match: REDACTED if holds(match[0]) else match[0]


def _is_card(text: str) -> bool:
    """Luhn: https://www.iso.org/standard/70484.html, annex B."""
    digits = [int(character) for character in reversed(text) if character.isdigit()]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def _is_iban(text: str) -> bool:
    """ISO 13616: the first four characters to the end, letters as 10 to 35, and the rest of 97 is 1."""
    account = text.replace(" ", "")
    return int("".join(str(int(character, 36)) for character in account[4:] + account[:4])) % 97 == 1


_rules: tuple[tuple[re.Pattern, str | Callable[[re.Match], str]], ...] = (
    # PostgreSQL repeats the refused row or key there.
    (re.compile(r"(\bDETAIL:\s+).*"), rf"\1{REDACTED}"),
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@]+@", re.I), rf"\1{REDACTED}@"),
    # A word that is long or contains a digit: both also occur in sentences.
    (re.compile(r"\b(bearer|basic)\s+(?:[\w.~+/=-]{16,}|[a-z.~+/=_-]*\d[\w.~+/=-]*)", re.I), rf"\1 {REDACTED}"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w.-]*"), REDACTED),
    (
        re.compile(
            r"\b([\w-]*(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key))"
            r"([\"']?\s*[=:]\s*[\"']?)[^\s\"',;&)]+",
            re.I,
        ),
        rf"\1\2{REDACTED}",
    ),
    (re.compile(r"[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}", re.I), REDACTED),
    # As stored or as printed: the text after it may look like one more group.
    (re.compile(r"\b[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)\b"), _if(_is_iban)),
    (
        re.compile(r"(?<![\w-])(?:[3-6]\d|2[2-7])(?:\d{11,17}|\d{2}(?:[ -]\d{4}){3}|\d{2}[ -]\d{6}[ -]\d{5})(?![\w-])"),
        _if(_is_card),
    ),
)
