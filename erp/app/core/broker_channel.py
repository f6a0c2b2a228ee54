"""Lets a worker that runs tasks continue when Redis ends and comes back."""

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError


class BrokerChannel(redis.Channel):
    """
    A channel whose connection was closed fails as such. Kombu 5.7 raises an `AttributeError` when a task that is not
    acknowledged is given back or acknowledged through it, and the worker ends.
    """

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection.client is None:
            raise ConnectionError("the connection to the broker was closed")
        return super()._connparams(asynchronous)  # type: ignore[misc]


def use_broker_channel() -> None:
    redis.Transport.Channel = BrokerChannel
