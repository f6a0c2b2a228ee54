"""Types for values that clients send. All servers of the ERP can store, send and log every accepted value."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator

# PostgreSQL cannot store NUL, and other control characters garble logs and forms. Pydantic itself refuses half of a
# surrogate pair, which no encoding can represent. Both types need `max_length` where they are used.
Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")]
"""Text of one line."""

Text = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$")]
"""Text that may contain tabs and line breaks."""

_amount = r"[0-9]{1,10}(\.[0-9]{1,2})?"


def _to_decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(_amount, value):
        raise ValueError('must be text such as "9.90", with at most 10 digits before the point')
    return Decimal(value).quantize(Decimal("0.01"))


def _only_number(value: object) -> object:
    if isinstance(value, str | bool):
        raise ValueError("must be a number")
    return value


def _only_day(value: object) -> object:
    # Pydantic would also read numbers as seconds since 1970.
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("must be a day such as 2026-12-31")
    return value


# Text, because clients round numbers. Without exponents, which PostgreSQL limits differently.
Money = Annotated[
    Decimal,
    PlainValidator(
        _to_decimal, json_schema_input_type=Annotated[str, Field(pattern=f"^{_amount}$", examples=["9.90"])]
    ),
]

# In JSON, 1.0 is an integer.
Whole = Annotated[int, BeforeValidator(_only_number)]

Day = Annotated[date, BeforeValidator(_only_day)]
