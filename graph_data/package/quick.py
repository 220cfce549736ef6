"""A package that is in order, read quickly: tables as a whole, keys and references as sets.

    accounts_of(files)      the accounts, or None where anything is not as it should be

What is wrong, and where, is not asked here: `reading` then reads again, row by row, and says it. So whatever is read
here is what it would have read, and whatever is doubtful is left to it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import attrgetter, itemgetter, lt
from typing import Any

from graph_data.core.records import Account, AccountKey, LineRecord
from graph_data.core.terms import Classification
from graph_data.package.cells import CellError
from graph_data.package.compiled import Memory, Reader, keys, reader, values
from graph_data.package.tables import TABLES, Reference, Table

Records = dict[str, list[Any]]
"""The records of one account: each table's."""


class _DoubtError(Exception):
    """Something that has to be looked at row by row."""


def accounts_of(files: Mapping[str, bytes]) -> tuple[Account, ...] | None:
    """The accounts of a package's files in the order of their keys, their tuples in primary-key order."""
    try:
        return tuple(map(_account, _by_account(files)))
    except (_DoubtError, CellError, ValueError, csv.Error):
        return None


def _by_account(files: Mapping[str, bytes]) -> list[Records]:
    memory, accounts = Memory(), dict[AccountKey, Records]()
    for table in TABLES:
        for key, found in groupby(_decode(table, memory, files[table.file]), attrgetter("account")):
            if table is TABLES[0]:
                accounts.setdefault(key, {each.name: [] for each in TABLES})
            if key not in accounts:
                raise _DoubtError
            accounts[key][table.name] += found
    for records in accounts.values():
        _check_documents(records, named=memory.documents.values())
    return [accounts[key] for key in sorted(accounts)]


def _decode(table: Table, memory: Memory, data: bytes) -> list[Any]:
    """The records of a table in the order of the file."""
    text = data.decode("utf-8-sig")
    if "\0" in text:
        raise _DoubtError
    rows = _rows(text)
    header, names = next(rows, []), [column.name for column in table.columns]
    read = reader(table, memory)
    return list(map(read if header == names else _moved(read, header, names), rows))


def _moved(read: Reader, header: Sequence[str], names: Sequence[str]) -> Reader:
    """The same for a file whose columns stand in another order."""
    if sorted(header) != sorted(names):
        raise _DoubtError
    in_place = itemgetter(*(header.index(name) for name in names))

    def read_moved(row: Sequence[str]) -> Any:
        if len(row) != len(names):
            raise _DoubtError
        return read(in_place(row))

    return read_moved


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each row; lines with nothing on them say nothing."""
    if '"' in text or "\r" in text:
        return filter(None, csv.reader(io.StringIO(text, newline=""), strict=True))
    lines = list(filter(None, text.split("\n")))
    if lines and len(max(lines, key=len)) > csv.field_size_limit():
        raise _DoubtError
    return (line.split(",") for line in lines)


def _account(records: Records) -> Account:
    """The account of these records. Raises _DoubtError where they do not fit together (see `integrity`)."""
    for table in TABLES:
        records[table.name] = _in_order(table, records[table.name])
    for table in TABLES:
        for reference in table.references:
            _check_reference(table, reference, records)
    if not (_is_forest(records["lines"]) and _is_coded(records) and _is_filled(records)):
        raise _DoubtError
    department, *rest = (records[table.name] for table in TABLES)
    return Account(department[0], *map(tuple, rest))


def _in_order(table: Table, records: list[Any]) -> list[Any]:
    """The records in the order of their keys, which are all different."""
    found = keys(table.name)(records)
    if all(map(lt, found, islice(found, 1, None))):
        return records
    if len(set(found)) < len(found):
        raise _DoubtError
    return [record for _, record in sorted(zip(found, records, strict=True), key=itemgetter(0))]


def _check_reference(table: Table, reference: Reference, records: Records) -> None:
    there = set(values(reference.table, reference.keys)(records[reference.table]))
    lacking = set(values(table.name, reference.fields)(records[table.name])) - there
    if any(None not in named for named in lacking):
        raise _DoubtError


def _check_documents(records: Records, named: Iterable[int]) -> None:
    """Has the account documents of different names, among them each that its sources, or any of the package, name?"""
    documents = records["documents"]
    there = {each.position for each in documents}
    if (
        not there
        or max(there) > len(documents)
        or 0 in there
        or len({each.name for each in documents}) < len(documents)
    ):
        raise _DoubtError
    if there.issuperset(named):
        return
    for table in TABLES:
        for name in table.sources:
            found = {each.document for each in map(attrgetter(name), records[table.name]) if each is not None}
            if not found <= there:
                raise _DoubtError


def _is_forest(lines: Sequence[LineRecord]) -> bool:
    """Is no line above itself? The lines stand by form, and their parents are there."""
    return all(
        _leads_up({each.line: each.parent for each in of_form}) for _, of_form in groupby(lines, attrgetter("form"))
    )


def _leads_up(parents: Mapping[int, int | None]) -> bool:
    sound: set[int | None] = {None}
    for at in parents:
        way: set[int | None] = set()
        step: int | None = at
        while step not in sound:
            if step is None or step in way:
                return False
            way.add(step)
            step = parents[step]
        sound |= way
    return True


def _is_coded(records: Records) -> bool:
    """Has every code a classification, and every code of a deviation its subject?"""
    functional = {each.code for each in records["subjects"] if each.classification is Classification.FUNCTIONAL}
    named = {each.code for each in records["budget_deviations"]}
    coded: Iterable[Any] = (*records["lines"], *records["terms"])
    return named <= functional | {None} and all(each.classification or each.code is None for each in coded)


def _is_filled(records: Records) -> bool:
    """Is a statement without figures, and no other, said to be empty and why?"""
    filled = {name for (name,) in values("figures", ("form",))(records["figures"])}
    return all(
        each.is_empty is (each.form._name_ not in filled) and each.is_empty is (each.empty_reason is not None)
        for each in records["statements"]
    )
