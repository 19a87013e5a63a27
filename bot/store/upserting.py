"""Rows that may be there already, written in one statement: no other program comes between."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.models import Base

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Both know ON CONFLICT, which SQLAlchemy has in no common form."""


def put(session: Session, row: Base) -> None:
    """Insert a row, or change the one of the same primary key.

    Args:
        session: Writes.
        row: What is not set in it stays as it was.
    """
    values = _values(row)
    keys = [column.name for column in inspect(type(row)).primary_key]
    changed = {name: value for name, value in values.items() if name not in keys}
    statement = _insert(session, type(row)).values(values)
    if changed:
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))
    else:
        session.execute(statement.on_conflict_do_nothing())


def count_one_more(
    session: Session, row: Base, unique: Sequence[str], also: Mapping[str, Any] | None = None
) -> Any:
    """Insert a row, or raise `times` of the one that has the same unique value by one.

    Args:
        session: Writes.
        row: Its `times` is what a new row begins with.
        unique: The columns by which it is known.
        also: Further columns that a known row gets.

    Returns:
        The first column of its primary key.
    """
    table = type(row)
    columns = inspect(table).columns
    statement = _insert(session, table).values(_values(row))
    counted = statement.on_conflict_do_update(
        index_elements=unique,
        set_={"times": columns["times"] + 1, **(also or {})},
    )
    return session.scalar(counted.returning(inspect(table).primary_key[0]))


def add_new(session: Session, rows: Iterable[Base]) -> set[Any]:
    """Insert those that are not there yet; returns the first columns of their primary keys."""
    listed = list(rows)
    if not listed:
        return set()
    table = type(listed[0])
    statement = _insert(session, table).values([_values(row) for row in listed])
    key = inspect(table).primary_key[0]
    return set(session.scalars(statement.on_conflict_do_nothing().returning(key)))


def _insert(session: Session, table: type[Base]) -> Any:
    return _INSERT[session.get_bind().dialect.name](table)


def _values(row: Base) -> dict[str, Any]:
    """What was set in a row, by attribute, which in this house is the column's name."""
    given = row.__dict__
    names = (attribute.key for attribute in inspect(type(row)).column_attrs)
    return {name: given[name] for name in names if name in given}
