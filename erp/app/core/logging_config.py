"""Logs one JSON object per line to standard output, as `logs/record.schema.json` describes it."""

import json
import logging
import math
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any, TextIO, cast

from pythonjsonlogger.jsonlogger import JsonFormatter

from app.core.identity import Identity
from app.core.redaction import redact, redact_user_id
from app.core.request_context import current

FIELDS = (
    "timestamp", "level", "logger", "message", "service", "environment", "version",
    "request_id", "trace_id", "span_id", "user_id", "organization_id",
    "client", "method", "route", "path", "status", "duration_ms", "task_id", "task_name", "exc_info",
)  # fmt: skip

# Texts of our own code and settings, and ids, whose form is checked before they are bound. An id can look like a card
# number by chance, and must be the same here, in Sentry and in the response.
OWN_TEXTS = {
    "timestamp", "level", "logger", "service", "environment", "version",
    "request_id", "trace_id", "span_id", "user_id", "organization_id", "route", "task_id", "task_name",
}  # fmt: skip


class CustomJsonFormatter(JsonFormatter):
    """Writes only known fields, removes secrets and cuts long texts: `extra` cannot widen a line by accident."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            "%(message)s", json_serializer=partial(json.dumps, allow_nan=False)
        )
        self._identity = {
            "service": identity.service_name,
            "environment": identity.environment,
            "version": identity.app_version,
        }

    def add_fields(self, log_record: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        super().add_fields(log_record, record, message_dict)
        log_record.update(
            cast(Mapping[str, str], current()),
            **self._identity,
            timestamp=datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds"),
            level=record.levelname,
            logger=record.name,
            message=record.getMessage(),
        )
        if "user_id" in log_record:
            log_record["user_id"] = redact_user_id(log_record["user_id"])

    def process_log_record(self, log_record: dict[str, Any]) -> dict[str, Any]:
        known = {name: log_record[name] for name in FIELDS if _can_be_written(log_record.get(name))}
        fields: dict[str, Any] = redact(known, kept=OWN_TEXTS)
        return fields


def _can_be_written(value: object) -> bool:
    """JSON has no number that is not finite."""
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


class LineHandler(logging.StreamHandler[TextIO]):
    """Writes a line about a line that cannot be written, where `logging` prints a traceback."""

    def handleError(self, record: logging.LogRecord) -> None:
        failure = sys.exc_info()
        if isinstance(failure[1], OSError) or record.name == __name__:
            return
        place = (record.name, record.pathname, record.lineno)
        text = "a line of the logger %s cannot be written, see %s:%d"
        self.emit(logging.LogRecord(__name__, logging.ERROR, record.pathname, record.lineno, text, place, failure))


def setup_logging(identity: Identity | None = None) -> None:
    """Makes every logger of this process write lines in this form, including loggers with their own handlers."""
    identity = identity or _identity()
    handler = LineHandler(sys.__stdout__)
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
    sys.unraisablehook = _ignored
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


def _uncaught(kind: type[BaseException], error: BaseException | None, _: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    logging.getLogger("erp").critical("uncaught exception", exc_info=error)


def _ignored(unraisable: "sys.UnraisableHookArgs") -> None:
    """An exception that Python cannot raise, as in `__del__`."""
    place = getattr(unraisable.object, "__qualname__", type(unraisable.object).__qualname__)
    logging.getLogger("erp").error("exception ignored in %s", place, exc_info=unraisable.exc_value)
