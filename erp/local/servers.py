"""Starts PostgreSQL and Redis of this machine, each on a loopback port, with data that is deleted at the end."""

import glob
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

# Below the ports that Linux gives to outgoing connections, one of which could take the port before the program does,
# and below the node ports of Kubernetes. Processes that were started one after the other begin far apart.
_ports = itertools.cycle(20_000 + (os.getpid() * 97 + offset) % 10_000 for offset in range(10_000))


def free_port() -> int:
    """A port that no program of this machine listens on, and that this process has not returned before."""
    return next(filter(_is_free, _ports))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
        return True


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """A long limit costs nothing while the condition comes true, and a busy machine needs it."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.02)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A server program of this machine. It can be stopped and started again with the same port and data."""

    name: str

    def __init__(self) -> None:
        self.port = free_port()
        self.directory = Path(tempfile.mkdtemp(prefix=f"erp-{self.name}-"))
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def is_ready(self) -> bool:
        return answers(self.port)

    def prepare(self) -> None:
        """Prepares the server before its first start."""

    def start(self) -> None:
        if not (self.directory / "log").exists():
            self.prepare()
        with open(self.directory / "log", "ab") as log:
            # In a process group of its own: after Ctrl-C, the programs that use the server must end before it.
            self._process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, process_group=0, **as_user(self.user())
            )
        wait_until(self.is_ready, f"{self.name} on port {self.port}, see {self.directory}/log", 60)

    def stop(self) -> None:
        if self._process is not None:
            # The fast shutdown of PostgreSQL. Redis treats it like any other signal.
            self._process.send_signal(signal.SIGINT)
            self._process.wait(20)
            self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """The server still accepts connections, as its kernel does that, but it answers nothing."""
        paused = []
        try:
            for pid in self.pids():
                os.kill(pid, signal.SIGSTOP)
                paused.append(pid)
            yield
        finally:
            for pid in reversed(paused):
                os.kill(pid, signal.SIGCONT)

    def pids(self) -> Iterator[int]:
        assert self._process, f"{self.name} runs"
        yield self._process.pid

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def user(self) -> str | None:
        """The user that runs the server if this process runs as root."""
        return None


class Redis(Server):
    name = "redis"

    def command(self) -> list[str]:
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.directory)]
        return [binary("redis-server"), *place, "--save", ""]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"


class PostgreSql(Server):
    """Accepts every connection without a password, as user `erp`."""

    name = "postgresql"

    def prepare(self) -> None:
        self.own_directory()
        command = [binary("initdb"), "--pgdata", self._data, "--username", "erp", "--auth", "trust", "--no-sync"]
        subprocess.run(command, check=True, capture_output=True, **as_user(self.user()))

    def own_directory(self) -> None:
        if user := self.user():
            shutil.chown(self.directory, user)

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            # The data is deleted at the end.
            "fsync": "off",
        }
        return [binary("postgres"), "-D", self._data, *(f"--{name}={value}" for name, value in settings.items())]

    def is_ready(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, name: str) -> str:
        """URL of the database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return self.url(name)

    def pids(self) -> Iterator[int]:
        """The server, and then the processes that it has started for its clients."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            yield from super().pids()
            clients = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            own = connection.info.backend_pid
            yield from [pid for (pid,) in connection.execute(clients).fetchall() if pid != own]

    def user(self) -> str | None:
        """PostgreSQL refuses to run as root."""
        return "postgres" if os.geteuid() == 0 else None

    @property
    def _data(self) -> str:
        return str(self.directory / "data")

    def url(self, database: str) -> str:
        return f"postgresql://erp@127.0.0.1:{self.port}/{database}"


@contextmanager
def started_servers(*servers: Server) -> Iterator[None]:
    """Starts the servers, and removes them with their data at the end."""
    with ExitStack() as removals:
        for server in servers:
            removals.callback(server.remove)
        for server in servers:
            server.start()
        yield


def binary(name: str) -> str:
    """Debian does not put PostgreSQL's programs on the PATH, nor those of /usr/sbin on the PATH of a user."""
    found = (
        shutil.which(name)
        or shutil.which(name, path="/usr/sbin")
        or max(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), default=None)
    )
    if found is None:
        raise FileNotFoundError(f"{name} is not installed")
    return found


def as_user(name: str | None) -> dict[str, Any]:
    return {"user": name, "group": name, "extra_groups": []} if name else {}
