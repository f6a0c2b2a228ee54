"""The reference ERP with the HTTP metrics of prometheus-fastapi-instrumentator in place of its own."""

import os
import sys

from prometheus_client import REGISTRY

from app.core.middleware import prometheus_middleware as own
from tests.app_with_test_routes import api, app

# The ERP does not contain this package. The versions of everything else are the same in both environments.
sys.path.append(os.environ["INSTRUMENTATOR"])

from prometheus_fastapi_instrumentator import Instrumentator  # type: ignore[import-not-found]

__all__ = ["app"]

for collector in (own._requests, own._responses, own._processing_time, own._exceptions, own._in_progress):
    REGISTRY.unregister(collector)
Instrumentator().instrument(api)
