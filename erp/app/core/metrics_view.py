"""`/metrics` of the API."""

from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response


def metrics(request: Request) -> Response:
    """In the text format of Prometheus or, if the client accepts it, in OpenMetrics, which has exemplars."""
    try:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    except (TypeError, ValueError):  # of prometheus-client, for a version such as `x.0.0`
        encode, content_type = choose_encoder("")
    return Response(encode(REGISTRY), headers={"Content-Type": content_type})
