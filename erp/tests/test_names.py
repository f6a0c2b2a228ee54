"""The names that the requirements give, imported and used as their examples do (docs/decisions/given-names.md)."""

import json
import subprocess
import sys

from app.core.metrics import ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE, ENTITIES_CREATED_COUNTER, MOST_ORGANIZATIONS
from tests import issuer
from tests.erp_in_operation import Erp
from tests.processes import ERP

AS_WRITTEN = """
import asyncio
import json
import logging

import sentry_sdk
from prometheus_client import REGISTRY
from app.main import app  # before the rest, as a server does
from app.core.config import settings
from app.core.logging_config import CustomJsonFormatter, setup_logging
from app.core.metrics import ENTITIES_CREATED_COUNTER, SERVICE_FUNCTION_DURATION_SECONDS
from app.core.middleware.request_id_middleware import RequestIDMiddleware
from app.core.request_context import bind, get_request_id
from app.features.health.router import router as health_router

setup_logging()
bind({"request_id": "request-of-chapter-9"})

async def create_order_service(organization_id: int):
    with SERVICE_FUNCTION_DURATION_SECONDS.labels(
        service_name="order_service", function_name="create_order"
    ).time():
        ENTITIES_CREATED_COUNTER.labels(
            entity_type="order",
            organization_id=str(organization_id)
        ).inc()

asyncio.run(create_order_service(7))
sentry_sdk.set_tag("request_id", get_request_id())
sentry_sdk.capture_message("Informational message")
try:
    1 / 0
except ZeroDivisionError as e:
    sentry_sdk.capture_exception(e)
sentry_sdk.flush()

labels = {"entity_type": "order", "organization_id": "7"}
duration = {"service_name": "order_service", "function_name": "create_order"}
logging.getLogger("erp").info(json.dumps({
    "created": REGISTRY.get_sample_value("erp_entities_created_total", labels),
    "measured": REGISTRY.get_sample_value("erp_service_function_duration_seconds_count", duration),
    "formatters": [type(handler.formatter) is CustomJsonFormatter for handler in logging.getLogger().handlers],
    "outermost": isinstance(app, RequestIDMiddleware),
    "health": sorted(route.path for route in health_router.routes),
    "title": settings().app_name,
}))
"""


def test_the_examples_of_the_requirements_run_as_they_are_written(erp: Erp) -> None:
    environment = erp.environment | issuer.settings | {"APP_NAME": "Our ERP", "SENTRY_PROFILES_SAMPLE_RATE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", AS_WRITTEN], cwd=ERP, env=environment, capture_output=True, text=True, check=True
    )
    line = json.loads(done.stdout.splitlines()[-1])
    assert json.loads(line["message"]) == {
        "created": 1,
        "measured": 1,
        "formatters": [True],
        "outermost": True,
        "health": ["/healthz/live", "/healthz/ready"],
        "title": "Our ERP",
    }
    message, error = erp.sentry.of("event", "request-of-chapter-9")
    assert (message["message"], message["release"]) == ("Informational message", "1.2.3")
    # `attach_stacktrace`: without it, only exceptions have one.
    assert message["threads"]["values"][0]["stacktrace"]["frames"]
    assert error["exception"]["values"][0]["type"] == "ZeroDivisionError"


def test_defaults_are_those_of_the_requirements() -> None:
    script = (
        "from app.core.config import settings as s; s = s();"
        "print(s.sentry_dsn, s.sentry_traces_sample_rate, s.sentry_profiles_sample_rate, s.app_version)"
    )
    environment = {"DATABASE_URL": "postgresql://erp@db/erp", "REDIS_URL": "redis://cache"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ERP, env=environment, capture_output=True, text=True)
    assert done.stdout == "None 0.1 0.1 0.1.0\n"


def test_the_counter_bounds_its_series_however_its_labels_are_given() -> None:
    for number in range(MOST_ORGANIZATIONS + 50):
        ENTITIES_CREATED_COUNTER.labels(entity_type="order", organization_id=str(number)).inc()
        ENTITIES_CREATED_COUNTER.labels("invoice", number).inc()
    (family,) = ENTITIES_CREATED_COUNTER.collect()
    orders = {
        sample.labels["organization_id"]: sample.value
        for sample in family.samples
        if sample.name.endswith("_total") and sample.labels["entity_type"] == "order"
    }
    assert len(orders) == MOST_ORGANIZATIONS + 1
    assert orders["other"] == 50
    assert ACTIVE_WEBSOCKET_CONNECTIONS_GAUGE.collect()[0].name == "erp_active_websocket_connections"
