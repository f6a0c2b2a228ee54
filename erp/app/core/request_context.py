"""The request, user and organisation that this code runs for: part of every log line and every event in Sentry."""

from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Literal

Field = Literal["request_id", "user_id", "organization_id", "trace_id", "span_id", "task_id", "task_name"]

HANDED_OVER: tuple[Field, ...] = ("request_id", "user_id", "organization_id")

_nobody: Mapping[Field, str] = MappingProxyType({})
_current: ContextVar[Mapping[Field, str]] = ContextVar("request_context", default=_nobody)


def bind(fields: Mapping[Field, str | None]) -> None:
    """Replaces the context of this request or task. Lasts until the asyncio task ends or the next task replaces it."""
    _current.set({name: value for name, value in fields.items() if value})


def get_request_id() -> str | None:
    """The id of the request that this code runs for, also in a task that the request started."""
    return current().get("request_id")


def handed_over() -> dict[Field, str]:
    """The fields that a task takes over from the code that requests it."""
    context = current()
    return {name: context[name] for name in HANDED_OVER if name in context}


def extend(fields: Mapping[Field, str]) -> None:
    """Adds to the context of this request, also for code that wraps the caller and runs in a task of its own."""
    context = _current.get()
    if isinstance(context, dict):
        context.update(fields)
    else:
        bind(fields)


def current() -> Mapping[Field, str]:
    return _current.get()
