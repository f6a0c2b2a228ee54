"""Metrics of the tokens of callers, and of the keys that verify them."""

from typing import Literal, get_args

from prometheus_client import Counter, Gauge

RejectionReason = Literal[
    "missing",
    "malformed",
    "algorithm",
    "key",
    "signature",
    "expired",
    "not_yet_valid",
    "issuer",
    "audience",
    "claims",
]

_accepted = Counter("erp_tokens_accepted_total", "Requests and WebSockets whose token was accepted.")
_rejected = Counter("erp_tokens_rejected_total", "Requests that were refused for lack of a valid token.", ["reason"])
_fetches = Counter(
    "erp_identity_key_fetches_total",
    "Attempts to read the keys that verify tokens, from the issuer or from a file.",
    ["result"],
)
_last_success = Gauge(
    "erp_identity_keys_last_success_timestamp_seconds",
    "Unix time at which the keys that verify tokens were last read; before the first time, the start of the process.",
    multiprocess_mode="max",
)

# Created at the start: `increase()` ignores the first sample of a series.
for reason in get_args(RejectionReason):
    _rejected.labels(reason)
for result in ("success", "failure"):
    _fetches.labels(result)
_last_success.set_to_current_time()


def count_accepted_token() -> None:
    _accepted.inc()


def count_rejected_token(reason: RejectionReason) -> None:
    _rejected.labels(reason).inc()


def show_key_fetch(succeeded: bool) -> None:
    _fetches.labels("success" if succeeded else "failure").inc()
    if succeeded:
        _last_success.set_to_current_time()
