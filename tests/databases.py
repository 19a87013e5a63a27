"""Tests of the store run on both databases: `place` is each of them in turn."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine

from bot.store import Store


@dataclass(frozen=True)
class Place:
    """Where a store keeps everything, and a way to look at it from outside."""

    path: Path
    url: str

    def open(self) -> Store:
        """The store, for whoever closes it."""
        return Store(self.path, self.url)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database says; a change is kept."""
        engine = create_engine(self.url or f"sqlite:///{self.path}")
        with engine.begin() as connection:
            result = connection.exec_driver_sql(statement)
            found = [tuple(row) for row in result] if result.returns_rows else []
        engine.dispose()
        return found

    def dump(self) -> str:
        """Every row of every table as text."""
        if not self.url:
            with closing(sqlite3.connect(self.path)) as connection:
                return "\n".join(connection.iterdump())
        engine = create_engine(self.url)
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            lines = [
                json.dumps([table.name, *row], default=str, ensure_ascii=False)
                for table in tables.tables.values()
                for row in connection.execute(table.select())
            ]
        engine.dispose()
        return "\n".join(lines)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each of the databases; that of the server is empty, SQLite's file is not there yet."""
    path = tmp_path / "data" / "smebot.sqlite"
    if request.param == "sqlite":
        return Place(path, "")
    return Place(path, request.getfixturevalue("database_url"))


@pytest.fixture
def store_at() -> Iterator[Callable[[Place], Store]]:
    """`store_at(place)`: an open store, closed after the test."""
    opened: list[Store] = []

    def open_one(place: Place) -> Store:
        opened.append(place.open())
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()
