"""URLs with credentials: they are checked, and no message contains a part of them."""

import re
from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

from pydantic import SecretStr

Database = Literal["named", "numbered"]


def secret_url(
    *schemes: str, database: Database | None = None, needs_user: bool = True
) -> Callable[[SecretStr], SecretStr]:
    """A validator for URLs that break none of the rules below."""

    def check(value: SecretStr) -> SecretStr:
        if faults := url_faults(value.get_secret_value(), *schemes, database=database, needs_user=needs_user):
            raise ValueError(", and ".join(faults))
        return value

    return check


def url_faults(url: str, *schemes: str, database: Database | None = None, needs_user: bool = True) -> list[str]:
    """
    The rules that a URL breaks. The libraries accept many of these URLs, and then connect to another host or database,
    or with another password.
    """
    faults = []
    if url != url.strip():
        faults.append("must not start or end with white space, such as the line break that `echo` adds")
    url = url.strip()
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        faults.append("must not contain white space")
    start = next((start for scheme in schemes if url.startswith(start := f"{scheme}://")), None)
    if start is None:
        return [*faults, f"must start with {' or '.join(f'{scheme}://' for scheme in schemes)}"]
    rest = url.removeprefix(start)
    if unescaped := _unescaped(rest):
        escapes = " and ".join(f"`{character}` as `{quote(character, safe='')}`" for character in unescaped)
        return [*faults, f"must contain {escapes} in user and password"]
    authority, path = _parts(r"([^/?]*)/?([^?]*)", rest)
    credentials, at, address = authority.rpartition("@")
    user, colon, password = credentials.partition(":")
    host, port = _parts(r"(\[.*\]|[^:]*)(.*)", address)
    rules = {
        "must not have an empty user before the host": at and needs_user and not user,
        "must not have an empty password before the host": (colon or (at and not user and not needs_user))
        and not password,
        "must contain a host": not host,
        "must have a port between 1 and 65535": port and not _is_port(port.removeprefix(":")),
        "must end with the name of a database": database == "named" and not path,
        "must have a number as its database": database == "numbered" and path and not path.isdecimal(),
    }
    return [*faults, *(rule for rule, broken in rules.items() if broken)]


def _unescaped(rest: str) -> list[str]:
    """Characters that end the user or the password too early, or that begin no valid escape sequence."""
    authority, path, query, fragment = _parts(r"([^/?#]*)([^?#]*)([^#]*)(.*)", rest)
    ended_early = "@" in path + fragment or ("@" in query and "@" not in authority)
    credentials = (rest if ended_early else authority).rpartition("@")[0]
    found = {character for character in "@#/?[]" if character in credentials} | set(fragment[:1])
    if re.search(r"%(?![0-9A-Fa-f]{2})", rest):
        found.add("%")
    return sorted(found)


def _parts(pattern: str, text: str) -> tuple[str, ...]:
    match = re.match(pattern, text)
    assert match, "each pattern above matches every text"
    return match.groups()


def _is_port(text: str) -> bool:
    return text.isdecimal() and 1 <= int(text) <= 65535
