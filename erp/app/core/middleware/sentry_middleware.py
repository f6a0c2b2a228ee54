"""Reports failed requests to Sentry, and traces some requests."""

import random
from functools import partial

import sentry_sdk
from sentry_sdk.tracing import Transaction
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import event_from_exception
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.middleware.access_log_middleware import UNLOGGED_ROUTES
from app.core.route_template import UNMATCHED, current_route_template


class SentryMiddleware:
    """
    Takes the place of the SDK's integrations for Starlette and FastAPI, which cost every request as much as its own
    work, sampled or not. Here, a request that is not sampled costs a scope of its own, so that what it sets, such as
    the user, reaches no other request. See docs/decisions/sentry-sdk-2.md.
    """

    def __init__(self, app: ASGIApp, traces_sample_rate: float) -> None:
        self._app = app
        self._rate = traces_sample_rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not sentry_sdk.is_initialized():
            await self._app(scope, receive, send)
            return
        with sentry_sdk.isolation_scope() as own:
            own.set_new_propagation_context()
            own.clear_breadcrumbs()
            own.add_event_processor(partial(_describe, scope))
            if self._is_sampled(scope):
                await self._trace(scope, receive, send)
            else:
                await self._report(scope, receive, send)

    def _is_sampled(self, scope: Scope) -> bool:
        return (
            scope["type"] != "lifespan"
            and random.random() < self._rate
            and current_route_template() not in UNLOGGED_ROUTES
        )

    async def _trace(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = current_route_template() or UNMATCHED
        transaction = Transaction(op=f"{scope['type']}.server", name=name, source="route", sampled=True)
        # With it, Sentry computes how many requests this one represents.
        transaction.sample_rate = self._rate
        with sentry_sdk.start_transaction(transaction):

            async def watched(message: Message) -> None:
                if message["type"] == "http.response.start":
                    transaction.set_http_status(message["status"])
                await send(message)

            await self._report(scope, receive, watched)

    async def _report(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            options = sentry_sdk.get_client().options
            event, hint = event_from_exception(error, options, {"type": "asgi", "handled": False})
            sentry_sdk.capture_event(event, hint)
            raise


def _describe(scope: Scope, event: Event, _hint: Hint) -> Event:
    if scope["type"] != "lifespan":
        event["request"] = {"method": scope.get("method", "GET"), "url": scope["path"]}
    return event
