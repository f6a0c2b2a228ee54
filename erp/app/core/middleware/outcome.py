"""How a request ended, for those that report it."""

from typing import TypeGuard

from starlette.requests import ClientDisconnect

# As nginx: the caller closed the connection before there was a response.
_CLIENT_CLOSED_REQUEST = 499


def reported_status(sent: int | None, failure: BaseException | None) -> int:
    """The status that was sent, if any. A 500 after the caller left reached nobody, and is no failure of the ERP."""
    if isinstance(failure, ClientDisconnect) and sent in (None, 500):
        return _CLIENT_CLOSED_REQUEST
    return 500 if sent is None else sent


def is_failure(failure: BaseException | None) -> TypeGuard[BaseException]:
    """Whether an exception is a failure of the ERP: not if the caller left."""
    return failure is not None and not isinstance(failure, ClientDisconnect)
