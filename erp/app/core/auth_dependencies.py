"""
Dependencies that identify the caller: routes declare `CurrentUser`, `OrganizationId` and `requires`.

Only the token identifies a caller. `X-Organization-ID` and `X-User-ID` of a request have no meaning.
"""

import asyncio
import logging
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Annotated, Literal
from uuid import UUID

import sentry_sdk
from fastapi import Depends, HTTPException, WebSocket, WebSocketException, status
from fastapi.params import Depends as Dependency
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection, Request

from app.core.api_settings import api_settings
from app.core.key_set import KeySet, keys_at, keys_in
from app.core.request_context import extend
from app.core.token_metrics import RejectionReason, count_accepted_token, count_rejected_token
from app.core.tokens import TokenRejected, TokenVerifier, User

logger = logging.getLogger("erp.identity")

Role = Literal["organizations", "reports"]

SUBPROTOCOL = "bearer"


class _BearerToken(HTTPBearer):
    """
    The token of a request, or of the handshake of a WebSocket. A browser cannot set `Authorization` there: it offers
    two subprotocols, `bearer` and the token. A URL would be logged by every proxy.
    """

    async def __call__(self, connection: HTTPConnection) -> HTTPAuthorizationCredentials:
        is_websocket = connection.scope["type"] == "websocket"
        token = _offered(connection) if is_websocket else _authorized(connection)
        return HTTPAuthorizationCredentials(scheme=SUBPROTOCOL, credentials=token)


def _offered(handshake: HTTPConnection) -> str:
    match handshake.scope["subprotocols"]:
        case [name, token] if name == SUBPROTOCOL:
            return str(token)
        case offered:
            raise _refused(handshake, "malformed" if SUBPROTOCOL in offered else "missing")


def _authorized(request: HTTPConnection) -> str:
    values = request.headers.getlist("Authorization")
    if len(values) > 1:
        raise _refused(request, "malformed")
    scheme, _, token = "".join(values).partition(" ")
    if scheme.lower() != "bearer":
        raise _refused(request, "missing")
    return token.strip()


def _refused(connection: HTTPConnection, reason: RejectionReason) -> Exception:
    count_rejected_token(reason)
    if reason != "missing":
        # No warning: outsiders decide how many of these lines there are.
        logger.info("token rejected: %s", reason)
    if connection.scope["type"] == "websocket":
        # The server answers the handshake with 403. For a response with another status, it would log an error.
        return WebSocketException(status.WS_1008_POLICY_VIOLATION)
    # RFC 6750, section 3.
    if reason == "missing":
        return HTTPException(401, "a bearer token is required", {"WWW-Authenticate": "Bearer"})
    description = f"the token is not valid ({reason})"
    challenge = f'Bearer error="invalid_token", error_description="{description}"'
    return HTTPException(401, description, {"WWW-Authenticate": challenge})


_bearer_token = _BearerToken(bearerFormat="JWT", scheme_name="token", description="A token of the issuer.")


async def get_current_active_user(
    connection: HTTPConnection,
    token: Annotated[HTTPAuthorizationCredentials, Depends(_bearer_token)],
) -> User:
    """
    The user that the token was issued to. The issuer decides who is active: it issues no more tokens to others, whose
    last one is accepted until it expires.
    """
    known: User | None = getattr(connection.state, "user", None)
    if known is not None:
        return known
    try:
        user = await _verifier().user_of(token.credentials)
    except TokenRejected as rejection:
        raise _refused(connection, rejection.reason) from None
    connection.state.user = user
    count_accepted_token()
    extend({"user_id": user.id, "organization_id": str(user.organization_id)})
    sentry_sdk.set_user({"id": user.id})
    sentry_sdk.set_tag("organization_id", str(user.organization_id))
    return user


async def identify(request: Request) -> None:
    """Refuses a request without a valid token before its body is parsed. FastAPI parses it before any dependency."""
    if get_current_active_user not in request.app.dependency_overrides:
        await get_current_active_user(request, await _bearer_token(request))


CurrentUser = Annotated[User, Depends(get_current_active_user)]


async def _organization_id(user: CurrentUser) -> UUID:
    return user.organization_id


OrganizationId = Annotated[UUID, Depends(_organization_id)]


def require(user: User, role: Role) -> None:
    if role not in user.roles:
        challenge = f'Bearer error="insufficient_scope", error_description="the role {role} is required"'
        raise HTTPException(403, f"the role {role} is required", {"WWW-Authenticate": challenge})


def requires(role: Role) -> Dependency:
    """A dependency that refuses users without this role."""

    async def check(user: CurrentUser) -> None:
        require(user, role)

    dependency: Dependency = Depends(check)
    return dependency


async def keys_are_unavailable(connection: HTTPConnection, _: Exception) -> JSONResponse | None:
    """Handles `KeysUnavailable`. Sentry gets no event: it would be one for each request."""
    if isinstance(connection, WebSocket):
        await connection.close(status.WS_1013_TRY_AGAIN_LATER)
        return None
    seconds = str(math.ceil(api_settings.oidc_keys_retry_seconds))
    return JSONResponse({"detail": "tokens cannot be verified at the moment"}, 503, {"Retry-After": seconds})


@asynccontextmanager
async def fresh_keys() -> AsyncIterator[None]:
    """Keeps the keys fresh, whether or not there are requests."""
    refreshing = asyncio.create_task(_keys().keep_fresh())
    try:
        yield
    finally:
        refreshing.cancel()


@cache
def _keys() -> KeySet:
    given = api_settings
    if given.oidc_keys_uri is not None:
        return keys_at(given.oidc_keys_uri, given.oidc_keys_refresh_seconds, given.oidc_keys_retry_seconds)
    assert given.oidc_keys_file is not None
    return keys_in(given.oidc_keys_file, given.oidc_keys_retry_seconds)


@cache
def _verifier() -> TokenVerifier:
    return TokenVerifier(_keys(), api_settings.oidc_issuer, api_settings.oidc_audience)
