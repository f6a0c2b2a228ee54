"""Order search in Elasticsearch 8 or 9 through its REST API: three calls do not justify a client library."""

import logging
from functools import cache
from uuid import UUID

import httpx

from app.core.config import settings
from app.core.http_client import HttpClient
from app.features.orders.model import Order

logger = logging.getLogger("erp.search")

INDEX = "erp-orders"
MOST_RESULTS = 50


@cache
def client() -> httpx.AsyncClient | None:
    """None if the environment has no Elasticsearch."""
    url = settings().elasticsearch_url
    return HttpClient({"db.system.name": "elasticsearch"}, base_url=url.get_secret_value(), timeout=1) if url else None


async def index(order: Order) -> None:
    """An order that cannot be indexed is missing from searches only."""
    elasticsearch = client()
    if elasticsearch is None:
        return
    document = {"organization_id": str(order.organization_id), "sku": order.sku, "reference": order.reference}
    try:
        response = await elasticsearch.put(
            f"/{INDEX}/_doc/{order.id}", json=document, extensions={"operation": f"index {INDEX}"}
        )
        response.raise_for_status()
    except httpx.HTTPError as error:
        logger.warning("the order was not indexed: %s", type(error).__name__)


async def find(organization_id: UUID, text: str) -> list[UUID] | None:
    """Ids of matching orders; None when Elasticsearch cannot answer."""
    elasticsearch = client()
    if elasticsearch is None:
        return None
    query = {
        "bool": {
            "filter": {"term": {"organization_id.keyword": str(organization_id)}},
            "must": {"multi_match": {"query": text, "fields": ["reference", "sku"]}},
        }
    }
    try:
        response = await elasticsearch.post(
            f"/{INDEX}/_search",
            json={"query": query, "size": MOST_RESULTS, "_source": False},
            extensions={"operation": f"search {INDEX}"},
        )
        if response.status_code == 404:  # no order was indexed yet
            return []
        response.raise_for_status()
        return [UUID(hit["_id"]) for hit in response.json()["hits"]["hits"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        # The last three: a proxy answers in its place, or another program writes to the index.
        logger.warning("searching in the database, because Elasticsearch failed: %s", type(error).__name__)
        return None
