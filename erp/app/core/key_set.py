"""The public keys that verify tokens: a JWK set (RFC 7517) of the issuer, from its URI or from a file."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
from jwt import PyJWK

from app.core.http_client import HttpClient
from app.core.token_metrics import show_key_fetch

logger = logging.getLogger("erp.identity")

# Asymmetric ones only: a key that verifies tokens must not be able to sign them.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")

FETCH_SECONDS = 3

Keys = Mapping[str, PyJWK]


class KeysUnavailable(Exception):
    """The keys could not be read since this process started."""


class KeySet:
    """
    Keys that are read again while the API runs.

    Keys that were read last are used for as long as no newer ones can be read: an issuer that is down locks nobody out.
    A key that is not in the set causes at most one more read in `retry_seconds`, however many tokens name such keys.
    """

    def __init__(self, load: Callable[[], Awaitable[bytes]], refresh_seconds: float, retry_seconds: float) -> None:
        self._load = load
        self._refresh_seconds = refresh_seconds
        self.retry_seconds = retry_seconds
        self._keys: Keys = {}
        self._reading: asyncio.Task[None] | None = None
        self._attempted = float("-inf")
        self._failing = False

    async def find(self, key_id: str) -> PyJWK | None:
        """The key, or None if it is not in the set that was read last."""
        if key_id not in self._keys and (self._reading or self._may_retry()):
            await self._read()
        if not self._keys:
            raise KeysUnavailable
        return self._keys.get(key_id)

    async def keep_fresh(self) -> None:
        """Reads the keys now, and again whenever they are old. Runs until it is cancelled."""
        while True:
            await self._read()
            await asyncio.sleep(self.retry_seconds if self._failing else self._refresh_seconds)

    def _may_retry(self) -> bool:
        return time.monotonic() - self._attempted >= self.retry_seconds

    async def _read(self) -> None:
        """Concurrent callers wait for the same read, which continues when one of them leaves."""
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_once())
        await asyncio.shield(self._reading)

    async def _read_once(self) -> None:
        self._attempted = time.monotonic()
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                self._keys = usable_keys(await self._load())
            self._note(None)
        except Exception as error:  # for any reason: the keys must be read again later
            self._note(error)
        finally:
            self._reading = None

    def _note(self, error: Exception | None) -> None:
        show_key_fetch(succeeded=error is None)
        if error and not self._failing:
            logger.warning(
                "the keys that verify tokens cannot be read (%s: %s): %s",
                type(error).__name__,
                error,
                "those that were read last stay in use"
                if self._keys
                else "requests with a token are answered with 503",
            )
        elif self._failing and not error:
            logger.info("the keys that verify tokens can be read again")
        self._failing = error is not None


def keys_at(uri: str, refresh_seconds: float, retry_seconds: float) -> KeySet:
    """Keys that the issuer publishes."""
    # No connection is needed until the next fetch.
    client = HttpClient({}, timeout=FETCH_SECONDS, limits=httpx.Limits(max_keepalive_connections=0))

    async def fetch() -> bytes:
        return (await client.get(uri)).raise_for_status().content

    return KeySet(fetch, refresh_seconds, retry_seconds)


def keys_in(file: Path, retry_seconds: float) -> KeySet:
    """Keys in a file, such as one of a Secret, which the kubelet replaces when the Secret changes."""

    async def read() -> bytes:
        return file.read_bytes()

    return KeySet(read, retry_seconds, retry_seconds)


def usable_keys(text: bytes) -> Keys:
    """
    Public keys for signatures with one of the algorithms, by their ids. Others are ignored (RFC 7517, section 5).

    A key without `alg` is for RS256, ES256 or EdDSA, depending on its type.
    """
    try:
        document = json.loads(text)
    except RecursionError:
        raise ValueError("the JWK set is nested too deeply") from None
    entries = document.get("keys") if isinstance(document, dict) else None
    found = [_parsed(entry) for entry in entries] if isinstance(entries, list) else []
    keys = {str(key.key_id): key for key in found if key and _is_usable(key)}
    if not keys:
        raise ValueError("no public key for signatures with an id (`kid`) is in the JWK set")
    return keys


def _parsed(entry: dict[str, Any]) -> PyJWK | None:
    try:
        return PyJWK(entry)
    except Exception:  # PyJWT's own and others: the other keys of the set are still used
        return None


def _is_usable(key: PyJWK) -> bool:
    return (
        isinstance(key.key_id, str)
        and bool(key.key_id)
        and key.algorithm_name in ALGORITHMS
        and key.public_key_use in (None, "sig")
        # Only public keys verify.
        and hasattr(key.key, "verify")
        and key.Algorithm.check_key_length(key.key) is None
    )
