"""Metrics of the pool of database connections."""

from collections.abc import Iterator
from typing import ClassVar

from prometheus_client import REGISTRY, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.pool import Pool, PoolProxiedConnection, QueuePool

_checkout_wait = Histogram(
    "erp_db_pool_checkout_wait_seconds",
    "Time until a database connection was available, including the time to open a new one.",
    ["pool"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


class MeasuredPool(QueuePool):
    """Measures every checkout, including those that time out."""

    pool_name: ClassVar[str]

    def connect(self) -> PoolProxiedConnection:
        with _checkout_wait.labels(self.pool_name).time():
            return super().connect()


def measure(pool: Pool, most_connections: int) -> None:
    """Exposes the state of a measured pool at every scrape; like all custom collectors, for one process only."""
    assert isinstance(pool, MeasuredPool)
    _checkout_wait.labels(pool.pool_name)
    REGISTRY.register(_PoolCollector(pool, most_connections))


class _PoolCollector(Collector):
    def __init__(self, pool: MeasuredPool, most_connections: int) -> None:
        self._pool = pool
        self._most_connections = most_connections

    def collect(self) -> Iterator[GaugeMetricFamily]:
        name = self._pool.pool_name
        connections = GaugeMetricFamily(
            "erp_db_pool_connections", "Open connections of the pool.", labels=["pool", "state"]
        )
        connections.add_metric([name, "checked_out"], self._pool.checkedout())
        connections.add_metric([name, "idle"], self._pool.checkedin())
        yield connections
        most = GaugeMetricFamily("erp_db_pool_max_connections", "Connections that the pool may open.", labels=["pool"])
        most.add_metric([name], self._most_connections)
        yield most
