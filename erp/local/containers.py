"""PostgreSQL and Redis in containers, for a machine without these programs."""

import shutil
import subprocess

from local.servers import PostgreSql, Redis


def engine_works() -> bool:
    return bool(shutil.which("docker")) and subprocess.run(["docker", "info"], capture_output=True).returncode == 0


class PostgreSqlContainer(PostgreSql):
    def prepare(self) -> None:
        """The image does it."""

    def command(self) -> list[str]:
        access = ["--env", "POSTGRES_USER=erp", "--env", "POSTGRES_HOST_AUTH_METHOD=trust"]
        return [*_run, "--publish", f"127.0.0.1:{self.port}:5432", *access, "docker.io/library/postgres:15"]

    def user(self) -> None:
        return None


class RedisContainer(Redis):
    def command(self) -> list[str]:
        return [*_run, "--publish", f"127.0.0.1:{self.port}:6379", "docker.io/library/redis:7"]


# The engine forwards signals to the container, so stopping the process stops the server.
_run = ["docker", "run", "--rm"]
