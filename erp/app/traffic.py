"""
Generates light traffic of one organisation: `python -m app.traffic --url http://localhost:8000 --rate 2`.

It signs its tokens by itself, with the key in TRAFFIC_SIGNING_KEY_FILE.
"""

import argparse
import asyncio
import logging
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from app.core.config import load
from app.core.identity import Identity
from app.core.logging_config import setup_logging
from app.core.standard_streams import log_standard_streams
from app.core.token_signer import SignerSettings, TokenSigner

logger = logging.getLogger("erp.traffic")

MOST_PER_SECOND = 50
# Requests that may wait for a slow ERP; further requests are skipped.
MOST_IN_FLIGHT = 20
TOKEN_SECONDS = 600
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
    signer = load(SignerSettings).signer()
    asyncio.run(_until_stopped(given.url, given.rate, given.seconds, signer))


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= MOST_PER_SECOND:
        raise argparse.ArgumentTypeError(f"must be above 0 and at most {MOST_PER_SECOND}, got {text}")
    return rate


async def _until_stopped(url: str, rate: float, seconds: float | None, signer: TokenSigner) -> None:
    answers: Counter[str] = Counter()
    work = asyncio.create_task(_work(url, rate, answers, signer))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with suppress(asyncio.CancelledError, TimeoutError):
        await asyncio.wait_for(work, seconds)
    logger.info("stopped after %d responses: %s", answers.total(), dict(sorted(answers.items())))


class Tokens(httpx.Auth):
    """Adds a token to each request. None is in use for more than half of its lifetime."""

    def __init__(self, signer: TokenSigner, organization_id: UUID, roles: Sequence[str]) -> None:
        self._sign = partial(signer.sign, "traffic", organization_id, roles, TOKEN_SECONDS)
        self._replace_at = 0.0

    def current(self) -> str:
        if time.monotonic() >= self._replace_at:
            self._token, self._replace_at = self._sign(), time.monotonic() + TOKEN_SECONDS / 2
        return self._token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self.current()}"
        yield request


async def _work(url: str, rate: float, answers: Counter[str], signer: TokenSigner) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=10) as client:
        tokens = await _tokens(client, signer)
        client.auth = tokens
        logger.info("sending %s requests per second", rate)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_listen(url, tokens))
            in_flight: set[asyncio.Task[None]] = set()
            while True:
                if len(in_flight) < MOST_IN_FLIGHT:
                    task = tasks.create_task(_request(client, answers))
                    in_flight.add(task)
                    task.add_done_callback(in_flight.discard)
                await asyncio.sleep(1 / rate)


async def _tokens(client: httpx.AsyncClient, signer: TokenSigner) -> Tokens:
    """Creates an organisation with stock; waits for an ERP that is still starting."""
    operator = Tokens(signer, uuid4(), ["organizations"])
    while True:
        try:
            created = await client.post("/api/v1/organizations", json={"name": "Traffic"}, auth=operator)
            organization_id = UUID(created.raise_for_status().json()["id"])
            member = Tokens(signer, organization_id, ["reports"])
            for article in ARTICLES:
                await client.put(f"/api/v1/stock/{article}", json={"quantity": 1_000_000}, auth=member)
            return member
        except httpx.HTTPStatusError as refusal:
            logger.warning("waiting for the ERP: it answers %d", refusal.response.status_code)
        except httpx.HTTPError as error:
            logger.info("waiting for the ERP: %s", type(error).__name__)
        await asyncio.sleep(2)


async def _request(client: httpx.AsyncClient, answers: Counter[str]) -> None:
    (send,) = random.choices(list(_requests), weights=list(_requests.values()))
    try:
        answers[str((await send(client, random.choice(ARTICLES))).status_code)] += 1
    except httpx.HTTPError as error:
        answers[type(error).__name__] += 1


async def _listen(url: str, tokens: Tokens) -> None:
    """Keeps one WebSocket open, with a new token when the ERP closes it because the old one has expired."""
    address = f"ws{url.removeprefix('http').rstrip('/')}/api/v1/orders/updates"
    while True:
        with suppress(WebSocketException, OSError, TimeoutError):
            offered = [Subprotocol(part) for part in ("bearer", tokens.current())]
            async with connect(address, subprotocols=offered) as updates:
                async for _ in updates:
                    pass
        await asyncio.sleep(5)


def _order(client: httpx.AsyncClient, article: str) -> Awaitable[httpx.Response]:
    order = {"sku": article, "quantity": random.randint(1, 5), "unit_price": "9.90", "reference": f"for {article}"}
    return client.post("/api/v1/orders", json=order)


_requests: dict[Callable[[httpx.AsyncClient, str], Awaitable[httpx.Response]], int] = {
    _order: 30,
    (lambda client, article: client.get(f"/api/v1/stock/{article}")): 30,
    (lambda client, _: client.get("/api/v1/orders", params={"limit": 10})): 20,
    (lambda client, article: client.get("/api/v1/orders/search", params={"text": article})): 10,
    (lambda client, _: client.get(f"/api/v1/orders/{uuid4()}")): 8,
    (lambda client, _: client.post(f"/api/v1/reports/{datetime.now(UTC).date()}")): 2,
}


if __name__ == "__main__":
    main()
