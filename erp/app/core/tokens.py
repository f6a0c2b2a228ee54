"""Verifies bearer tokens: JSON Web Tokens (RFC 7519) that the issuer signed for this ERP."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt
from jwt.utils import base64url_decode

from app.core.key_set import ALGORITHMS, KeySet
from app.core.token_metrics import RejectionReason

# Clocks of issuer and ERP differ.
LEEWAY_SECONDS = 30
# Bounds the work that a caller without a valid token can cause.
LONGEST_TOKEN = 8192


@dataclass(frozen=True)
class User:
    """Who a token was issued to."""

    id: str
    organization_id: UUID
    roles: frozenset[str]
    expires_at: float
    """Unix time from which the token is no longer accepted."""


class TokenRejected(Exception):
    """The token is not valid here."""

    def __init__(self, reason: RejectionReason) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenVerifier:
    """Verifies tokens of one issuer for one audience."""

    def __init__(self, keys: KeySet, issuer: str, audience: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience

    async def user_of(self, token: str) -> User:
        """Raises `TokenRejected`, or `KeysUnavailable` if no token can be verified at the moment."""
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise TokenRejected("key")
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                issuer=self._issuer,
                audience=self._audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
            return _user(claims)
        except jwt.InvalidTokenError as error:
            raise TokenRejected(_reason(error)) from None


def _key_id(token: str) -> str:
    """The key that the token names. Nothing in a header may be trusted before the signature is verified."""
    if len(token) > LONGEST_TOKEN:
        raise TokenRejected("malformed")
    # PyJWT's function for it also decodes the claims and the signature, and would double the time that a token takes.
    try:
        header = json.loads(base64url_decode(token.partition(".")[0]))
    except (ValueError, RecursionError):
        raise TokenRejected("malformed") from None
    # `crit` names extensions that must be understood (RFC 7515, section 4.1.11). None is.
    if not isinstance(header, dict) or "crit" in header:
        raise TokenRejected("malformed")
    if header.get("alg") not in ALGORITHMS:
        raise TokenRejected("algorithm")
    key_id = header.get("kid")
    if not key_id or not isinstance(key_id, str):
        raise TokenRejected("key")
    return key_id


def _user(claims: Mapping[str, Any]) -> User:
    id_, organization, roles = claims["sub"], claims.get("organization_id"), claims.get("roles", [])
    # OpenID Connect Core 1.0, section 2: at most 255 characters of ASCII. A log line gets only printable ones.
    if not re.fullmatch(r"[!-~]{1,255}", id_):
        raise TokenRejected("claims")
    if not isinstance(organization, str) or not re.fullmatch(_uuid, organization, re.I):
        raise TokenRejected("claims")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise TokenRejected("claims")
    return User(id_, UUID(organization), frozenset(roles), int(claims["exp"]) + LEEWAY_SECONDS)


_uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

_reasons: tuple[tuple[type[Exception], RejectionReason], ...] = (
    (jwt.InvalidSignatureError, "signature"),
    (jwt.InvalidAlgorithmError, "algorithm"),
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "not_yet_valid"),
    (jwt.InvalidIssuerError, "issuer"),
    (jwt.InvalidAudienceError, "audience"),
)


def _reason(error: Exception) -> RejectionReason:
    return next((reason for kind, reason in _reasons if isinstance(error, kind)), "claims")
