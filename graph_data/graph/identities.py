"""Who is who over the years: records of one department or unit that share a code or a name are one node."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph_data.core.errors import PackageError
from graph_data.core.records import Account, AccountKey, AccountRecord, UnitRecord
from graph_data.core.terms import AccountKind
from graph_data.graph.ids import id_of, key_of
from graph_data.graph.nodes import DepartmentEntry, Node, NodeKind, UnitEntry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Identities:
    """The departments and units of all accounts, and which of them a record of an account means.

    `accounts` gives the key of an account's FINAL_ACCOUNTS node: "370300/102/2022"; `documents` the names of its files,
    in the order of their positions.
    """

    departments: tuple[Node, ...]
    units: Mapping[str, tuple[Node, ...]]
    department_of: Mapping[AccountKey, str]
    unit_of: Mapping[tuple[AccountKey, str], str]
    accounts: Mapping[AccountKey, str]
    documents: Mapping[AccountKey, tuple[str, ...]]


def identify(accounts: Sequence[Account]) -> Identities:
    """Merge departments and units over the accounts, which come oldest first.

    Raises PackageError where two accounts are of one department and year.
    """
    of_departments = {
        (each.key.division, each.department.department_name): each.department.department_code
        for each in accounts
        if each.department.kind is AccountKind.DEPARTMENT
    }
    groups = _groups((each.department for each in accounts), lambda record: _department_marks(record, of_departments))
    departments = [_department(group) for group in groups]
    departments.sort(key=lambda node: (_entry(node).division, node.code or "", node.name))
    department_of = {key: node.id for node in departments for key in _entry(node).accounts}
    units = _units(accounts, department_of)
    unit_of = {(record.account, record.unit): node.id for node, records in units for record in records}
    return Identities(
        tuple(departments), _by_department(units), department_of, unit_of, _account_keys(accounts, department_of),
        {each.key: names_of(each) for each in accounts},
    )  # fmt: skip


def names_of(account: Account) -> tuple[str, ...]:
    """The names of an account's files, in the order of their positions."""
    return tuple(document.name for document in sorted(account.documents, key=lambda each: each.position))


def _groups(items: Iterable[T], marks: Callable[[T], Sequence[Hashable]]) -> list[list[T]]:
    """Items that share a mark, directly or through others, together; groups and items in the order given."""
    group_of: dict[Hashable, list[T]] = {}
    marks_of: dict[int, list[Hashable]] = {}
    for item in items:
        own = list(marks(item))
        found = list({id(group_of[mark]): group_of[mark] for mark in own if mark in group_of}.values())
        group: list[T] = [member for each in found for member in each] + [item]
        own += [mark for each in found for mark in marks_of.pop(id(each))]
        marks_of[id(group)] = own
        group_of.update(dict.fromkeys(own, group))
    return list({id(group): group for group in group_of.values()}.values())


def _department_marks(
    record: AccountRecord, of_departments: Mapping[tuple[str, str], str | None]
) -> list[tuple[str, str, str]]:
    """What tells departments apart: code and name; of a unit that is called as its department, the code alone."""
    division, code = record.account.division, record.department_code
    above = of_departments.get((division, record.department_name), code)
    if record.kind is AccountKind.UNIT and code and above != code:
        return [(division, "code", code)]
    marks = [(division, "name", record.department_name)]
    return [*marks, (division, "code", record.department_code)] if record.department_code else marks


def _department(records: list[AccountRecord]) -> Node:
    newest_first = sorted(records, key=lambda record: record.account, reverse=True)
    code = next((record.department_code for record in newest_first if record.department_code), None)
    names = _distinct(record.department_name for record in newest_first)
    division = records[0].account.division
    keys = tuple(sorted((record.account for record in records), key=lambda key: (key.fiscal_year, key)))
    _refuse_two_of_one_year(keys, names[0])
    is_unit = all(record.kind is AccountKind.UNIT for record in records)
    entry = DepartmentEntry(division, code, names, keys, is_unit)
    return Node(id_of(NodeKind.DEPARTMENT, division, code or names[0]), NodeKind.DEPARTMENT, names[0], code, 2, entry)


def _refuse_two_of_one_year(keys: Sequence[AccountKey], name: str) -> None:
    years = [key.fiscal_year for key in keys]
    for year in years:
        if years.count(year) > 1:
            raise PackageError("department", f"two accounts of {name} for {year}", "one account a department and year")


def _units(accounts: Sequence[Account], department_of: Mapping[AccountKey, str]) -> list[tuple[Node, list[UnitRecord]]]:
    def marks(record: UnitRecord) -> list[tuple[str, str, str]]:
        department = department_of[record.account]
        names = [(department, "name", record.name)]
        return [*names, (department, "code", record.code)] if record.code else names

    groups = _groups((record for account in accounts for record in account.units), marks)
    return [(_unit(group, department_of[group[0].account]), group) for group in groups]


def _unit(records: list[UnitRecord], department: str) -> Node:
    oldest_first = tuple(sorted(records, key=lambda record: (record.account.fiscal_year, record.position)))
    newest = oldest_first[-1]
    code = next((record.code for record in reversed(oldest_first) if record.code), None)
    names = _distinct(record.name for record in reversed(oldest_first))
    entry = UnitEntry(department, newest.is_headquarters, names, oldest_first)
    return Node(id_of(NodeKind.UNIT, key_of(department), code or names[0]), NodeKind.UNIT, names[0], code, 3, entry)


def _by_department(units: list[tuple[Node, list[UnitRecord]]]) -> dict[str, tuple[Node, ...]]:
    """Units by code, those without one last, in printed order of the newest account."""
    grouped: dict[str, list[tuple[tuple[bool, str, int], Node]]] = {}
    for node, _ in units:
        assert isinstance(node.record, UnitEntry)
        order = (node.code is None, node.code or "", node.record.records[-1].position)
        grouped.setdefault(node.record.department, []).append((order, node))
    return {
        department: tuple(node for _, node in sorted(pairs, key=lambda pair: (pair[0], pair[1].name)))
        for department, pairs in grouped.items()
    }


def _account_keys(accounts: Sequence[Account], department_of: Mapping[AccountKey, str]) -> dict[AccountKey, str]:
    return {each.key: f"{key_of(department_of[each.key])}/{each.key.fiscal_year}" for each in accounts}


def _entry(node: Node) -> DepartmentEntry:
    assert isinstance(node.record, DepartmentEntry)
    return node.record


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
