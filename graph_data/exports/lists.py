"""The lists of the API as tables: the fields of a list become columns, and its `where` and `orderBy` choose the rows.

What a document prints beside the fields (the place, words, trees) follows in columns of its own, list by list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from graph_data.dataset import Dataset
from graph_data.exports.asked import Asked
from graph_data.exports.columns import ACCOUNT, Column, Kind, Labels, Row, Table, amount
from graph_data.lists import Entry, Field, ListType, condition_of, entry_of, holds, lists_of, steps_of
from graph_data.lists import Kind as FieldKind

Extra = Callable[[Dataset, Labels, Entry, Asked], Row]
"""What stands in the columns of a list that are none of its fields."""
_KINDS = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.ENUM: Kind.KEY,
    FieldKind.ENUMS: Kind.LIST,
    FieldKind.YEAR: Kind.INTEGER,
    FieldKind.INTEGER: Kind.INTEGER,
    FieldKind.DECIMAL: Kind.DECIMAL,
    FieldKind.FLAG: Kind.FLAG,
}
_OF_ANY_LENGTH = frozenset({"targetValue", "actualValue", "value", "reported", "derived", "difference"})
_OF_ACCOUNT = ("fiscalYear", "division", "department")
_ID = Column("id", Kind.KEY, "Its id in the API (标识)")


def nothing_more(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:  # noqa: ARG001
    """Of a list whose fields are all that there is."""
    return ()


def list_table(of: ListType, extra_columns: tuple[Column, ...] = (), extra: Extra = nothing_more) -> Table:
    """The table of a list: its id, whose it is, every field, and then what stands in more columns."""
    fields = _own(of)

    def row(dataset: Dataset, labels: Labels, entry: Entry, asked: Asked) -> Row:
        return _row(labels, of, fields, entry) + extra(dataset, labels, entry, asked)

    def rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
        asked.require_plain(of.name)
        condition = condition_of(dataset, of, asked.where)
        steps = steps_of(of, asked.order)
        labels = Labels(dataset)
        if condition is None and not steps and not dataset.sections:
            entries = of.entries(dataset)
        else:
            entries = (entry_of(dataset, of, item) for item in lists_of(dataset).select(of, condition, steps))
        return (row(dataset, labels, entry, asked) for entry in entries)

    return Table(of.name, of.meaning, _columns(of, fields) + extra_columns, rows, of.fields, row=row)


def walked_table(
    of: ListType, columns: tuple[Column, ...], row: Callable[[Dataset, Labels, Entry, Asked], Row]
) -> Table:
    """A table that is gone through item by item, in the order of the documents: too long to be put in another."""

    def rows(dataset: Dataset, asked: Asked) -> Iterator[Row]:
        asked.require_plain(of.name)
        asked.require_unordered(of.name)
        condition = condition_of(dataset, of, asked.where)
        labels = Labels(dataset)
        passing = (entry for entry in of.entries(dataset) if holds(of, condition, entry))
        return (row(dataset, labels, entry, asked) for entry in passing)

    return Table(of.name, of.meaning, columns, rows, of.fields)


def _is_of_account(of: ListType) -> bool:
    return of.field("account") is not None


def _own(of: ListType) -> list[Field]:
    """The fields that become columns each by itself."""
    shared = _OF_ACCOUNT if _is_of_account(of) else ()
    return [field for field in of.fields if not field.hidden and field.name not in shared]


def _columns(of: ListType, fields: list[Field]) -> tuple[Column, ...]:
    found = [_ID] if of.kind is not None else []
    found += ACCOUNT if _is_of_account(of) else ()
    for field in fields:
        found += _columns_of(field)
    return tuple(found)


def _columns_of(field: Field) -> tuple[Column, ...]:
    if field.kind is FieldKind.MONEY:
        return amount(field.name, field.meaning)
    if field.kind is not FieldKind.MEMBER:
        kind = Kind.NUMBER if field.name in _OF_ANY_LENGTH else _KINDS[field.kind]
        return (Column(field.name, kind, field.meaning, field.members),)
    name, term = field.name, field.meaning.rpartition("(")[2].rstrip(")")
    if field.name == "project":
        return (
            Column(name, Kind.KEY, f"Id of the project ({term}标识)"),
            Column(f"{name}Name", Kind.TEXT, f"Its name ({term}名称)"),
        )
    return (
        Column(name, Kind.TEXT, f"{field.meaning.partition(' (')[0]}: its code ({term}代码)"),
        Column(f"{name}Name", Kind.TEXT, f"Its name ({term}名称)"),
        Column(f"{name}Id", Kind.KEY, f"Its id in the API ({term}标识)"),
    )


def _row(labels: Labels, of: ListType, fields: list[Field], entry: Entry) -> Row:
    cells: list[Any] = []
    if of.kind is not None:
        assert entry.node is not None
        cells.append(entry.node.id)
    if _is_of_account(of):
        assert entry.key is not None
        cells += labels.account(entry.key)
    for field in fields:
        cells += _cells_of(labels, field, field.read(entry))
    return tuple(cells)


def _cells_of(labels: Labels, field: Field, value: Any) -> tuple[Any, ...]:
    match field.kind:
        case FieldKind.MONEY:
            return value, value
        case FieldKind.MEMBER:
            code, name = labels.named(value)
            return (value, name) if field.name == "project" else (code, name, value)
        case FieldKind.ENUM:
            return (None if value is None else value.name,)
        case FieldKind.ENUMS:
            return ([each.name for each in value],)
        case _:
            return (value,)
