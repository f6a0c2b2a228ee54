"""
Sends orders through a proxy and asks every pod of the API for its health, until it is stopped.

Each second it prints one line of JSON: the number of responses by status, the slowest response in seconds, and the
references of the orders that were accepted since the last line.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx

from app.core.config import load
from app.core.token_signer import SignerSettings

proxy, *pods = sys.argv[1:]
# Longer than every deadline of the ERP, so that a request that hangs is counted as such.
client = httpx.AsyncClient(timeout=20)
statuses: dict[str, Counter[str]] = {name: Counter() for name in ("orders", "liveness", "readiness")}
slowest = dict.fromkeys(statuses, 0.0)
numbers = itertools.count(1)
accepted: list[str] = []


async def main() -> None:
    signer = load(SignerSettings).signer()

    def headers(organization: UUID, *roles: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {signer.sign('orders', organization, roles, 3600)}"}

    created = await client.post(
        f"{proxy}/api/v1/organizations", json={"name": "Orders"}, headers=headers(uuid4(), "organizations")
    )
    organization = created.raise_for_status().json()["id"]
    member = headers(UUID(organization))
    stocked = await client.put(f"{proxy}/api/v1/stock/screws", json={"quantity": 1_000_000}, headers=member)
    stocked.raise_for_status()
    order = {"sku": "screws", "quantity": 1, "unit_price": "9.90"}

    async def send_order() -> httpx.Response:
        reference = f"order {next(numbers)}"
        answer = await client.post(f"{proxy}/api/v1/orders", json={**order, "reference": reference}, headers=member)
        if answer.status_code == 201:
            accepted.append(reference)
        return answer

    async with asyncio.TaskGroup() as tasks:
        for _ in range(4):
            tasks.create_task(repeat("orders", send_order))
        for pod in pods:
            for name, path in (("liveness", "live"), ("readiness", "ready")):
                url = f"http://{pod}:8000/healthz/{path}"
                tasks.create_task(repeat(name, lambda url=url: client.get(url)))
        while True:
            await asyncio.sleep(1)
            report = {"organization": organization, "statuses": statuses, "slowest": slowest, "accepted": accepted}
            print(json.dumps(report), flush=True)
            accepted.clear()


async def repeat(name: str, send: Callable) -> None:
    while True:
        start = time.monotonic()
        try:
            status = str((await send()).status_code)
        except httpx.HTTPError as error:
            status = type(error).__name__
        statuses[name][status] += 1
        slowest[name] = max(slowest[name], round(time.monotonic() - start, 2))
        await asyncio.sleep(1)


asyncio.run(main())
