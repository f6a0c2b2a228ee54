"""Calls of other servers over HTTP."""

from typing import Any

import httpx

from app.core.tracing.spans import Attributes, client_span


class HttpClient(httpx.AsyncClient):
    """
    Records a span for each call in a trace. Its name is the method, or the `operation` of the extensions of the
    request. Neither path nor query are recorded, and no header with the trace is sent to servers that are not the ERP.
    """

    def __init__(self, attributes: Attributes, **options: Any) -> None:
        super().__init__(**options)
        self._attributes = attributes

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        name = request.extensions.get("operation", request.method)
        server = {"http.request.method": request.method, "server.address": request.url.host}
        with client_span(name, {**self._attributes, **server}) as span:
            response = await super().send(request, **options)
            span.set_attribute("http.response.status_code", response.status_code)
            return response
