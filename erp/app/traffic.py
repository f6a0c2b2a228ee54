"""Generates light traffic of one organisation: `python -m app.traffic --url http://localhost:8000 --rate 2`."""

import argparse
import asyncio
import logging
import random
import signal
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from app.core.identity import Identity
from app.core.logging_config import setup_logging
from app.core.standard_streams import log_standard_streams

logger = logging.getLogger("erp.traffic")

MOST_PER_SECOND = 50
# Requests that may wait for a slow ERP; further requests are skipped.
MOST_IN_FLIGHT = 20
ARTICLES = tuple(f"article-{number}" for number in range(1, 11))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m app.traffic", description=__doc__)
    parser.add_argument("--url", required=True, help="URL of the ERP's API, such as http://localhost:8000")
    parser.add_argument(
        "--rate", type=_rate, default=2, help=f"requests per second, at most {MOST_PER_SECOND} (default 2)"
    )
    parser.add_argument("--seconds", type=float, help="stop after this many seconds (default: at SIGTERM or Ctrl-C)")
    given = parser.parse_args()
    setup_logging(Identity(service_name="erp-traffic"))
    log_standard_streams()
    asyncio.run(_until_stopped(given.url, given.rate, given.seconds))


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= MOST_PER_SECOND:
        raise argparse.ArgumentTypeError(f"must be above 0 and at most {MOST_PER_SECOND}, got {text}")
    return rate


async def _until_stopped(url: str, rate: float, seconds: float | None) -> None:
    answers: Counter[str] = Counter()
    work = asyncio.create_task(_work(url, rate, answers))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with suppress(asyncio.CancelledError, TimeoutError):
        await asyncio.wait_for(work, seconds)
    logger.info("stopped after %d responses: %s", answers.total(), dict(sorted(answers.items())))


async def _work(url: str, rate: float, answers: Counter[str]) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=10) as client:
        organization = await _organization(client)
        client.headers.update({"X-Organization-ID": organization, "X-User-ID": "traffic"})
        logger.info("sending %s requests per second for organization %s", rate, organization)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_listen(url, organization))
            in_flight: set[asyncio.Task] = set()
            while True:
                if len(in_flight) < MOST_IN_FLIGHT:
                    task = tasks.create_task(_request(client, answers))
                    in_flight.add(task)
                    task.add_done_callback(in_flight.discard)
                await asyncio.sleep(1 / rate)


async def _organization(client: httpx.AsyncClient) -> str:
    """Creates an organisation with stock; waits for an ERP that is still starting."""
    while True:
        try:
            created = await client.post("/api/v1/organizations", json={"name": "Traffic"})
            created.raise_for_status()
            headers = {"X-Organization-ID": created.json()["id"]}
            for article in ARTICLES:
                await client.put(f"/api/v1/stock/{article}", json={"quantity": 1_000_000}, headers=headers)
            return created.json()["id"]
        except httpx.HTTPError as error:
            logger.info("waiting for the ERP: %s", type(error).__name__)
            await asyncio.sleep(2)


async def _request(client: httpx.AsyncClient, answers: Counter[str]) -> None:
    (send,) = random.choices(list(_requests), weights=list(_requests.values()))
    try:
        answers[str((await send(client, random.choice(ARTICLES))).status_code)] += 1
    except httpx.HTTPError as error:
        answers[type(error).__name__] += 1


async def _listen(url: str, organization: str) -> None:
    """Keeps one WebSocket open."""
    address = f"ws{url.removeprefix('http').rstrip('/')}/api/v1/orders/updates"
    while True:
        with suppress(WebSocketException, OSError, TimeoutError):
            async with connect(address, additional_headers={"X-Organization-ID": organization}) as updates:
                async for _ in updates:
                    pass
        await asyncio.sleep(5)


def _order(client: httpx.AsyncClient, article: str):
    order = {"sku": article, "quantity": random.randint(1, 5), "unit_price": "9.90", "reference": f"for {article}"}
    return client.post("/api/v1/orders", json=order)


_requests = {
    _order: 30,
    (lambda client, article: client.get(f"/api/v1/stock/{article}")): 30,
    (lambda client, _: client.get("/api/v1/orders", params={"limit": 10})): 20,
    (lambda client, article: client.get("/api/v1/orders/search", params={"text": article})): 10,
    (lambda client, _: client.get(f"/api/v1/orders/{uuid4()}")): 8,
    (lambda client, _: client.post(f"/api/v1/reports/{datetime.now(UTC).date()}")): 2,
}


if __name__ == "__main__":
    main()
