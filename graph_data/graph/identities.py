"""Who is who over the years: records of one department or unit that share a code or a name are one node.

A unit's own account (单位决算) makes no department beside the one that it belongs to: it hangs under it, found by the
code or name that the account gives as its superior, else by the units that a department's account lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
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
    in the order of their positions; `owners` the node whose account it is, a department or a unit below
    `department_of`. `covered` are the accounts of units whose department has an account of its own for the year, which
    consolidates them: adding up both would count money twice.
    """

    departments: tuple[Node, ...]
    units: Mapping[str, tuple[Node, ...]]
    department_of: Mapping[AccountKey, str]
    unit_of: Mapping[tuple[AccountKey, str], str]
    accounts: Mapping[AccountKey, str]
    documents: Mapping[AccountKey, tuple[str, ...]]
    owners: Mapping[AccountKey, str]
    covered: Collection[AccountKey]


def identify(accounts: Sequence[Account]) -> Identities:
    """Merge departments and units over the accounts, which come oldest first.

    Raises PackageError where two accounts are of one department, or of one unit, and year.
    """
    departments, department_of = _departments(accounts)
    own = {key for node in departments for key in _entry(node).accounts}
    units = _units(accounts, department_of, own)
    unit_of = {(record.account, record.unit): node.id for node, records in units for record in records}
    owners = {
        each.key: department_of[each.key] if each.key in own else _owner(each, unit_of, department_of)
        for each in accounts
    }
    whose = ((owner, key) for key, owner in owners.items() if key in own or owner != department_of[key])
    _refuse_twice(f"{owner} for {key.fiscal_year}" for owner, key in whose)
    consolidated = {(department_of[key], key.fiscal_year) for key in own}
    return Identities(
        tuple(departments), _by_department(units), department_of, unit_of, _account_keys(accounts, department_of, own),
        {each.key: names_of(each) for each in accounts}, owners,
        frozenset(key for key, department in department_of.items()
                  if key not in own and (department, key.fiscal_year) in consolidated),
    )  # fmt: skip


def _departments(accounts: Sequence[Account]) -> tuple[list[Node], dict[AccountKey, str]]:
    """The departments in order, and whose each account is. One that only its units' accounts name has no account."""
    of_units = [each for each in accounts if each.department.kind is AccountKind.UNIT]
    own = [each for each in accounts if each.department.kind is AccountKind.DEPARTMENT]
    superiors = _superiors(own, of_units)
    standing = [each.department for each in accounts if each.key not in superiors]
    departments = [_department(group) for group in _groups(standing, _department_marks)]
    department_of = {key: node.id for node in departments for key in _entry(node).accounts}
    known = {mark: department_of[each.account] for each in standing for mark in _department_marks(each)}
    for account in of_units:
        superior, division = superiors.get(account.key), account.key.division
        if superior is None:
            continue
        marks = [(division, "code", superior), (division, "name", superior)]
        if (id := next((known[mark] for mark in marks if mark in known), None)) is None:
            code = superior if superior.isascii() else None
            id = id_of(NodeKind.DEPARTMENT, division, superior)
            entry = DepartmentEntry(division, code, (superior,), ())
            departments.append(Node(id, NodeKind.DEPARTMENT, superior, code, 2, entry))
            known[marks[0]] = id
        department_of[account.key] = id
    departments.sort(key=lambda node: (_entry(node).division, node.code or "", node.name))
    return departments, department_of


def _superiors(own: Sequence[Account], of_units: Sequence[Account]) -> dict[AccountKey, str]:
    """The code or name of the department that each unit's account hangs under: as it says, else as one lists it."""
    lists: dict[tuple[str, str], str] = {}
    for account in own if of_units else ():
        for unit in account.units:
            for name in (unit.code, unit.name):
                if name:
                    lists[account.key.division, name] = account.department.department_name
    found = {}
    for account in of_units:
        record, division = account.department, account.key.division
        names = (record.department_code or "", record.department_name)
        superior = record.superior or next((lists[division, each] for each in names if (division, each) in lists), None)
        if superior is not None:
            found[account.key] = superior
    return found


def _owner(
    account: Account, unit_of: Mapping[tuple[AccountKey, str], str], department_of: Mapping[AccountKey, str]
) -> str:
    """The unit whose account this is: of its code or name, else the first that it lists."""
    record = account.department
    named = [each for each in account.units if record.department_code and each.code == record.department_code]
    named += [each for each in account.units if each.name == record.department_name]
    named += account.units
    return unit_of[account.key, named[0].unit] if named else department_of[account.key]


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


def _department_marks(record: AccountRecord) -> list[tuple[str, str, str]]:
    division = record.account.division
    marks = [(division, "name", record.department_name)]
    return [*marks, (division, "code", record.department_code)] if record.department_code else marks


def _department(records: list[AccountRecord]) -> Node:
    newest_first = sorted(records, key=lambda record: record.account, reverse=True)
    code = next((record.department_code for record in newest_first if record.department_code), None)
    names = _distinct(record.department_name for record in newest_first)
    division = records[0].account.division
    keys = tuple(sorted((record.account for record in records), key=lambda key: (key.fiscal_year, key)))
    _refuse_two_of_one_year(keys, names[0])
    entry = DepartmentEntry(division, code, names, keys)
    return Node(id_of(NodeKind.DEPARTMENT, division, code or names[0]), NodeKind.DEPARTMENT, names[0], code, 2, entry)


def _refuse_two_of_one_year(keys: Sequence[AccountKey], name: str) -> None:
    years = [key.fiscal_year for key in keys]
    for year in years:
        if years.count(year) > 1:
            raise PackageError("department", f"two accounts of {name} for {year}", "one account a department and year")


def _units(
    accounts: Sequence[Account], department_of: Mapping[AccountKey, str], own: Collection[AccountKey]
) -> list[tuple[Node, list[UnitRecord]]]:
    def marks(record: UnitRecord) -> list[tuple[str, str, str]]:
        department = department_of[record.account]
        names = [(department, "name", record.name)]
        return [*names, (department, "code", record.code)] if record.code else names

    groups = _groups((record for account in accounts for record in account.units), marks)
    return [(_unit(group, department_of[group[0].account], own), group) for group in groups]


def _unit(records: list[UnitRecord], department: str, own: Collection[AccountKey]) -> Node:
    """A unit calls itself the headquarters in its own account: whether it is the department's, the department says."""
    oldest_first = tuple(sorted(records, key=lambda record: (record.account.fiscal_year, record.position)))
    of_department = [record for record in oldest_first if record.account in own]
    code = next((record.code for record in reversed(oldest_first) if record.code), None)
    names = _distinct(record.name for record in reversed(oldest_first))
    is_headquarters = bool(of_department) and of_department[-1].is_headquarters
    entry = UnitEntry(department, is_headquarters, names, oldest_first)
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


def _account_keys(
    accounts: Sequence[Account], department_of: Mapping[AccountKey, str], own: Collection[AccountKey]
) -> dict[AccountKey, str]:
    """How ids write each account: by its department, or as its own unit writes itself."""
    found: dict[AccountKey, str] = {}
    for each in accounts:
        key = each.key
        owner = key_of(department_of[key]) if key in own else f"{key.division}/{key.department}"
        found[key] = f"{owner}/{key.fiscal_year}"
    _refuse_twice(found.values())
    return found


def _refuse_twice(names: Iterable[str]) -> None:
    """Raise PackageError where two accounts would be one: of one department or unit, and year."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise PackageError("department", f"two accounts of {name}", "one account a department, or a unit, and year")
        seen.add(name)


def _entry(node: Node) -> DepartmentEntry:
    assert isinstance(node.record, DepartmentEntry)
    return node.record


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
