"""Every line that the ERP's programs write is a log line (docs/decisions/json-logs.md lists the exceptions)."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local.servers import PostgreSql, Redis, free_port, wait_until
from tests.processes import ERP, Program, Worker

ENVIRONMENT = {"DATABASE_URL": "postgresql://erp@127.0.0.1:1/erp", "REDIS_URL": "redis://127.0.0.1:1"}


def _written(program: Program) -> list[dict]:
    """All lines. A line that does not match the schema, and one without an end, is a failure."""
    text = program.log.read_text()
    assert text.endswith("\n"), text
    return program.lines()


@pytest.mark.parametrize("option", [["--workers", "2"], ["--reload", "--reload-dir", "local"]], ids=lambda o: o[0])
def test_servers_with_several_processes_write_only_log_lines(tmp_path: Path, option: list[str]) -> None:
    command = ["uvicorn", "tests.app_that_prints:app", "--port", str(free_port()), *option]
    server = Program(tmp_path / "log", command, {})
    wait_until(lambda: "Application startup complete" in server.log.read_text(), f"the server, see {server.log}")
    server.stop()
    lines = _written(server)
    messages = [line["message"] for line in lines]
    assert [message for message in messages if message.startswith(("Started parent", "Started reloader"))]
    for logger, level, expected in [
        ("stdout", "INFO", "printed 1 and printed again"),
        ("stdout", "INFO", "in two lines"),
        ("stderr", "WARNING", "on standard error"),
        ("stderr", "WARNING", "LookupError: printed traceback"),
    ]:
        assert (logger, level, expected) in [(line["logger"], line["level"], line["message"]) for line in lines]
    for logger, expected in [
        ("py.warnings", "a warning"),
        ("app.core.logging_config", "a line of the logger erp.test cannot be written"),
        ("erp", "exception ignored in Unraisable.__del__"),
        ("erp", "uncaught exception"),
        ("asyncio", "Task exception was never retrieved"),
    ]:
        assert any(line["logger"] == logger and expected in line["message"] for line in lines), expected
    assert not any("duration_ms" in line for line in lines) and {"a measurement", "another"} <= set(messages)


def test_a_message_at_the_exit_and_a_line_without_an_end_are_log_lines() -> None:
    script = """
import sys
from app.core.logging_config import setup_logging
from app.core.standard_streams import log_standard_streams
setup_logging()
log_standard_streams()
print("no line break", end="")
sys.exit("the reason")
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ERP, env={}, capture_output=True, text=True)
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert (ended.returncode, ended.stderr) == (1, "")
    assert {(line["logger"], line["message"]) for line in lines} == {
        ("stdout", "no line break"),
        ("stderr", "the reason"),
    }


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["uvicorn", "app.nowhere:app"], 'Could not import module "app.nowhere"'),
        (["uvicorn", "app.nowhere:app", "--workers", "2"], 'Could not import module "app.nowhere"'),
        (["uvicorn", "tests.app_that_prints:app", "--port", "{taken}"], "address already in use"),
        (["uvicorn", "tests.app_that_prints:app", "--port", "{taken}", "--workers", "2"], "Address already in use"),
        (["celery", "--quiet", "--app", "app.nowhere", "worker"], "The module app.nowhere was not found."),
        (["alembic", "upgrade", "nonsense"], "Can't locate revision identified by 'nonsense'"),
        (["alembic", "--config", "nowhere.ini", "upgrade", "head"], "No 'script_location' key found"),
    ],
    ids=" ".join,
)
def test_a_program_that_cannot_start_states_it_in_log_lines(
    tmp_path: Path, servers: tuple[PostgreSql, Redis], command: list[str], expected: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = str(server.getsockname()[1])
        database = {"DATABASE_URL": servers[0].url("postgres")}
        program = Program(tmp_path / "log", [word.format(taken=taken) for word in command], ENVIRONMENT | database)
        if "--workers" in command and "app.nowhere:app" in command:
            # uvicorn starts its children again and again.
            wait_until(lambda: expected in program.log.read_text().replace('\\"', '"'), "the message")
            program.stop()
        else:
            assert program.wait_for_end() != 0
    assert any(expected in line["message"] for line in _written(program))


def test_a_worker_whose_metrics_port_is_in_use_ends_with_a_message(
    tmp_path: Path, servers: tuple[PostgreSql, Redis]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        environment = {"DATABASE_URL": servers[0].url("postgres"), "REDIS_URL": servers[1].url}
        worker = Worker(tmp_path / "log", environment | {"METRICS_PORT": str(port)})
        assert worker.wait_for_end() == 1
    lines = [line for line in _written(worker) if line["level"] == "CRITICAL"]
    assert [line["message"] for line in lines] == [
        f"METRICS_PORT: port {port} cannot be used (Address already in use); choose a free port"
    ]
    assert not any("exc_info" in line for line in worker.lines())


def test_an_answer_to_a_person_is_no_log_line() -> None:
    for command in (["celery", "--app", "app.core.task_queue", "inspect", "--help"], ["uvicorn", "--help"]):
        answer = subprocess.run(
            [sys.executable, "-m", "app.run", *command], cwd=ERP, env=ENVIRONMENT, capture_output=True, text=True
        )
        assert answer.stdout.startswith(f"Usage: {command[0]} ")
