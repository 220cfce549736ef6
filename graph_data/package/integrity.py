"""Whether the tables of one account fit together: keys, references, documents, trees, empty statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from graph_data.core.errors import PackageError
from graph_data.core.records import BudgetDeviationRecord, LineRecord, StatementRecord, TermRecord
from graph_data.core.terms import Classification
from graph_data.package.cells import shown
from graph_data.package.tables import TABLES, Reference, Table

Row = tuple[int, Any]
Rows = dict[str, list[Row]]
"""The records of one account: each table's, with the row they stand in."""


def check(rows: Rows, place: Callable[[Table], str]) -> None:
    """Raise PackageError at the first row that contradicts another; `place` names a table's file."""
    for table in TABLES:
        _check_keys(table, rows, place(table))
    for table in TABLES:
        for reference in table.references:
            _check_reference(table, reference, rows, place(table))
    files = {table.name: place(table) for table in TABLES}
    _check_documents(rows["documents"], files["documents"])
    for table in TABLES:
        _check_sources(table, rows, files[table.name])
    _check_lines(rows["lines"], files["lines"])
    _check_statements(rows, files["statements"])
    _check_terms(rows["terms"], files["terms"])
    _check_deviations(rows, files["budget_deviations"])


def _check_keys(table: Table, rows: Rows, file: str) -> None:
    key = _values(table.key)
    first: dict[tuple[Any, ...], int] = {}
    for row, record in rows[table.name]:
        earlier = first.setdefault(key(record), row)
        if earlier != row:
            found = f"{_spelt(table.key, key(record))} a second time"
            raise PackageError(file, found, f"it once; it stands in row {earlier}", row, _blamed(table))


def _check_reference(table: Table, reference: Reference, rows: Rows, file: str) -> None:
    values, keys = _values(reference.fields), _values(reference.keys)
    there = {keys(record) for _, record in rows[reference.table]}
    for row, record in rows[table.name]:
        named = values(record)
        if None not in named and named not in there:
            found = _spelt(reference.keys, named)
            raise PackageError(file, found, f"a row of {reference.table}.csv", row, reference.column)


def _check_documents(documents: Sequence[Row], file: str) -> None:
    """An account was read from some file, and ids tell its files apart by name."""
    if not documents:
        raise PackageError(file, "an account without a document", "at least one row an account")
    first: dict[str, int] = {}
    for row, document in documents:
        if not 1 <= document.position <= len(documents):
            found = f"{document.position} of {len(documents)}"
            raise PackageError(file, found, "positions that count the account's documents from 1", row, "position")
        earlier = first.setdefault(document.name, row)
        if earlier != row:
            found = f"{shown(document.name)} a second time"
            raise PackageError(file, found, f"it once; it stands in row {earlier}", row, "name")


def _check_sources(table: Table, rows: Rows, file: str) -> None:
    there = {document.position for _, document in rows["documents"]}
    for row, record in rows[table.name]:
        for name in table.sources:
            source = getattr(record, name)
            if source is not None and source.document not in there:
                found = f"document {source.document}"
                raise PackageError(file, found, "a position of documents.csv", row, f"{name}_document")


def _check_lines(lines: Iterable[Row], file: str) -> None:
    parents = {(line.form, line.line): line.parent for _, line in lines}
    sound: set[tuple[Any, int]] = set()
    for row, line in lines:
        _check_code(line, row, file)
        way: set[tuple[Any, int]] = set()
        at: tuple[Any, int] = (line.form, line.line)
        while at not in sound and (parent := parents[at]) is not None:
            way.add(at)
            at = (line.form, parent)
            if at in way:
                raise PackageError(file, f"line {line.line} above itself", "a tree of lines", row, "parent")
        sound |= way


def _check_code(record: LineRecord | TermRecord, row: int, file: str) -> None:
    if record.code is not None and record.classification is None:
        raise PackageError(file, f"the code {record.code} of no classification", "both", row, "classification")


def _check_statements(rows: Rows, file: str) -> None:
    filled = {figure.form for _, figure in rows["figures"]}
    for row, statement in rows["statements"]:
        _check_statement(statement, row, file, statement.form in filled)


def _check_statement(statement: StatementRecord, row: int, file: str, filled: bool) -> None:
    if statement.is_empty == filled:
        found = f"{str(statement.is_empty).lower()} for {statement.form.name}"
        expected = f"{str(not filled).lower()}, for figures.csv has {'figures' if filled else 'no figure'} of it"
        raise PackageError(file, found, expected, row, "is_empty")
    if statement.is_empty == (statement.empty_reason is None):
        found = "no reason" if statement.empty_reason is None else f"the reason {statement.empty_reason.name}"
        raise PackageError(file, found, "a reason exactly where the statement is empty", row, "empty_reason")


def _check_terms(terms: Iterable[Row], file: str) -> None:
    for row, term in terms:
        _check_code(term, row, file)


def _check_deviations(rows: Rows, file: str) -> None:
    codes = {subject.code for _, subject in rows["subjects"] if subject.classification is Classification.FUNCTIONAL}
    deviation: BudgetDeviationRecord
    for row, deviation in rows["budget_deviations"]:
        if deviation.code is not None and deviation.code not in codes:
            raise PackageError(file, deviation.code, "a FUNCTIONAL subject of subjects.csv", row, "code")


def _values(fields: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of these fields, always as a tuple."""
    if len(fields) < 2:
        return lambda record: tuple(getattr(record, name) for name in fields)
    return attrgetter(*fields)


def _spelt(fields: tuple[str, ...], values: tuple[Any, ...]) -> str:
    """`form EXPENDITURE, line 4`"""
    names = (getattr(value, "name", value) for value in values)
    pairs = zip(fields, (name if isinstance(name, int) else shown(str(name))[1:-1] for name in names), strict=True)
    return ", ".join(f"{field} {value}" for field, value in pairs) or "the account"


def _blamed(table: Table) -> str:
    return table.key[-1] if table.key else "department"
