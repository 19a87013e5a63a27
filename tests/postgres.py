"""A PostgreSQL server of the tests' own: a throw-away cluster that only they can reach."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

USER, PASSWORD = "smebot", "a secret / of @ tests"
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": 200,
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}
_UNPRIVILEGED = "nobody"
"""Who runs the server where the tests are run by root, whom it refuses."""
_START_S = 30.0


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def needed_programs() -> Path:
    """The same; without them a test is skipped, or fails where that must not be."""
    found = programs()
    if found is None:
        reason = "there is no PostgreSQL server here: apt-get install postgresql"
        if os.environ.get("REQUIRE_POSTGRESQL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Cluster:
    """One server; each test gets a database of its own on it."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder, self._binaries = folder, binaries
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        self.port = _free_port()
        (folder / "password").write_text(PASSWORD)
        if os.geteuid() == 0:
            for path in (folder, folder / "password"):
                shutil.chown(path, _UNPRIVILEGED)
        given = ("-U", USER, "-A", "scram-sha-256", "--pwfile", str(folder / "password"))
        more = ("-E", "UTF8", "--no-locale", "--no-sync", "-D", str(folder / "data"))
        self._run("initdb", *given, *more).communicate(timeout=60)

    def _run(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._binaries / name, *arguments],
                stdout=log,
                stderr=log,
                cwd="/",
                **({"user": _UNPRIVILEGED} if os.geteuid() == 0 else {}),
            )

    def start(self) -> None:
        """Return when it can be reached."""
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        data = ("-D", str(self._folder / "data"), "-p", str(self.port))
        self._process = self._run("postgres", *data, *options)
        until = time.monotonic() + _START_S
        while True:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """As if the machine's power were cut: nobody is told."""
        if self._process:
            self._process.send_signal(3)  # SIGQUIT: immediate shutdown
            self._process.wait(timeout=30)
            self._process = None

    @contextmanager
    def away(self) -> Iterator[None]:
        """Inside of the `with` the server cannot be reached."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def connect(self, name: str) -> psycopg.Connection:
        """A connection of a test, which commits each statement."""
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD,
            dbname=name,
            autocommit=True,
        )

    def make(self, template: str = "template0") -> str:
        """Make a database; returns its name."""
        self._made += 1
        name = f"test_{self._made}"
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Drop one, whoever uses it."""
        with self.connect("postgres") as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str, *, password: str = PASSWORD) -> str:
        """As in SMEBOT_DATABASE_URL."""
        from urllib.parse import quote

        secret = quote(password, safe="")
        return f"postgresql+psycopg://{USER}:{secret}@127.0.0.1:{self.port}/{name}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server."""
    if sys.platform == "win32":
        pytest.skip("the server's programs are looked for where Unix has them")
    folder = Path(tempfile.mkdtemp(prefix="smebot-postgresql-"))
    try:
        cluster = Cluster(folder, needed_programs())
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of an empty database of this version, to copy from."""
    from bot.store import Store

    name = cluster.make()
    folder = tmp_path_factory.mktemp("template")
    Store(folder / "smebot.sqlite", cluster.url(name)).close()
    with cluster.connect(name) as connection:
        connection.execute("DELETE FROM installation")  # every test has a salt of its own
    return name


@pytest.fixture
def database_url(cluster: Cluster, migrated: str) -> Iterator[str]:
    """The URL of an empty database of this version."""
    name = cluster.make(migrated)
    yield cluster.url(name)
    cluster.drop(name)
