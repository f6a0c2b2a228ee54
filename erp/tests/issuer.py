"""
An issuer of tokens with real keys. Its tokens are put together by hand, as RFC 7515 describes it: not by the library
that the ERP verifies them with.
"""

import base64
import hashlib
import hmac
import json
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

ISSUER = "https://issuer.example/tests"
AUDIENCE = "erp-tests"
ABSENT = object()
"""Value of a claim that a token lacks."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class Issuer:
    def __init__(self, key: PrivateKey | None = None, key_id: str | None = None) -> None:
        self._key = key or ec.generate_private_key(ec.SECP256R1())
        self.key_id = key_id or self.thumbprint()

    def token(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A valid token, unless the header or a claim is given otherwise."""
        now = int(time.time())
        valid = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "u-17",
            "organization_id": str(uuid4()),
            "roles": [],
            "nbf": now,
            "exp": now + 3600,
        }
        chosen = {name: value for name, value in (valid | claims).items() if value is not ABSENT}
        return self.signed({"alg": self._algorithm, "kid": self.key_id, "typ": "JWT"} | (header or {}), chosen)

    def signed(self, header: dict[str, Any], claims: object) -> str:
        content = f"{_encoded(header)}.{_encoded(claims)}"
        return f"{content}.{base64url(self._signature(content.encode(), header['alg']))}"

    @property
    def _algorithm(self) -> str:
        kinds = {rsa.RSAPrivateKey: "RS256", ec.EllipticCurvePrivateKey: "ES256"}
        return next((name for kind, name in kinds.items() if isinstance(self._key, kind)), "EdDSA")

    def _signature(self, content: bytes, algorithm: str) -> bytes:
        """RFC 7518, section 3; RFC 8037."""
        if algorithm == "none":
            return b""
        if algorithm == "HS256":
            return hmac.digest(self.public_pem(), content, hashlib.sha256)
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            r, s = decode_dss_signature(self._key.sign(content, ec.ECDSA(SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        if isinstance(self._key, rsa.RSAPrivateKey):
            pss = padding.PSS(padding.MGF1(SHA256()), 32)
            return self._key.sign(content, pss if algorithm == "PS256" else padding.PKCS1v15(), SHA256())
        return self._key.sign(content)

    def jwk(self, **more: str) -> dict[str, str]:
        """The public key."""
        return self._members() | {"kid": self.key_id, "use": "sig"} | more

    def _members(self) -> dict[str, str]:
        """RFC 7518, section 6; RFC 8037."""
        public = self._key.public_key()
        if isinstance(public, ec.EllipticCurvePublicKey):
            numbers = public.public_numbers()
            return {"kty": "EC", "crv": "P-256", "x": _number(numbers.x, 32), "y": _number(numbers.y, 32)}
        if isinstance(public, rsa.RSAPublicKey):
            numbers = public.public_numbers()
            return {"kty": "RSA", "n": _number(numbers.n, public.key_size // 8), "e": _number(numbers.e, 3)}
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}

    def thumbprint(self) -> str:
        """RFC 7638: the required members in the order of the alphabet."""
        members = self._members()
        content = ",".join(f'"{name}":"{members[name]}"' for name in sorted(members))
        return base64url(hashlib.sha256(f"{{{content}}}".encode()).digest())

    def key_set(self) -> str:
        return json.dumps({"keys": [self.jwk()]})

    def public_pem(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def private_pem(self) -> bytes:
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _encoded(part: object) -> str:
    return base64url(json.dumps(part).encode())


def _number(value: int, length: int) -> str:
    return base64url(value.to_bytes(length, "big"))


issuer = Issuer()
"""The issuer of the ERP that the fixtures start."""

_files = tempfile.TemporaryDirectory(prefix="erp-issuer-")
_key_set = Path(_files.name) / "jwks.json"
_key_set.write_text(issuer.key_set())
signing_key = Path(_files.name) / "signing-key.pem"
signing_key.write_bytes(issuer.private_pem())

settings = {"OIDC_ISSUER": ISSUER, "OIDC_AUDIENCE": AUDIENCE, "OIDC_KEYS_FILE": str(_key_set)}
"""Settings of an API that accepts its tokens."""


def bearer(organization_id: str | UUID | None = None, *roles: str, **claims: Any) -> dict[str, str]:
    """Headers of a request of a user of this organisation, by default of one without data."""
    organization = {"organization_id": str(organization_id)} if organization_id else {}
    return {"Authorization": f"Bearer {issuer.token(**organization, roles=list(roles), **claims)}"}
