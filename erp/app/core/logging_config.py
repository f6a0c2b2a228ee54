"""Logs one JSON object per line to standard output, as `logs/record.schema.json` describes it."""

import logging
import sys
import threading
from datetime import UTC, datetime

from pythonjsonlogger.jsonlogger import JsonFormatter

from app.core.identity import Identity
from app.core.redaction import redact
from app.core.request_context import current

FIELDS = (
    "timestamp", "level", "logger", "message", "service", "environment", "version",
    "request_id", "trace_id", "span_id", "user_id", "organization_id",
    "client", "method", "route", "path", "status", "duration_ms", "task_id", "task_name", "exc_info",
)  # fmt: skip

# Loki refuses lines above 256 KiB, and a text can grow sixfold when JSON escapes it.
LONGEST_TEXT = 32_768


class CustomJsonFormatter(JsonFormatter):
    """Writes only known fields, removes secrets and cuts long texts: `extra` cannot widen a line by accident."""

    def __init__(self, identity: Identity) -> None:
        super().__init__("%(message)s")
        self._identity = {
            "service": identity.service_name,
            "environment": identity.environment,
            "version": identity.app_version,
        }

    def add_fields(self, log_record: dict, record: logging.LogRecord, message_dict: dict) -> None:
        super().add_fields(log_record, record, message_dict)
        log_record.update(
            current(),
            **self._identity,
            timestamp=datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds"),
            level=record.levelname,
            logger=record.name,
            message=record.getMessage(),
        )

    def process_log_record(self, log_record: dict) -> dict:
        return {name: _fitting(log_record[name]) for name in FIELDS if log_record.get(name) is not None}


def setup_logging(identity: Identity | None = None) -> None:
    """Makes every logger of this process write lines in this form, including loggers with their own handlers."""
    identity = identity or _identity()
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(CustomJsonFormatter(identity))
    logging.basicConfig(level=identity.log_level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in ("uvicorn", "uvicorn.error", "celery", "celery.task", "sqlalchemy", "alembic"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # The ERP's own line for each request contains more than uvicorn's.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").addFilter(_blame_client)
    # A line for each call to Elasticsearch and each check of the schema's revision would hide the rest.
    for name in ("httpx", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _identity() -> Identity:
    """The level if the settings are not valid either: their faults must be logged."""
    try:
        return Identity()
    except ValueError:
        return Identity.model_construct()


def _blame_client(record: logging.LogRecord) -> bool:
    """An error in the log means that the ERP failed, but for uvicorn a text frame that is not UTF-8 is an error too."""
    if record.msg == "Invalid UTF-8 sequence received from client.":
        record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
    return True


def _uncaught(kind, error, traceback) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("erp").critical("uncaught exception", exc_info=(kind, error, traceback))


def _fitting(value: object) -> object:
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT:
        # The end of a traceback contains the cause, the start the place.
        half = LONGEST_TEXT // 2 - 16
        value = f"{value[:half]} […] {value[-half:]}"
    return redact(value)
