"""
Runs uvicorn, Celery or Alembic, and logs everything that they print: `python -m app.run uvicorn app.main:app`.

The ERP's modules set up logging when these programs import them. Before that, and in processes that never import them,
such as the parent process of `uvicorn --workers`, the programs would print plain text. uvicorn also gets limits of
request heads, which it lacks.
"""

import os
import runpy
import sys

from app.core.logging_config import setup_logging
from app.core.standard_streams import log_standard_streams


def main() -> None:
    sys.argv = sys.argv[1:]
    if _is_logged(*sys.argv):
        _log_everything()
    if sys.argv[0] == "uvicorn":
        _keep_logging()
        # The default of its option `--http`.
        os.environ.setdefault("UVICORN_HTTP", "app.core.request_heads:LimitedHeadsProtocol")
    # Otherwise, the usage that the program prints begins with `python -m app.`.
    sys.modules["__main__"].__package__ = ""
    runpy.run_module(sys.argv[0], run_name="__main__")


def _is_logged(program: str, *arguments: str) -> bool:
    """Other commands, such as `celery inspect` and `--help`, answer the person who typed them."""
    runs = program == "uvicorn" or not {"worker", "beat", "upgrade"}.isdisjoint(arguments)
    return runs and "--help" not in arguments


def _log_everything() -> None:
    setup_logging()
    log_standard_streams()


def _keep_logging() -> None:
    """uvicorn configures logging at its start, in each of its processes."""
    from uvicorn.config import LOGGING_CONFIG

    LOGGING_CONFIG.update(incremental=True, handlers={}, loggers={})


if __name__ == "__main__":
    main()
elif __name__ == "__mp_main__":  # a process that `uvicorn --workers` or `--reload` has started
    _log_everything()
