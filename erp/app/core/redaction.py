"""Removes secrets and personal data from text that leaves the process: log lines, and events for Sentry."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

REDACTED = "[redacted]"

# Loki refuses lines above 256 KiB, and a text can grow sixfold when JSON escapes it.
LONGEST_TEXT = 32_768


def redact(value: Any, kept: Collection[str] = ()) -> Any:
    """
    The value, with secrets and personal data replaced in every text that it contains, and long texts cut. The values
    of the keys `kept` stay as they are: texts of our own, which can look like a card number by chance.
    """
    if isinstance(value, str):
        return _cut_and_redacted(value)
    if isinstance(value, dict):
        return {key: part if key in kept else redact(part, kept) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [redact(part, kept) for part in value]
    return value


def redact_user_id(user_id: str) -> str:
    """Keeps ids that look like card numbers by chance. Some issuers use the e-mail address as the id."""
    kept = re.fullmatch(r"[\w.|-]+", user_id) or redact(user_id) == user_id
    # As a whole, so that the id does not become longer than `logs/record.schema.json` allows.
    return user_id if kept else REDACTED


def _cut_and_redacted(text: str) -> str:
    """The end of a traceback contains the cause, the start the place: these two parts of a long text are kept."""
    half = LONGEST_TEXT // 2 - 16
    if len(text) <= 2 * LONGEST_TEXT:
        start = end = _redacted(text)
        if len(start) <= LONGEST_TEXT:
            return start
    else:
        # A secret that is cut is not recognised. Therefore more is redacted than is kept, and the parts next to the
        # cuts are left out.
        start, end = _redacted(text[:LONGEST_TEXT])[:-half], _redacted(text[-LONGEST_TEXT:])[half:]
    return f"{start[:half]} […] {end[-half:]}"


def _redacted(text: str) -> str:
    # RE2 reads UTF-8, which has no form for half of a surrogate pair.
    encoded = text.encode(errors="backslashreplace")
    if not _any.search(encoded):
        return text
    for shape in SHAPES:
        encoded = shape.replaced(encoded)
    return encoded.decode()


def _is_card(text: str) -> bool:
    """Luhn: https://www.iso.org/standard/70484.html, annex B."""
    digits = [int(character) for character in reversed(text) if character.isdigit()]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def _is_iban(text: str) -> bool:
    """ISO 13616: the first four characters to the end, letters as 10 to 35, and the rest of 97 is 1."""
    account = text.replace(" ", "")
    return int("".join(str(int(character, 36)) for character in account[4:] + account[:4])) % 97 == 1


@dataclass(frozen=True)
class Shape:
    """Text around a secret. The groups of the expression are the secret, and are replaced."""

    name: str
    """The log agent uses the same names, and `logs/redaction-examples.json` lists examples by name."""
    expression: str
    """https://github.com/google/re2/wiki/Syntax. RE2 needs linear time for every expression and every text."""
    holds: Callable[[str], bool] = lambda _: True

    @cached_property
    def _pattern(self) -> Any:
        return re2.compile(self.expression.encode())

    def replaced(self, text: bytes) -> bytes:
        parts: list[bytes] = []
        end = 0
        for match in self._pattern.finditer(text):
            for group in range(1, self._pattern.groups + 1):
                if match[group] is not None and self.holds(match[group].decode()):
                    parts += text[end : match.start(group)], REDACTED.encode()
                    end = match.end(group)
        return b"".join([*parts, text[end:]])


# Lines that PostgreSQL, SQLAlchemy and Python write after a detail of PostgreSQL. Only these end a detail, because its
# values may contain line breaks. In the `repr` of an exception, a line break is `\n`.
_break = r"(?:\n|\\n)[ |]*"
_end_of_detail = (
    rf"{_break}(?:HINT|QUERY|CONTEXT|LOCATION|(?:SCHEMA|TABLE|COLUMN|DATATYPE|CONSTRAINT) NAME):|{_break}\[SQL: |"
    rf"{_break}Traceback \(most recent|{_break}{_break}(?:The above exception|During handling of the above)|\z"
)

# A word that is long or contains a digit: "bearer" and "basic" also occur in sentences.
_token = r"[\w.~+/=-]{16,}|[a-z.~+/=_-]*\d[\w.~+/=-]*"

_secret_name = (
    r"(?:pass(?:word|wd|phrase)|[_-]pass|pwd|secret|token|credentials?"
    r"|(?:api|access|account|auth|encryption|private|secret|shared|signing)[_-]?key)\d*"
)
_api_key = (
    # Stripe, GitHub, GitLab, Grafana, Slack
    r"[rs]k_(?:live|test)_\w{16,}|whsec_[\w+/=]{16,}|gh[oprsu]_\w{16,}|github_pat_\w{16,}"
    r"|gl(?:pat|rt)-[\w.-]{16,}|glsa_\w{16,}|xox[abeprs]-[\w-]{16,}|xapp-[\w-]{16,}"
    # Telegram
    r"|bot\d+:[\w-]{30,}"
    # Amazon, Google, Vault, Sentry, npm, PyPI, SendGrid, OpenAI and Anthropic
    r"|A[KS]IA[A-Z0-9]{16}|AIza[\w-]{16,}|hv[bs]\.[\w-]{16,}|sntry[su]_[\w+/=-]{16,}|npm_[A-Za-z0-9]{30,}"
    r"|pypi-AgE[\w-]{16,}|SG\.[\w.-]{16,}|sk-[\w-]{16,}"
)

# In JSON, in JSON within JSON, and in Python.
_quoted = r""""((?:[^"\\]|\\.)+)|\\"((?:[^"\\]|\\{3,}"|\\+[^"\\])+)|\\{2,}"([^"\\]+)|'((?:[^'\\]|\\.)+)"""
# Commas, semicolons and brackets also end a value, unless the value continues after them.
_bare = r"""[^\s"'&,;()\[\]{}](?:[^\s"'&,;()\[\]{}]|[,;()\[\]{}]+[^\s"'&,;()\[\]{}])*"""
# Of Digest and of other schemes of authorization.
_parameter = r"""\w+=(?:"[^"]*"|[^\s,"'=][^\s,"']*)"""
_header_separator = r"""\\*["']?\s*(?:[=:]|,\s*b)\s*"""

SHAPES: tuple[Shape, ...] = (
    # PostgreSQL repeats the refused row or key there.
    Shape("row", rf"DETAIL:\s+((?s:.+?))(?:{_end_of_detail})"),
    Shape("private key", r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----((?s:.+?))(?:-----END|\z)"),
    # A password with a space, which is not the path after a port.
    Shape("credentials", r"""["'][\w+.-]+://([^\s/@"']*:\d*[^\d\s/"'][^"'\n]*)@"""),
    Shape("credentials", r"""://([^\s/@:?#"]+|[^\s/@:?#"]*:[^\s"]+)@"""),
    # Programs in Go repeat a URL or a DSN that they cannot parse, also the part of a password after which it is no URL.
    Shape(
        "credentials",
        r"""parse \\*"[\w+.-]+://[^\s"\\:/@]*:(\d*[^\d\s"\\\[/@][^\s"\\\[/@]*)\\*"|"""
        r"""invalid port \\*":([^"\\\[]+)|invalid URL escape \\*"([^"\\\[]+)|malformed dsn \\*"([^"\\\[]+)"""
        r"""|missing \\*"=\\*" after \\*"([^"\\\[]+)"""
        r"""|(?:database \(|dsn=\\*"?)([^\s"'\\\[/:()]+:[^\s"'\\\[()]+)@""",
    ),
    Shape(
        "authorization",
        rf"(?i)authorization{_header_separator}(?:{_quoted}"
        rf"|([\w-]+ +{_parameter}(?:, *{_parameter})*|(?:[\w-]+ +)?{_bare}))",
    ),
    Shape("authorization", rf"(?i)(?:bearer|basic)\s+({_token})"),
    Shape(
        "cookie",
        rf"(?i)cookies?{_header_separator}(?:{_quoted}"
        r"""|\{([^{}]+)\}|([^\s=;,"'{}]+=[^\s;]*(?:; *[^\s;]+)*))""",
    ),
    Shape("JWT", r"(eyJ[\w-]+\.[\w-]+\.[\w.-]*)"),
    Shape("secret", rf"(?i){_secret_name}\\*[\"']?\s*[=:]\s*(?:{_quoted}|({_bare}))"),
    Shape("API key", rf"\b({_api_key})"),
    Shape("API key", r"hooks\.slack\.com/(?:services|workflows|triggers)/([\w/]+)"),
    Shape("e-mail", r"([\pL\pN_.+%-]+(?:@|%40)(?:[\pL\pN_-]+\.)+\pL{2,})"),
    # As stored or as printed: the text after it may look like one more group.
    Shape("IBAN", r"\b([A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?))\b", _is_iban),
    Shape(
        "card number",
        r"(?:^|[^\w-])((?:[3-6]\d|2[2-7])(?:\d{11,17}|\d{2}(?:[ -]\d{4}){3}|\d{2}[ -]\d{6}[ -]\d{5}))\b",
        _is_card,
    ),
)


def _without_groups() -> re2.Options:
    options = re2.Options()
    options.never_capture = True
    return options


# Most texts contain no secret. For these, one pass over the text replaces one pass for each shape.
_any = re2.compile("|".join(f"(?:{shape.expression})" for shape in SHAPES).encode(), _without_groups())
