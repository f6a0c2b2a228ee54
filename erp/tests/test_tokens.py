"""Tokens that the ERP accepts, and tokens of attackers."""

import asyncio
import base64
import json
import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from app.core.key_set import keys_in
from app.core.token_signer import TokenSigner
from app.core.tokens import TokenRejected, TokenVerifier, User
from tests.issuer import ABSENT, AUDIENCE, ISSUER, Issuer, base64url

RSA = Issuer(rsa.generate_private_key(65537, 2048), "rsa")
EC = Issuer(ec.generate_private_key(ec.SECP256R1()), "ec")
ED = Issuer(ed25519.Ed25519PrivateKey.generate(), "ed")
# Claims to be the other one.
STRANGER = Issuer(ec.generate_private_key(ec.SECP256R1()), "ec")
NOW = int(time.time())
ORGANIZATION = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def verified(tmp_path: Path):
    file = tmp_path / "jwks.json"
    keys = [RSA.jwk(), {**RSA.jwk(), "kid": "pss", "alg": "PS256"}, EC.jwk(), ED.jwk()]
    file.write_text(json.dumps({"keys": keys}))

    def verify(token: str) -> User:
        return asyncio.run(TokenVerifier(keys_in(file, 300), ISSUER, AUDIENCE).user_of(token))

    return verify


@pytest.mark.parametrize(
    ("issuer", "header"),
    [(RSA, {}), (RSA, {"alg": "PS256", "kid": "pss"}), (EC, {}), (ED, {})],
    ids=["RS256", "PS256", "ES256", "EdDSA"],
)
def test_a_valid_token_is_its_user(verified, issuer: Issuer, header: dict) -> None:
    roles = ["reports", "of another program"]
    user = verified(issuer.token(header, sub="auth0|17", organization_id=ORGANIZATION, roles=roles, exp=NOW + 7200))
    assert (user.id, user.organization_id, user.roles) == ("auth0|17", UUID(ORGANIZATION), frozenset(roles))
    assert NOW + 7200 <= user.expires_at <= NOW + 7260


def test_what_is_optional_may_be_absent(verified) -> None:
    assert verified(EC.token(roles=ABSENT, nbf=ABSENT, aud=["other", AUDIENCE])).roles == frozenset()


def test_clocks_may_differ_a_little(verified) -> None:
    now = int(time.time())
    assert verified(EC.token(exp=now - 10, nbf=now + 10))


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        pytest.param("", "malformed", id="empty"),
        pytest.param("hunter2", "malformed", id="a password"),
        pytest.param("a.b.c", "malformed", id="no JSON"),
        pytest.param(f"{base64url(b'[]')}..", "malformed", id="header is a list"),
        pytest.param(f"{base64url(b'[' * 6000)}..", "malformed", id="header is deep"),
        pytest.param("é" * 20, "malformed", id="no ASCII"),
        pytest.param(EC.token(note="x" * 9000), "malformed", id="huge"),
        pytest.param(EC.token({"crit": ["exp"], "exp": 1}), "malformed", id="unknown critical header"),
        pytest.param(EC.token({"alg": "none"}), "algorithm", id="alg none"),
        pytest.param(EC.token({"alg": "NoNe"}).rsplit(".", 1)[0] + ".", "algorithm", id="alg NoNe"),
        pytest.param(EC.token({"alg": "HS256"}), "algorithm", id="the public key as secret"),
        pytest.param(RSA.token({"alg": "HS256"}), "algorithm", id="the public RSA key as secret"),
        pytest.param(RSA.token({"alg": "PS256"}), "algorithm", id="an algorithm that the key is not for"),
        pytest.param(RSA.token({"kid": "ec"}), "algorithm", id="the id of a key of another type"),
        pytest.param(EC.token({"kid": "withdrawn"}), "key", id="unknown key"),
        pytest.param(EC.token({"kid": ""}), "key", id="no key"),
        pytest.param(EC.token({"kid": ["ec"]}), "key", id="key id is a list"),
        pytest.param(STRANGER.token(), "signature", id="signed by somebody else"),
        pytest.param(STRANGER.token({"jwk": STRANGER.jwk()}), "signature", id="brings its own key"),
        pytest.param(STRANGER.token({"jku": "http://127.0.0.1:1/keys"}), "signature", id="names the place of its key"),
        pytest.param(EC.token().rsplit(".", 1)[0] + ".", "signature", id="signature removed"),
        pytest.param(EC.token(exp=NOW - 7200), "expired", id="expired"),
        pytest.param(EC.token(nbf=NOW + 7200), "not_yet_valid", id="not yet valid"),
        pytest.param(EC.token(iat=NOW + 7200), "not_yet_valid", id="issued in the future"),
        pytest.param(EC.token(iss=f"{ISSUER}/"), "issuer", id="another issuer"),
        pytest.param(EC.token(iss=[ISSUER]), "issuer", id="issuer is a list"),
        pytest.param(EC.token(aud="other"), "audience", id="another audience"),
        pytest.param(EC.token(aud=[]), "claims", id="no audience in the list"),
        pytest.param(EC.token(exp=ABSENT), "claims", id="never expires"),
        pytest.param(EC.token(exp="tomorrow"), "claims", id="expiry is text"),
        pytest.param(EC.token(exp=float("inf")), "claims", id="expiry is infinite"),
        pytest.param(EC.token(iss=ABSENT), "claims", id="without issuer"),
        pytest.param(EC.token(aud=ABSENT), "claims", id="without audience"),
        pytest.param(EC.token(sub=ABSENT), "claims", id="without subject"),
        pytest.param(EC.token(sub=""), "claims", id="empty subject"),
        pytest.param(EC.token(sub=17), "claims", id="subject is a number"),
        pytest.param(EC.token(sub="u-17\nforged"), "claims", id="subject with a line break"),
        pytest.param(EC.token(sub="u" * 256), "claims", id="subject too long"),
        pytest.param(EC.token(organization_id=ABSENT), "claims", id="without organisation"),
        pytest.param(EC.token(organization_id="*"), "claims", id="organisation is no UUID"),
        pytest.param(EC.token(organization_id=[ORGANIZATION]), "claims", id="organisation is a list"),
        pytest.param(EC.token(organization_id=f"urn:uuid:{ORGANIZATION}"), "claims", id="organisation is a URN"),
        pytest.param(EC.token(roles="reports"), "claims", id="roles are text"),
        pytest.param(EC.token(roles={"reports": True}), "claims", id="roles are an object"),
        pytest.param(EC.token(roles=[["reports"]]), "claims", id="role is a list"),
        pytest.param(EC.token(roles=None), "claims", id="roles are null"),
        pytest.param(EC.signed({"alg": "ES256", "kid": "ec"}, ["no object"]), "claims", id="claims are a list"),
    ],
)
def test_a_token_that_is_not_valid_is_rejected_with_its_reason(verified, token: str, reason: str) -> None:
    with pytest.raises(TokenRejected) as rejection:
        verified(token)
    assert rejection.value.reason == reason


@pytest.mark.parametrize("issuer", [RSA, EC, ED], ids=["RS256", "ES256", "EdDSA"])
def test_a_token_of_the_signer_is_accepted_with_the_key_that_it_publishes(tmp_path: Path, issuer: Issuer) -> None:
    signer = TokenSigner(issuer.private_pem(), ISSUER, AUDIENCE)
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps({"keys": [signer.public_jwk]}))
    organization = uuid4()
    token = signer.sign("traffic", organization, ["reports"], 60)
    user = asyncio.run(TokenVerifier(keys_in(file, 300), ISSUER, AUDIENCE).user_of(token))
    assert (user.id, user.organization_id, user.roles) == ("traffic", organization, frozenset({"reports"}))
    assert signer.public_jwk == issuer.jwk(kid=signer.public_jwk["kid"], alg=signer.public_jwk["alg"])


@pytest.mark.parametrize("issuer", [RSA, EC, ED], ids=["RS256", "ES256", "EdDSA"])
def test_the_id_of_a_key_is_derived_from_its_public_members(issuer: Issuer) -> None:
    assert TokenSigner(issuer.private_pem(), ISSUER, AUDIENCE).public_jwk["kid"] == issuer.thumbprint()


def test_the_id_of_a_key_is_its_thumbprint() -> None:
    """https://www.rfc-editor.org/rfc/rfc8037, appendix A: the key of A.1 and its thumbprint in A.3."""
    private = base64_bytes("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
    key = Issuer(ed25519.Ed25519PrivateKey.from_private_bytes(private))
    jwk = TokenSigner(key.private_pem(), ISSUER, AUDIENCE).public_jwk
    assert jwk["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert jwk["kid"] == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def base64_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
