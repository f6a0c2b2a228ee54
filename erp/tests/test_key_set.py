"""Where keys come from, with a real issuer that fails, and a real file that changes."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from app.core import key_set
from app.core.key_set import KeySet, KeysUnavailable, keys_at, keys_in, usable_keys
from tests.issuer import Issuer, base64url
from tests.key_server import KeyServer

FIRST, SECOND = Issuer(key_id="first"), Issuer(key_id="second")


@pytest.fixture
def server() -> Iterator[KeyServer]:
    server = KeyServer(FIRST.key_set())
    server.start()
    yield server
    server.stop()


def test_keys_stay_in_use_while_the_issuer_is_down(server: KeyServer) -> None:
    async def scenario() -> None:
        keys = keys_at(server.uri, refresh_seconds=300, retry_seconds=0)
        assert await keys.find("first")
        server.stop()
        assert await keys.find("unknown") is None  # tried, and failed
        assert await keys.find("first")

    asyncio.run(scenario())


def test_without_a_first_answer_there_are_no_keys_until_the_issuer_is_up(server: KeyServer) -> None:
    async def scenario() -> None:
        keys = keys_at(server.uri, refresh_seconds=300, retry_seconds=0)
        unusable = ("<html>", '{"keys": []}', "[]", "[" * 100_000)
        for status, body in ((500, FIRST.key_set()), (302, ""), *((200, body) for body in unusable)):
            server.status, server.key_set = status, body
            with pytest.raises(KeysUnavailable):
                await keys.find("first")
        server.status, server.key_set = 200, FIRST.key_set()
        assert await keys.find("first")

    asyncio.run(scenario())


def test_an_issuer_that_hangs_delays_no_request_whose_key_is_known_and_others_by_a_bounded_time(
    server: KeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        keys = keys_at(server.uri, refresh_seconds=300, retry_seconds=0)
        await keys.find("first")
        # For the whole read: a server can also send a byte now and then.
        monkeypatch.setattr(key_set, "FETCH_SECONDS", 0.3)
        server.proceed.clear()
        others = [asyncio.create_task(keys.find(f"unknown-{number}")) for number in range(20)]
        await asyncio.sleep(0.1)
        assert await asyncio.wait_for(keys.find("first"), 0.1)
        assert await asyncio.wait_for(asyncio.gather(*others), 5) == [None] * 20

    asyncio.run(scenario())
    assert server.requests == 2


def test_a_caller_that_leaves_does_not_end_the_read_for_others(server: KeyServer) -> None:
    async def scenario() -> None:
        keys = keys_at(server.uri, refresh_seconds=300, retry_seconds=300)
        server.proceed.clear()
        leaving, staying = (asyncio.create_task(keys.find("first")) for _ in range(2))
        await asyncio.sleep(0.1)
        leaving.cancel()
        server.proceed.set()
        assert await staying

    asyncio.run(scenario())


def test_unknown_keys_cause_one_read_in_the_time_for_a_retry(server: KeyServer) -> None:
    async def scenario() -> None:
        keys = keys_at(server.uri, refresh_seconds=300, retry_seconds=0.5)
        await keys.find("first")
        start = time.monotonic()
        while time.monotonic() - start < 1.2:
            await asyncio.gather(*(keys.find(f"unknown-{number}") for number in range(50)))
            await asyncio.sleep(0.01)

    asyncio.run(scenario())
    assert 2 <= server.requests <= 4


def test_a_new_key_is_found_and_a_withdrawn_one_is_not(server: KeyServer) -> None:
    async def scenario() -> None:
        keys = keys_at(server.uri, refresh_seconds=300, retry_seconds=0)
        assert await keys.find("first")
        server.key_set = SECOND.key_set()
        assert await keys.find("second")
        assert await keys.find("first") is None

    asyncio.run(scenario())


def test_the_keys_are_read_again_after_an_error_that_nobody_expects() -> None:
    reads = 0

    async def fail() -> bytes:
        nonlocal reads
        reads += 1
        raise RuntimeError("of a library")

    async def scenario() -> None:
        refreshing = asyncio.create_task(KeySet(fail, 300, retry_seconds=0.01).keep_fresh())
        async with asyncio.timeout(10):
            while reads < 3:
                await asyncio.sleep(0.02)
        refreshing.cancel()

    asyncio.run(scenario())


def test_keys_are_refreshed_without_requests(server: KeyServer) -> None:
    async def scenario() -> None:
        refreshing = asyncio.create_task(keys_at(server.uri, 0.05, 0.05).keep_fresh())
        async with asyncio.timeout(10):
            while server.requests < 3:
                await asyncio.sleep(0.02)
        refreshing.cancel()
        # A read that has started ends by itself.
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0.02)

    asyncio.run(scenario())


def test_a_file_that_is_replaced_as_the_kubelet_does_it_is_read_again(tmp_path: Path) -> None:
    """A Secret's files are links into a directory; the kubelet replaces the link to that directory."""
    for directory, issuer in (("one", FIRST), ("two", SECOND)):
        (tmp_path / directory).mkdir()
        (tmp_path / directory / "jwks.json").write_text(issuer.key_set())
    (tmp_path / "..data").symlink_to("one")
    (tmp_path / "jwks.json").symlink_to("..data/jwks.json")

    async def scenario() -> None:
        keys = keys_in(tmp_path / "jwks.json", retry_seconds=0)
        assert await keys.find("first")
        (tmp_path / "new").symlink_to("two")
        (tmp_path / "new").rename(tmp_path / "..data")
        assert await keys.find("second")
        (tmp_path / "two" / "jwks.json").write_text("half a file")
        assert await keys.find("unknown") is None
        assert await keys.find("second")

    asyncio.run(scenario())


def test_every_supported_type_of_key_is_usable() -> None:
    kinds = {
        "rsa": rsa.generate_private_key(65537, 2048),
        "p-256": ec.generate_private_key(ec.SECP256R1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate(),
    }
    found = usable_keys(json.dumps({"keys": [Issuer(key, name).jwk() for name, key in kinds.items()]}).encode())
    assert {name: key.algorithm_name for name, key in found.items()} == {
        "rsa": "RS256", "p-256": "ES256", "ed25519": "EdDSA",
    }  # fmt: skip


def test_keys_that_must_not_verify_tokens_are_ignored() -> None:
    secret = {"kty": "oct", "k": base64url(b"k" * 64), "kid": "symmetric", "alg": "HS256"}
    short = Issuer(rsa.generate_private_key(65537, 1024), "short").jwk()
    other_algorithm = Issuer(rsa.generate_private_key(65537, 2048), "other algorithm").jwk(alg="RS512")
    pair = ec.generate_private_key(ec.SECP256R1())
    secret_number = base64url(pair.private_numbers().private_value.to_bytes(32, "big"))
    refused = [
        secret,
        short,
        FIRST.jwk(kid="for encryption", use="enc"),
        Issuer(pair, "private").jwk(d=secret_number),
        other_algorithm,
        {name: value for name, value in FIRST.jwk().items() if name != "kid"},
        {"kty": "of the future", "kid": "unknown"},
        "no object",
        FIRST.jwk(kid=["no text"]),
        FIRST.jwk(alg="none"),
        FIRST.jwk(alg=["no text"]),
    ]
    assert usable_keys(json.dumps({"keys": [*refused, SECOND.jwk()]}).encode()).keys() == {"second"}
    with pytest.raises(ValueError, match="no public key"):
        usable_keys(json.dumps({"keys": refused}).encode())
