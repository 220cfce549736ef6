"""What a made-up document says twice: sums, repeated figures and shares, told from its codes and labels alone.

This is the rule by which a planted fault counts as detectable. It shares nothing with the checks: it knows the layout
of the made-up documents (nothing is carried over, so that every total closes), follows code prefixes instead of the
tree, and reckons in decimals with first-order bounds instead of integer intervals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph_data.core.amount import MONEY_UNITS, Number, decimals_of
from graph_data.core.records import Account
from graph_data.core.terms import ColumnKey, FundingQuantity, FundSource, LineItem, Role, Side, StatementForm, Topic
from tests.graph_data.checks.sites import Site

Cells = Mapping[tuple[str, str, str], Site]
"""The cells of a table by side, row (code or label) and column."""
F = StatementForm
LAND = {"GENERAL_PUBLIC_BUDGET": "general", "GOVERNMENT_MANAGED_FUNDS": "managed"}


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is sum (the first is the sum of the rest), same, or share (the first is percent of second in third)."""

    kind: str
    sites: tuple[Site, ...]

    def is_broken_by(self, site: Site, number: Number) -> bool:
        """Would another number at one of its places exceed what rounding can explain?"""
        numbers = [number if each == site else each.number for each in self.sites]
        values = [_in_yuan(each) for each in numbers]
        if self.kind == "share":
            return _share_is_off(numbers, values)
        allowed = sum((_half(each) for each in numbers), Decimal(0))
        return abs(values[0] - sum(values[1:], Decimal(0))) > allowed


def relations(account: Account, sites: Iterable[Site]) -> list[Relation]:
    """Everything that the document says twice."""
    listed = list(sites)
    tables: dict[StatementForm, dict[tuple[str, str, str], Site]] = defaultdict(dict)
    lines = {(line.form, line.line): line for line in account.lines}
    columns = {(column.form, column.column): column for column in account.columns}
    for site in listed:
        if site.table == "figures":
            figure = site.record(account)
            line, column = lines[figure.form, figure.line], columns[figure.form, figure.column]
            phase = column.phase.name if column.phase else ""
            row = line.code or (line.item.name if line.item else line.label)
            tables[figure.form][line.side.name if line.side else "", row, phase + column.key.name] = site
    told = [*_down(tables), *_across(tables), *_two_sided(tables), *_prose(account, listed), *_sheets(account, listed)]
    told += [Relation("same", pair) for pair in _repeated(account, listed, tables)]
    return [relation for relation in told if all(site.number.value is not None for site in relation.sites)]


def _down(tables: Mapping[StatementForm, Cells]) -> Iterator[Relation]:
    totals = {"": "TOTAL", "PERSONNEL": "PERSONNEL_TOTAL", "OPERATING": "OPERATING_TOTAL"}
    for form in (F.REVENUE, F.EXPENDITURE, F.GENERAL_PUBLIC_BUDGET, F.GOVERNMENT_MANAGED_FUNDS, F.BASIC_EXPENDITURE):
        cells = tables[form]
        for (side, row, column), whole in cells.items():
            prefix = "" if row == totals.get(side) else row
            width = {0: 3, 3: 5, 5: 7}.get(len(prefix), 9)
            parts = [
                cell
                for (of, code, key), cell in cells.items()
                if (of, key) == (side, column) and len(code) == width and code.isdigit() and code.startswith(prefix)
            ]
            if parts:
                yield Relation("sum", (whole, *parts))


def _across(tables: Mapping[StatementForm, Cells]) -> Iterator[Relation]:
    outside = {"TOTAL", "OPENING_CARRYOVER", "CURRENT_YEAR_REVENUE", "CLOSING_CARRYOVER"}
    for form in (F.REVENUE, F.EXPENDITURE, F.GENERAL_PUBLIC_BUDGET, F.GOVERNMENT_MANAGED_FUNDS, F.FISCAL_APPROPRIATION):
        for (side, row, column), whole in tables[form].items():
            of_row = {key: cell for (at, code, key), cell in tables[form].items() if (at, code) == (side, row)}
            if column == "TOTAL":
                yield Relation("sum", (whole, *(cell for key, cell in of_row.items() if key not in outside)))
            if column == "CURRENT_YEAR_REVENUE" and "TOTAL" in of_row:
                yield Relation("same", (whole, of_row["TOTAL"]))
    three = {key: cell for (_, _, key), cell in tables[F.THREE_PUBLIC_EXPENSES].items()}
    for phase in ("BUDGET", "FINAL"):
        for name, parts in (
            ("TOTAL", ("OVERSEAS_OFFICIAL_TRAVEL", "OFFICIAL_VEHICLES", "OFFICIAL_HOSPITALITY")),
            ("OFFICIAL_VEHICLES", ("OFFICIAL_VEHICLE_PURCHASE", "OFFICIAL_VEHICLE_OPERATION")),
        ):
            if phase + name in three:
                cells = (three[phase + part] for part in parts if phase + part in three)
                yield Relation("sum", (three[phase + name], *cells))


def _two_sided(tables: Mapping[StatementForm, Cells]) -> Iterator[Relation]:
    totals = {LineItem.CURRENT_YEAR_REVENUE.name, LineItem.CURRENT_YEAR_EXPENDITURE.name}
    for form in (F.REVENUE_AND_EXPENDITURE, F.FISCAL_APPROPRIATION):
        cells = tables[form]
        for (side, row, column), whole in cells.items():
            if row in totals:
                others = {*totals, LineItem.GRAND_TOTAL.name}
                parts = (cell for (of, code, key), cell in cells.items()
                         if (of, key) == (side, column) and code not in others)  # fmt: skip
                yield Relation("sum", (whole, *parts))


# ------------------------------------------------------------------------------------------ repeated figures


def _repeated(
    account: Account, sites: list[Site], tables: Mapping[StatementForm, Cells]
) -> Iterator[tuple[Site, Site]]:
    """Pairs of places that print one and the same figure."""
    named: dict[tuple[str, ...], list[Site]] = defaultdict(list)
    for form, cells in tables.items():
        for (side, row, column), site in cells.items():
            for concept in _concepts_of_cell(form, side, row, column):
                named[concept].append(site)
    for site in sites:
        if (repeated := _concept(account, site)) is not None:
            named[repeated].append(site)
    for group in named.values():
        for n, first in enumerate(group):
            yield from ((first, second) for second in group[n + 1 :])


def _concepts_of_cell(form: StatementForm, side: str, row: str, column: str) -> Iterator[tuple[str, ...]]:
    is_total = row in ("TOTAL", "GRAND_TOTAL", "CURRENT_YEAR_REVENUE", "CURRENT_YEAR_EXPENDITURE")
    code = "" if is_total else row
    if form in (F.REVENUE, F.EXPENDITURE, F.REVENUE_AND_EXPENDITURE) and column in ("TOTAL", "AMOUNT"):
        if is_total or row.isdigit():
            yield ("all", code, "TOTAL")
    elif form in (F.EXPENDITURE, F.REVENUE) and is_total:
        yield ("all", "", column)
    if form is F.REVENUE_AND_EXPENDITURE and row == "OTHER" and side == Side.REVENUE.name:
        yield ("all", "", ColumnKey.OTHER_REVENUE.name)
    if form.name in LAND and (column in ("TOTAL", "BASIC", "PROJECT")):
        yield (LAND[form.name], code, column)
    if form is F.FISCAL_APPROPRIATION and column in LAND:
        yield (LAND[column], code, "TOTAL")
    if form in (F.FISCAL_APPROPRIATION, F.REVENUE_AND_EXPENDITURE) and side == Side.REVENUE.name and row in LAND:
        yield (LAND[row], "", "TOTAL")
    if form is F.FISCAL_APPROPRIATION and is_total and column in ("AMOUNT", "TOTAL"):
        yield ("all", "", "FISCAL_APPROPRIATION")
    if form is F.BASIC_EXPENDITURE and row.endswith("_TOTAL"):
        yield ("detail", row.removesuffix("_TOTAL"))
    if form is F.THREE_PUBLIC_EXPENSES:
        yield ("three", column)


_STATED = {
    "REVENUE_TOTAL": ("all", "", "TOTAL"),
    "EXPENDITURE_TOTAL": ("all", "", "TOTAL"),
    "REVENUE_GRAND_TOTAL": ("all", "", "TOTAL"),
    "EXPENDITURE_GRAND_TOTAL": ("all", "", "TOTAL"),
    "APPROPRIATION_GRAND_TOTAL": ("all", "", "FISCAL_APPROPRIATION"),
    "GENERAL_PUBLIC_BUDGET": ("general", "", "TOTAL"),
}


def _concept(account: Account, site: Site) -> tuple[str, ...] | None:
    """What a number outside the tables repeats."""
    record = site.record(account)
    if site.table == "projects" and site.field != "total_max_score":
        return ("score", str(record.project))
    if site.table == "funding":
        is_executed = record.fund_source is FundSource.TOTAL and record.quantity is FundingQuantity.EXECUTED
        return ("executed", str(record.project)) if is_executed else None
    if site.table != "facts":
        return None
    if record.topic in (Topic.PROJECT_SUMMARY, Topic.EVALUATION_REPORT):
        return ("score" if record.role is Role.SCORE else "executed", record.item)
    if record.topic in (Topic.SHARE, Topic.YEAR_COMPARISON) and record.role is Role.AMOUNT:
        return ("general", record.item, "TOTAL") if record.item.isdigit() else _STATED.get(
            record.item, ("all", "", record.item)
        )  # fmt: skip
    if record.topic is Topic.BUDGET_DEVIATION and record.role is Role.FINAL:
        return ("general", "" if record.item == "TOTAL" else record.item, "TOTAL")
    if record.topic is Topic.BASIC_EXPENDITURE:
        return ("general", "", "BASIC") if record.item == "TOTAL" else ("detail", record.item)
    if record.topic is Topic.THREE_PUBLIC:
        return ("three", record.role.name + record.item)
    return None


# ------------------------------------------------------------------------------------------ prose and sheets


def _prose(account: Account, sites: list[Site]) -> Iterator[Relation]:
    said: dict[tuple[Topic, str, Role], Site] = {}
    for site in sites:
        if site.table == "facts":
            fact = site.record(account)
            said[fact.topic, fact.item, fact.role] = site
    for (topic, item, role), site in said.items():
        if role is Role.COMPLETION_PERCENT:
            yield Relation("share", (site, said[topic, item, Role.FINAL], said[topic, item, Role.INITIAL_BUDGET]))
        if role is Role.PERCENT and (topic, item, Role.AMOUNT) in said:
            yield from _share_of(said, site, topic, item)
        if role is Role.CHANGE_PERCENT:
            amount, change = (said[topic, item, of] for of in (Role.AMOUNT, Role.CHANGE))
            yield Relation("share", (site, change, amount, change))
    for role in (Role.INITIAL_BUDGET, Role.FINAL):
        parts = [site for (topic, item, of), site in said.items()
                 if topic is Topic.BUDGET_DEVIATION and of is role and item != "TOTAL"]  # fmt: skip
        yield Relation("sum", (said[Topic.BUDGET_DEVIATION, "TOTAL", role], *parts))
    yield Relation(
        "sum", tuple(said[Topic.PROCUREMENT, item, Role.AMOUNT] for item in ("TOTAL", "GOODS", "WORKS", "SERVICES"))
    )
    yield Relation("same", tuple(said[Topic.STATE_ASSETS, item, Role.COUNT] for item in ("VEHICLES", "VEHICLE_USE")))


def _share_of(said: Mapping[tuple[Topic, str, Role], Site], site: Site, topic: Topic, item: str) -> Iterator[Relation]:
    whole = {Topic.PROCUREMENT: "TOTAL", Topic.SHARE: "REVENUE_TOTAL"}.get(topic)
    if item.isdigit():
        topic, whole = Topic.SHARE, "GENERAL_PUBLIC_BUDGET"
    if whole is not None and (topic, whole, Role.AMOUNT) in said:
        yield Relation("share", (site, said[topic, item, Role.AMOUNT], said[topic, whole, Role.AMOUNT]))


def _sheets(account: Account, sites: list[Site]) -> Iterator[Relation]:
    funds = {(site.record(account).project, site.record(account).fund_source, site.record(account).quantity): site
             for site in sites if site.table == "funding"}  # fmt: skip
    for project in account.projects:
        for quantity in (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED):
            cells = [funds[project.project, source, quantity] for source in FundSource
                     if (project.project, source, quantity) in funds]  # fmt: skip
            if cells:
                yield Relation("sum", tuple(cells))
        for source in FundSource:
            rate, executed, revised = (
                funds.get((project.project, source, quantity))
                for quantity in (
                    FundingQuantity.EXECUTION_RATE,
                    FundingQuantity.EXECUTED,
                    FundingQuantity.REVISED_BUDGET,
                )
            )
            if rate and executed and revised:
                yield Relation("share", (rate, executed, revised))
        yield from _points(account, sites, funds, project.project)


def _points(
    account: Account, sites: list[Site], funds: Mapping[tuple[int, FundSource, FundingQuantity], Site], project: int
) -> Iterator[Relation]:
    for field, total, quantity in (
        ("max_score", "total_max_score", FundingQuantity.MAX_SCORE), ("score", "total_score", FundingQuantity.SCORE),
    ):  # fmt: skip
        points = [site for site in sites if site.table == "indicators" and site.field == field
                  and site.record(account).project == project]  # fmt: skip
        leaves = [site for site in points if site.record(account).indicator.count(".") == 2]
        whole = [site for site in sites if site.field == total and site.record(account).project == project]
        if whole:
            yield Relation("sum", (whole[0], funds[project, FundSource.TOTAL, quantity], *leaves))
        for group in (site for site in points if site not in leaves):
            own = group.record(account).indicator + "."
            yield Relation("sum", (group, *(leaf for leaf in leaves if leaf.record(account).indicator.startswith(own))))


# ------------------------------------------------------------------------------------------ decimals


def _worth(number: Number) -> Decimal:
    return Decimal(MONEY_UNITS[number.unit].fen) / 100 if number.is_money else Decimal(1)


def _in_yuan(number: Number) -> Decimal:
    assert number.value is not None
    return number.value * _worth(number)


def _half(number: Number) -> Decimal:
    is_counted = not number.is_money and number.unit not in ("%", "分")
    return Decimal(0) if is_counted else _worth(number) * Decimal(5).scaleb(-number.decimals - 1)


def _share_is_off(numbers: list[Number], values: list[Decimal]) -> bool:
    """Beyond the rounding of the percentage as it is printed, and of the amounts to first order."""
    stated, part, whole = values[0], values[1], values[2] - sum(values[3:], Decimal(0))
    if whole <= 0:
        return False
    own = Decimal(5).scaleb(-decimals_of(numbers[0].text) - 1)
    around = (
        _half(numbers[1]) / whole + abs(part) / whole * sum((_half(each) for each in numbers[2:]), Decimal(0)) / whole
    )
    return abs(stated - 100 * part / whole) > own + 101 * around
