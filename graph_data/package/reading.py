"""A package on disk → accounts, or a PackageError that names file, row and column: CSV, keys and references."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import attrgetter, itemgetter, le
from pathlib import Path
from typing import Any

from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey, BudgetDeviationRecord, LineRecord, StatementRecord, TermRecord
from graph_data.core.terms import Classification
from graph_data.package.cells import CellError, shown
from graph_data.package.compiled import keys
from graph_data.package.hashes import DESCRIPTOR, package_damages
from graph_data.package.layout import Place
from graph_data.package.quick import accounts_of
from graph_data.package.tables import TABLES, Reference, Table


def decode(table: Table, data: bytes, file: str) -> list[tuple[int, Any]]:
    """The records of a table, each with its row as a spreadsheet numbers it (the header is row 1).

    Columns may stand in any order. Raises PackageError with `file`, row and column.
    """
    text = _text(data, file)
    rows = _rows(text, file)
    _, header = next(rows, (1, []))
    read = _reader(table, _positions(table, header, file))
    holds_nul = "\0" in text
    found = []
    for row, cells in rows:
        if len(cells) != len(header):
            raise PackageError(file, f"{len(cells)} cells", f"{len(header)}, one a column", row)
        if holds_nul:
            _check_nul(header, cells, row, file)
        try:
            found.append((row, read(cells)))
        except CellError as error:
            raise PackageError(file, error.found, error.expected, row, error.column) from None
    return found


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        raise PackageError(file, f"the byte 0x{data[error.start]:02x}", "UTF-8", _last_row(before + ".")) from None


def _last_row(text: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return sum(1 for _ in reader)
    except csv.Error:
        return reader.line_num


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows; lines with nothing on them count, and say nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if cells:
                yield row, cells
    except csv.Error as error:
        raise PackageError(file, f"broken CSV ({error})", 'cells with commas or line ends in "…"', row + 1) from None


def _check_nul(header: Sequence[str], cells: Sequence[str], row: int, file: str) -> None:
    for column, cell in zip(header, cells, strict=True):
        if "\0" in cell:
            raise PackageError(file, "a NUL byte", "text", row, column)


def _positions(table: Table, header: Sequence[str], file: str) -> dict[str, int]:
    """Where each column stands; all of them must be there, once, and no others."""
    names = [column.name for column in table.columns]
    positions: dict[str, int] = {}
    for position, name in enumerate(header):
        if name not in names or name in positions:
            raise PackageError(
                file, f"the column {shown(name)}", f"once each: {', '.join(names)}", 1, shown(name)[1:-1]
            )
        positions[name] = position
    for name in names:
        if name not in positions:
            raise PackageError(file, "no such column", f"the columns {', '.join(names)}", 1, name)
    return positions


def _reader(table: Table, positions: dict[str, int]) -> Callable[[list[str]], Any]:
    """Reads the cells of one row, whatever the order of the columns in the file."""
    order = [positions[column.name] for column in table.columns]
    in_place = order == list(range(len(order)))
    parts = _parts(table.places)
    record = table.record

    def read(cells: list[str]) -> Any:
        row = cells if in_place else [cells[position] for position in order]
        return record(*[place.read(row[start:stop]) for place, start, stop in parts])

    return read


def _parts(places: Sequence[Place]) -> list[tuple[Place, int, int]]:
    """Each place with the range of cells that it takes up."""
    ends = [0]
    for place in places:
        ends.append(ends[-1] + len(place.columns))
    return [(place, start, stop) for place, (start, stop) in zip(places, pairwise(ends), strict=True)]


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


@dataclass(frozen=True, slots=True)
class Packages:
    """The accounts of several packages, in the order of their keys, and what was wrong with the others."""

    accounts: tuple[Account, ...]
    refused: tuple[PackageError, ...]


def read_package(folder: Path) -> tuple[Account, ...]:
    """The accounts of one package, in the order of their keys; each account's tuples are in primary-key order.

    Columns and rows may stand in any order in the files. Raises PackageError at the first thing that is not what
    the package's own schema says; its `file` is the package's folder and the file in it. Raises DamagedError where a
    file is in order, but is not the one that was written (see `hashes`), or contradicts one that is.
    """
    _check_descriptor(folder)
    try:
        with collector_at_rest():
            accounts = _read_quickly(folder) or _read_row_by_row(folder)
    except PackageError as error:
        damages = list(package_damages(folder, with_originals=False))
        if damages and error.file not in {damage.file for damage in damages}:
            raise damages[0] from error
        raise
    for damage in package_damages(folder, with_originals=False):
        raise damage
    return accounts


def _read_quickly(folder: Path) -> tuple[Account, ...] | None:
    """What is wrong is left to be said row by row, the files of the package in their order."""
    try:
        return accounts_of({table.file: (folder / table.file).read_bytes() for table in TABLES})
    except (OSError, ValueError):
        return None


def _read_row_by_row(folder: Path) -> tuple[Account, ...]:
    accounts: dict[AccountKey, Rows] = {}
    for table in TABLES:
        file = f"{folder.name}/{table.file}"
        _sort_in(accounts, table, decode(table, _bytes(folder, table.file), file), file)
        if not accounts:
            raise PackageError(file, "no account", "at least one row")
    for rows in accounts.values():
        check(rows, lambda table: f"{folder.name}/{table.file}")
    return tuple(_account(accounts[key]) for key in sorted(accounts))


def read_packages(paths: Sequence[Path], *, strict: bool) -> Packages:
    """The accounts of many packages: each path is a package or a folder of packages (read by name, others ignored).

    A broken package, or one that holds an account another package already gave, is refused as a whole: raised where
    `strict`, else collected. A path that is not there or holds no package is raised always.
    """
    accounts: dict[AccountKey, tuple[Account, Path]] = {}
    refused = []
    for folder in [folder for path in paths for folder in packages_in(path)]:
        try:
            found = read_package(folder)
            _check_new(found, folder, accounts)
        except PackageError as error:
            if strict:
                raise
            refused.append(error)
        else:
            accounts.update({account.key: (account, folder) for account in found})
    return Packages(tuple(accounts[key][0] for key in sorted(accounts)), tuple(refused))


def ordered(account: Account) -> Account:
    """The same account with every tuple in primary-key order, as a package keeps and gives it back."""
    return Account(account.department, *(_in_order(table, getattr(account, table.name)) for table in TABLES[1:]))


def _in_order(table: Table, records: tuple[Any, ...]) -> tuple[Any, ...]:
    found = keys(table.name)(records)
    if all(map(le, found, islice(found, 1, None))):
        return tuple(records)
    return tuple(record for _, record in sorted(zip(found, records, strict=True), key=itemgetter(0)))


def _sort_in(accounts: dict[AccountKey, Rows], table: Table, rows: Iterable[tuple[int, Any]], file: str) -> None:
    """Give each account its rows of a table; the first table says which accounts there are."""
    opens = table is TABLES[0]
    for row, record in rows:
        key = record.account
        if opens and key not in accounts:
            accounts[key] = {each.name: [] for each in TABLES}
        if key not in accounts:
            found = f"the account {key.division} {key.department} {key.fiscal_year}"
            raise PackageError(file, found, f"an account of {TABLES[0].file}", row, "department")
        accounts[key][table.name].append((row, record))


def _account(rows: Rows) -> Account:
    department, *rest = ([record for _, record in rows[table.name]] for table in TABLES)
    return ordered(Account(department[0], *(tuple(records) for records in rest)))


def _check_descriptor(folder: Path) -> None:
    """The reader's schema is the code's; the descriptor only has to be one and to list the tables."""
    file = f"{folder.name}/{DESCRIPTOR}"
    try:
        listed = {resource["path"] for resource in json.loads(_bytes(folder, DESCRIPTOR))["resources"]}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise PackageError(file, "something else", 'JSON such as {"resources": [{"path": "department.csv"}]}') from None
    for table in TABLES:
        if table.file not in listed:
            expected = (
                "every table of the package; what an earlier version wrote has to be read again from its document"
            )
            raise PackageError(file, f"no resource with the path {table.file}", expected)


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise PackageError(f"{folder.name}/{name}", "no such file", "every table of the package") from None
    except (OSError, ValueError) as error:
        raise PackageError(f"{folder.name}/{name}", f"no readable file ({error})", "a file") from None


def packages_in(path: Path) -> list[Path]:
    """The folder of a package, or the packages of a folder by name. Raises PackageError where there is none."""
    path = path.resolve()
    if (path / DESCRIPTOR).is_file():
        return [path]
    if not path.is_dir():
        raise PackageError(path.name, "no such folder", f"a folder with {DESCRIPTOR}, or a folder of such folders")
    found = [folder for folder in sorted(path.iterdir()) if (folder / DESCRIPTOR).is_file()]
    if not found:
        raise PackageError(path.name, "no package in it", f"a folder with {DESCRIPTOR}, or a folder of such folders")
    return found


def _check_new(found: Sequence[Account], folder: Path, accounts: dict[AccountKey, tuple[Account, Path]]) -> None:
    for account in found:
        if account.key in accounts:
            raise twice(account.key, folder, accounts[account.key][1])


def twice(key: AccountKey, folder: Path, other: Path) -> PackageError:
    """What is wrong with a package that holds an account which another package already gave."""
    name = f"the account {key.division} {key.department} {key.fiscal_year}, as in {_name(other, folder)}"
    return PackageError(f"{_name(folder, other)}/{TABLES[0].file}", name, "each account in one package")


def _name(folder: Path, beside: Path) -> str:
    """A folder's name, with its parent's where the other one is called the same."""
    return folder.name if folder.name != beside.name else f"{folder.parent.name}/{folder.name}"
