"""Signs tokens where the ERP has no issuer: on a laptop, and for the traffic generator."""

import base64
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import Field, field_validator

from app.core.token_settings import TokenSettings


class TokenSigner:
    """Signs with a private key in PEM format: RSA, an elliptic curve (P-256) or Ed25519."""

    def __init__(self, private_key: bytes, issuer: str, audience: str) -> None:
        key = load_pem_private_key(private_key, None)
        if isinstance(key, RSAPrivateKey):
            self._algorithm = "RS256"
        elif isinstance(key, EllipticCurvePrivateKey) and key.curve.name == "secp256r1":
            self._algorithm = "ES256"
        elif isinstance(key, Ed25519PrivateKey):
            self._algorithm = "EdDSA"
        else:
            raise ValueError("the key is neither RSA nor P-256 nor Ed25519")
        self._key = key
        self._issuer = issuer
        self._audience = audience
        public = jwt.get_algorithm_by_name(self._algorithm).to_jwk(key.public_key(), as_dict=True)
        members = {name: public[name] for name in _members[public["kty"]]}
        self.public_jwk = {**members, "kid": _thumbprint(members), "use": "sig", "alg": self._algorithm}

    def sign(self, user_id: str, organization_id: UUID, roles: Sequence[str], seconds: float) -> str:
        """A token that is valid for this time from now on."""
        now = int(time.time())
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": user_id,
            "organization_id": str(organization_id),
            "roles": list(roles),
            "iat": now,
            "exp": now + int(seconds),
            "jti": uuid4().hex,
        }
        return jwt.encode(claims, self._key, self._algorithm, {"kid": self.public_jwk["kid"]})


class SignerSettings(TokenSettings):
    """Settings of a process that signs tokens."""

    traffic_signing_key_file: Path = Field(description="write the path of the private key (PEM, without a passphrase)")

    @field_validator("traffic_signing_key_file")
    @classmethod
    def _usable(cls, file: Path) -> Path:
        try:
            TokenSigner(file.read_bytes(), "", "")
        except OSError as error:
            raise ValueError(f"cannot be read ({error.strerror})") from None
        except (TypeError, ValueError):
            raise ValueError("must be a private key of RSA, P-256 or Ed25519") from None
        return file

    def signer(self) -> TokenSigner:
        return TokenSigner(self.traffic_signing_key_file.read_bytes(), self.oidc_issuer, self.oidc_audience)


# Those that a public key must have (RFC 7638, section 3.2; RFC 8037, section 2).
_members = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x")}


def _thumbprint(members: Mapping[str, str]) -> str:
    """The id of a key (RFC 7638): issuer and verifier derive the same one."""
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":"), sort_keys=True).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
