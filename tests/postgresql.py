"""A PostgreSQL server of our own, for tests and benchmarks."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

POSTGRESQL_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a server of our own, without a database name. It listens on a socket in a folder of its own only."""
    programs = POSTGRESQL_PROGRAMS[-1]
    folder = Path(mkdtemp(prefix="talkthrough-postgresql-"))
    prefix = _as_postgres(folder)
    _run([*prefix, programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync"])
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*prefix, programs / "postgres", "-D", folder / "data", *options], stdout=log, stderr=log, cwd="/"
        )
    _run([programs / "pg_isready", "-h", folder, "-t", "30"], tries=100)
    yield f"postgresql://postgres@/{{}}?host={folder}"
    server.send_signal(signal.SIGQUIT)
    server.wait(timeout=30)
    shutil.rmtree(folder)


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as its own user. It ends when we do, however we end."""
    end_with_us = ["setpriv", "--pdeathsig=QUIT"]
    if os.geteuid() != 0:
        return end_with_us
    shutil.chown(folder, "postgres")
    return [*end_with_us, "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(command: list[object], tries: int = 1) -> None:
    for _ in range(tries):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/", check=False)  # type: ignore[call-overload]
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(done.stdout + done.stderr)
