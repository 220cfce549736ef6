"""What real accounts do and the plain synthetic ones do not: a scale of its own, with faults that are written down.

Every account carries money over, of three funds. Every third department's units publish accounts of their own, which
add up to it. A 项 had another code before the last two years; every fifth department leaves out a table in a year. Of
every second department one number a year is wrong: what was carried over, last year's amount in the prose, or a total
of a unit. `Batch.faults` says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from graph_data.core.amount import Number
from graph_data.core.records import Account, AccountKey, AccountRecord, FactRecord, FigureRecord, UnitRecord
from graph_data.core.terms import AccountKind, LineItem, Role, StatementForm
from graph_data.synthesis.draft import Body, Draft, Item, draft
from graph_data.synthesis.printing import Paper, between, money
from graph_data.synthesis.publishing import published, units_of

_FEN = 10_000  # 分 in a hundredth of a 万元
_RECODED = ("2080506", "2080507")  # a 项 and the code that it had until two years before the last
_WITH_UNITS, _WITH_FAULT, _WITHOUT_TABLE = 3, 2, 5
_UNITS = 2
_LEFT_OUT = ("statements", "columns", "lines", "figures")


@dataclass(frozen=True, slots=True)
class Fault:
    """A number that is wrong on purpose: whose, which check should tell, what it was and what is printed."""

    account: AccountKey
    check: str
    was: str
    printed: str


def accounts(seed: int, projects: int, body: Body, year: int, last: int) -> Iterator[Account]:
    """The account of a department's year, then those of its units where they publish their own."""
    found = list(_correct(seed, projects, body, year))
    planted = _fault(seed, found, body)
    if planted is not None:
        found = [planted[1] if each.key == planted[0].account else each for each in found]
    for each in found:
        known = _recoded(each) if year < last - 1 else each
        yield _without(known, StatementForm.THREE_PUBLIC_EXPENSES) if _lacks(body, year) else known


def fault_of(seed: int, projects: int, body: Body, year: int) -> Fault | None:
    """What is wrong in them."""
    planted = _fault(seed, list(_correct(seed, projects, body, year)), body)
    return None if planted is None else planted[0]


def _correct(seed: int, projects: int, body: Body, year: int) -> Iterator[Account]:
    has_units = body.number % _WITH_UNITS == 0
    parts = [
        [_carrying(draft(seed * 1000 + part, body, each, projects), seed, part) for each in (year, year - 1)]
        for part in range(_UNITS if has_units else 1)
    ]
    key = AccountKey(body.division, body.code, year)
    title, paper = f"{year}年度{body.name}部门决算", Paper(key, "第一部分")
    record = AccountRecord(key, body.division_name, body.code, body.name, title, AccountKind.DEPARTMENT, None)
    units = tuple(units_of(paper, body, _UNITS))
    now, before = (_merged([part[which] for part in parts]) for which in (0, 1))
    yield published(seed, record, now, before, units, paper)
    for unit, (own, last) in zip(units, parts, strict=False) if has_units else ():
        yield _of_unit(seed, record, unit, own, last)


def _of_unit(seed: int, record: AccountRecord, unit: UnitRecord, own: Draft, last: Draft) -> Account:
    key = replace(record.account, department=unit.unit)
    title = f"{key.fiscal_year}年度{unit.name}单位决算"
    of_unit = AccountRecord(
        key, record.division_name, unit.code, unit.name, title, AccountKind.UNIT, record.department_code
    )
    paper = Paper(key, "第一部分")
    listed = replace(unit, account=key, is_headquarters=True, position=1, source=paper.next())
    return published(seed, of_unit, own, last, (listed,), paper)


def _carrying(plain: Draft, seed: int, part: int) -> Draft:
    random = Random(f"{seed}/{plain.body.division}/{plain.body.number}/{part}/carried")
    return replace(plain, carried=(between(random, 100, 900), between(random, 20, 90), between(random, 10, 50)))


def _merged(parts: list[Draft]) -> Draft:
    """The year of a department whose units' years these are."""
    items: dict[str, list[Item]] = defaultdict(list)
    for part in parts:
        for item in part.items:
            items[item.code].append(item)
    amounts = ("basic", "project", "other", "initial")
    summed = tuple(
        replace(each[0], **{name: sum(getattr(item, name) for item in each) for name in amounts})
        for _, each in sorted(items.items())
    )
    spent: Any = tuple(_added([part.three_public[phase] for part in parts]) for phase in (0, 1))
    carried: Any = _added([part.carried for part in parts])
    projects = _added([part.projects for part in parts])
    operating = sum(part.operating for part in parts)
    first = parts[0]
    return Draft(first.body, first.year, summed, operating, projects, spent, carried)


def _added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Place by place."""
    return tuple(map(sum, zip(*rows, strict=True)))


def _fault(seed: int, found: list[Account], body: Body) -> tuple[Fault, Account] | None:
    """One wrong number in the accounts of a year, and the account with it."""
    own = found[0]
    random = Random(f"{seed}/{body.division}/{body.number}/{own.key.fiscal_year}/fault")
    if body.number % _WITH_FAULT:
        return None
    kinds = ["relations.opening", "relations.restated"] + ["relations.units"] * (len(found) > 1)
    check = kinds[(body.number // _WITH_FAULT + own.key.fiscal_year) % len(kinds)]
    if check == "relations.restated":
        facts = [each for each in own.facts if (each.item, each.role) == ("FISCAL_APPROPRIATION", Role.CHANGE)]
        return _planted(own, "facts", facts, check, random)
    of = own if check == "relations.opening" else found[1]
    form, item = {
        "relations.opening": (StatementForm.REVENUE_AND_EXPENDITURE, LineItem.OPENING_CARRYOVER),
        "relations.units": (StatementForm.EXPENDITURE, LineItem.TOTAL),
    }[check]
    lines = {each.line for each in of.lines if (each.form, each.item) == (form, item)}
    cells = [each for each in of.figures if each.form is form and each.line in lines]
    return _planted(of, "figures", cells, check, random)


def _planted(
    account: Account, table: str, records: list[FactRecord] | list[FigureRecord], check: str, random: Random
) -> tuple[Fault, Account] | None:
    if not records:
        return None
    record, changed = records[0], random.randint(500, 5000)
    assert record.number.fen is not None
    number: Number = money(record.number.fen // _FEN + changed)
    kept = tuple(replace(each, number=number) if each is record else each for each in getattr(account, table))
    fault = Fault(account.key, check, record.number.text, number.text)
    fields: dict[str, Any] = {table: kept}
    return fault, replace(account, **fields)


def _lacks(body: Body, year: int) -> bool:
    return (body.number + year) % _WITHOUT_TABLE == 0


def _without(account: Account, form: StatementForm) -> Account:
    fields: dict[str, Any] = {
        table: tuple(each for each in getattr(account, table) if each.form is not form) for table in _LEFT_OUT
    }
    return replace(account, **fields)


def _recoded(account: Account) -> Account:
    """The account as it was before a 项 got its code."""
    new, old = _RECODED

    def put(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(put(each) for each in value)
        changed = {name: old for name in ("code", "item") if getattr(value, name, None) == new}
        return replace(value, **changed) if changed else value

    names = ("subjects", "lines", "facts", "budget_deviations", "terms")
    fields: dict[str, Any] = {name: put(getattr(account, name)) for name in names}
    return replace(account, **fields)
