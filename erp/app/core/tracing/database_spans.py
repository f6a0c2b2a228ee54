"""Spans of statements. They contain no SQL: a statement can contain values that somebody wrote into it."""

import re
from functools import lru_cache
from typing import Any

from opentelemetry.trace import Span
from sqlalchemy import Engine, ExceptionContext, event

from app.core.database import Base
from app.core.tracing.spans import Attributes
from app.core.tracing.tracer import Tracer, end

_OPERATIONS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def record_statements(tracer: Tracer) -> None:
    """A span for each statement of every engine, from the call of the driver to the first rows."""

    def begin(_connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool) -> None:
        context.span = tracer.start_client_span(*_description(statement))

    def succeed(_connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
        _end(context, None)

    def fail(failure: ExceptionContext) -> None:
        _end(failure.execution_context, failure.original_exception)

    event.listen(Engine, "before_cursor_execute", begin)
    event.listen(Engine, "after_cursor_execute", succeed)
    event.listen(Engine, "handle_error", fail)


def _end(context: Any, failure: BaseException | None) -> None:
    span: Span | None = getattr(context, "span", None)
    if span is not None:
        context.span = None
        end(span, failure)


@lru_cache(maxsize=1000)
def _description(statement: str) -> tuple[str, Attributes]:
    """
    Name and attributes of a statement: its operation and its first table, if the ERP has that table.
    https://opentelemetry.io/docs/specs/semconv/database/postgresql/
    """
    first, _, _ = statement.lstrip().partition(" ")
    operation = first.upper() if first.upper() in _OPERATIONS else None
    named = re.findall(r"\b(?:FROM|INTO|UPDATE)\s+(\w+)", statement)
    table = next((name for name in named if name in Base.metadata.tables), None)
    attributes = {"db.system.name": "postgresql", "db.operation.name": operation, "db.collection.name": table}
    name = " ".join(part for part in (operation, table) if part) or "postgresql"
    return name, {key: value for key, value in attributes.items() if value}
