"""A server that writes in every way that Python offers. None of its lines may be plain text."""

import asyncio
import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Awaitable, Callable

from app.core.logging_config import setup_logging

setup_logging()
logger = logging.getLogger("erp.test")


class Unraisable:
    def __del__(self) -> None:
        raise ValueError("in a finalizer")


async def app(scope: dict, receive: Callable[[], Awaitable[dict]], send: Callable[[dict], Awaitable[None]]) -> None:
    """Writes at its start-up; answers no request."""
    assert scope["type"] == "lifespan"
    while (await receive())["type"] != "lifespan.shutdown":
        await asyncio.to_thread(write)
        failing = asyncio.create_task(_fail("in a task of asyncio"))
        await asyncio.sleep(0)
        del failing
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


def write() -> None:
    print("printed", 1, end=" and ")
    print("printed again\nin two lines")
    sys.stderr.write("on standard error\n")
    warnings.warn("a warning", stacklevel=1)
    logger.info("%d arguments do not fit", "these")
    logger.info("a measurement", extra={"duration_ms": float("nan")})
    logger.info("another", extra={"duration_ms": float("-inf")})
    Unraisable()
    failing = threading.Thread(target=lambda: 1 / 0)
    failing.start()
    failing.join()
    try:
        raise LookupError("printed traceback")
    except LookupError:
        traceback.print_exc()


async def _fail(text: str) -> None:
    raise ValueError(text)
