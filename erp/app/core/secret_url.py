"""URLs with credentials: they are checked and never printed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from pydantic import SecretStr


def secret_url(*schemes: str) -> Callable[[SecretStr], SecretStr]:
    """A validator for URLs with one of these schemes and a host."""

    def check(value: SecretStr) -> SecretStr:
        try:
            parts = urlsplit(value.get_secret_value())
            fits = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            fits = False
        if not fits:
            raise ValueError(f"must be a URL of {' or '.join(f'{scheme}://' for scheme in schemes)} with a host")
        return value

    return check
