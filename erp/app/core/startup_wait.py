"""
A wait of a starting program for a server. It ends: a container gets its Secrets when it starts, so that only its next
start uses a repaired one.
"""

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

LONGEST_OUTAGE_SECONDS = 60
LOG_SECONDS = 30


@dataclass(frozen=True)
class Obstacle:
    """What a program waits for to end."""

    reason: str
    longest_seconds: float
    level: int = logging.INFO


def outage(reason: str) -> Obstacle:
    """The server cannot be used. Its Secret may be wrong."""
    return Obstacle(reason, LONGEST_OUTAGE_SECONDS, logging.WARNING)


def wait_while(find: Callable[[], Obstacle | None], logger: logging.Logger, pause_seconds: float = 1) -> None:
    """
    Waits until nothing is found. The log states the reason whenever it changes, and every 30 seconds. If the same kind
    of obstacle lasts too long, the program ends with exit code 1, and the last line states the reason.
    """
    last: Obstacle | None = None
    since = logged_at = 0.0
    while (found := find()) is not None:
        now = time.monotonic()
        if last is None or found.longest_seconds != last.longest_seconds:
            since = now
        if now - since > found.longest_seconds:
            logger.error(
                "gave up after %d s: %s; the next start reads the Secrets again", found.longest_seconds, found.reason
            )
            sys.exit(1)
        if last is None or found.reason != last.reason or now - logged_at > LOG_SECONDS:
            logger.log(found.level, "waiting: %s", found.reason)
            logged_at = now
        last = found
        time.sleep(pause_seconds)
