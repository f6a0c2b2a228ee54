"""
Limits how many WebSockets are open. Each has a connection to Redis, and at its maximum Redis refuses new connections of
every program.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.config import settings
from app.core.metrics import ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE

_open_by_user: Counter[str] = Counter()


class TooManyWebSockets(Exception):
    """The user, or all users of this process together, have as many WebSockets as they may have."""


@contextmanager
def open_websocket(user_id: str) -> Iterator[None]:
    """Counts a WebSocket while it is open. Raises `TooManyWebSockets` if one more would be above a limit."""
    if (
        _open_by_user[user_id] >= settings().max_websockets_per_user
        or _open_by_user.total() >= settings().max_websockets
    ):
        raise TooManyWebSockets
    _open_by_user[user_id] += 1
    try:
        with ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE.track_inprogress():
            yield
    finally:
        _open_by_user[user_id] -= 1
        if not _open_by_user[user_id]:
            del _open_by_user[user_id]
