"""Runs all checks at once, and caches their results."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Literal

from app.core.config import settings
from app.core.metrics import dependency_up
from app.features.health.checks import Check, Unhealthy, checks

logger = logging.getLogger("erp.health")

# Must be less than the three seconds that the kubelet's probe waits.
CHECK_SECONDS = 1


@dataclass(frozen=True)
class Readiness:
    status: Literal["ok", "degraded", "failed"]
    """For each check: null, or the reason why it failed."""
    checks: dict[str, str | None]


class ReadinessReporter:
    """Caches a result for a short time, so that many probes cost no more than one."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._last: Readiness | None = None
        self._expires = 0.0

    async def report(self) -> Readiness:
        async with self._lock:
            if self._last is None or time.monotonic() >= self._expires:
                latest = await _run()
                _log_changes(self._last, latest)
                self._last, self._expires = latest, time.monotonic() + settings().readiness_cache_seconds
            return self._last


async def _run() -> Readiness:
    wanted = checks()
    reasons = await asyncio.gather(*(_reason(check) for check in wanted))
    failed = {check.critical for check, reason in zip(wanted, reasons, strict=True) if reason}
    for check, reason in zip(wanted, reasons, strict=True):
        dependency_up.labels(check.name).set(0 if reason else 1)
    return Readiness(
        status="failed" if True in failed else "degraded" if failed else "ok",
        checks={check.name: reason for check, reason in zip(wanted, reasons, strict=True)},
    )


async def _reason(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check.run()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS} s"
    except Unhealthy as reason:
        return str(reason)
    except Exception as error:  # drivers raise errors of their own, whose texts contain addresses
        return type(error).__name__
    return None


def _log_changes(before: Readiness | None, now: Readiness) -> None:
    for name, reason in now.checks.items():
        if reason and not (before and before.checks[name]):
            logger.warning("%s is down: %s", name, reason)
        elif before and before.checks[name] and not reason:
            logger.info("%s is up again", name)
