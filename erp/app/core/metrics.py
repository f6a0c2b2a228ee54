"""The ERP's own metrics. `middleware/prometheus_middleware.py` has those of HTTP."""

import inspect
import time
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Literal, ParamSpec, Self, TypeVar, cast, get_args

from prometheus_client import Counter, Gauge, Histogram

from app.core.identity import Identity
from app.core.request_context import current

EntityType = Literal["organization", "order", "invoice"]
FailureKind = Literal["background_task", "stream"]

P = ParamSpec("P")
R = TypeVar("R")

# Each organisation is one series per pod and entity type.
MOST_ORGANIZATIONS = 200
OTHER = "other"

_organizations = {OTHER}
_organizations_lock = Lock()


class _CounterByOrganization(Counter):
    """Counts organisations together, as `other`, once this process has counted `MOST_ORGANIZATIONS` of them."""

    # Only this counter has these labels.
    def labels(self, entity_type: EntityType, organization_id: object) -> Self:  # type: ignore[override]
        label = str(organization_id)
        with _organizations_lock:
            if len(_organizations) <= MOST_ORGANIZATIONS:
                _organizations.add(label)
            elif label not in _organizations:
                label = OTHER
        return super().labels(entity_type, label)


ENTITIES_CREATED_COUNTER = _CounterByOrganization(
    "erp_entities_created_total", "Business objects created.", ["entity_type", "organization_id"]
)
SERVICE_FUNCTION_DURATION_SECONDS = Histogram(
    "erp_service_function_duration_seconds",
    "Duration of a function of the service layer.",
    ["service_name", "function_name"],
    # 0.5 s, the threshold of the latency objective, is one of them.
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE = Gauge(
    "erp_active_websocket_connections", "Open WebSocket connections.", multiprocess_mode="livesum"
)
dependency_up = Gauge(
    "erp_dependency_up",
    "1 while the ERP reaches this dependency, as of the last readiness check.",
    ["dependency"],
    multiprocess_mode="livemin",
)
_failures_after_response = Counter(
    "erp_failures_after_response_total",
    "Background tasks and streams that failed after the status of their response was sent.",
    ["kind"],
)
_app_info = Gauge("erp_app_info", "Always 1; its labels contain the version that runs.", ["version", "environment"])

for entity_type in get_args(EntityType):
    # Created at the start: `increase()` ignores the first sample of a series.
    ENTITIES_CREATED_COUNTER.labels(entity_type, OTHER)
for failure_kind in get_args(FailureKind):
    _failures_after_response.labels(failure_kind)


def count_failure_after_response(kind: FailureKind) -> None:
    _failures_after_response.labels(kind).inc()


def measured(service_name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Measures each call of a function or coroutine function of a service, including failed calls."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        duration = SERVICE_FUNCTION_DURATION_SECONDS.labels(service_name, function.__name__)

        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def asynchronous(*args: P.args, **kwargs: P.kwargs) -> Any:
                start = time.perf_counter()
                try:
                    return await function(*args, **kwargs)
                finally:
                    duration.observe(time.perf_counter() - start, _exemplar())

            return cast(Callable[P, R], asynchronous)

        @wraps(function)
        def synchronous(*args: P.args, **kwargs: P.kwargs) -> R:
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                duration.observe(time.perf_counter() - start, _exemplar())

        return synchronous

    return decorate


def _exemplar() -> dict[str, str] | None:
    """With it, Grafana leads from a slow call to its trace. None while tracing is off."""
    trace_id = current().get("trace_id")
    return {"trace_id": trace_id} if trace_id else None


def show_version(identity: Identity) -> None:
    _app_info.labels(identity.app_version, identity.environment).set(1)
