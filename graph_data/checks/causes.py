"""What lies behind the findings of one account: how much they matter, which are of one cause, and that cause.

A printed total that is evidently wrong, nothing or off by a power of ten, is reported once: where it is held against
what makes it up. What else it contradicts follows from it and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from graph_data.checks.book import CARRIED, Book
from graph_data.checks.examination import Finding, Materiality
from graph_data.checks.wording import Cause, Said, say
from graph_data.core.amount import MONEY_UNITS
from graph_data.core.records import Source
from graph_data.core.terms import ColumnKey, LineItem, MaterialityLevel, StatementForm

MATERIAL = Decimal("0.01")  # of the account's total
ROUNDING = Decimal("0.0001")  # of the account's total
FEW_STEPS = 5  # of the last printed digit: what rounding and adding up may leave
TELLING = 10  # steps of the last digit from which on two equal differences are no accident
POWERS = tuple(Decimal(10) ** power for power in range(-8, 9) if power)
SUMMARIES = (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION)


def without_consequences(findings: Sequence[Finding]) -> list[Finding]:
    """The findings but those that only follow from a total that is evidently wrong."""
    wrong: dict[Source, Finding] = {}
    for finding in findings:
        if finding.is_of_total and _is_evident(finding):
            wrong.setdefault(finding.sources[0], finding)
    return [one for one in findings if all(wrong.get(source, one) is one for source in one.sources)]


def weighed(findings: Sequence[Finding], book: Book) -> list[Finding]:
    """Each with its materiality, the group of its cause and the cause itself, in the same order.

    A group is called by the check and the number of its first finding: "tables.in-and-out/1".
    """
    total = _total(book)
    found = [replace(finding, materiality=_materiality(finding, total)) for finding in findings]
    carried = _carried(book)
    groups: dict[tuple[object, ...], str] = {}
    numbers: dict[str, int] = {}
    weighed = []
    for finding in found:
        numbers[finding.check] = number = numbers.get(finding.check, 0) + 1
        own = f"{finding.check}/{number}"
        marks = list(_marks(finding))
        group = next((groups[mark] for mark in marks if mark in groups), own)
        groups |= dict.fromkeys(marks, group)
        weighed.append(replace(finding, group=group, cause=_cause_of(finding, book, carried)))
    return weighed


def _is_evident(finding: Finding) -> bool:
    """Is the printed number nothing, or a power of ten of what it should be?"""
    reported, derived = finding.reported, finding.derived
    if reported is None or not derived:
        return False
    return not reported or any(abs(reported - derived * power) <= abs(derived * power) / 10**6 for power in POWERS)


def _marks(finding: Finding) -> Iterable[tuple[object, ...]]:
    """What it shares with the other findings of its cause."""
    fen = finding.materiality.fen
    if fen is not None and (finding.materiality.steps or 0) >= TELLING:
        yield (abs(fen),)
    elif fen:
        yield from ((abs(fen), source) for source in finding.sources)


def _materiality(finding: Finding, total: int | None) -> Materiality:
    unit = MONEY_UNITS.get(finding.unit or "")
    if finding.difference is None:
        return Materiality(MaterialityLevel.UNQUANTIFIED)
    steps = round(abs(finding.difference) / finding.step, 2) if finding.step else None
    if unit is None:
        return Materiality(MaterialityLevel.UNQUANTIFIED, steps=steps)
    fen = int(finding.difference * unit.fen)
    share = round(Decimal(abs(fen)) / total, 8) if total else None
    if share is not None and share >= MATERIAL:
        level = MaterialityLevel.MATERIAL
    elif steps is not None and steps <= FEW_STEPS and (share is None or share < ROUNDING):
        level = MaterialityLevel.ROUNDING
    else:
        level = MaterialityLevel.MINOR
    return Materiality(level, fen, share, steps)


def _total(book: Book) -> int | None:
    """What the account spent in all, in 分: of the first table that prints it."""
    for form, item, key in (
        (StatementForm.REVENUE_AND_EXPENDITURE, LineItem.GRAND_TOTAL, ColumnKey.AMOUNT),
        (StatementForm.EXPENDITURE, LineItem.TOTAL, ColumnKey.TOTAL),
        (StatementForm.GENERAL_PUBLIC_BUDGET, LineItem.TOTAL, ColumnKey.TOTAL),
    ):
        table = book.table(form)
        cell = table.cell(table.line(item), table.column(key)) if table is not None else None
        if cell is not None and cell.number.fen:
            return abs(cell.number.fen)
    return None


def _carried(book: Book) -> list[tuple[int, Said]]:
    """What the summaries carry over: each printed amount in 分, and opening less closing, with what to say of it."""
    found: list[tuple[int, Said]] = []
    for form in SUMMARIES:
        table = book.table(form)
        if table is None:
            continue
        amounts = {line.item: (line.label, cell) for line in table.lines if line.item in CARRIED
                   for cell in table.row(line).values() if cell.number.fen}  # fmt: skip
        for label, cell in amounts.values():
            found.append(
                (cell.number.fen or 0, say("carried", table=table.record.title, row=label, amount=cell.number))
            )
        ends = [amounts.get(item) for item in (LineItem.OPENING_CARRYOVER, LineItem.CLOSING_CARRYOVER)]
        if ends[0] is not None and ends[1] is not None:
            opening, closing = ends[0][1].number, ends[1][1].number
            said = say("used", table=table.record.title, opening=opening, closing=closing)
            found.append(((opening.fen or 0) - (closing.fen or 0), said))
    return found


def _cause_of(finding: Finding, book: Book, carried: Sequence[tuple[int, Said]]) -> Cause | None:
    """What the arithmetic shows to be behind a difference; None where it shows nothing."""
    said = _said_of(finding, book, carried)
    return None if said is None else Cause(said.case, said.details)


def _said_of(finding: Finding, book: Book, carried: Sequence[tuple[int, Said]]) -> Said | None:
    fen, steps = finding.materiality.fen, finding.materiality.steps or 0
    if fen is None or finding.reported is None or finding.derived is None:
        return None
    if _is_evident(finding) and finding.reported:
        return say("scaled")
    if _is_transposed(finding.reported, finding.derived):
        return say("transposed")
    if finding.check == "prose.totals" and (cell := _elsewhere(finding, book)) is not None:
        return cell
    near = int((finding.tolerance or 0) * MONEY_UNITS[finding.unit or ""].fen)
    fitting = (said for amount, said in carried if amount and abs(abs(fen) - abs(amount)) <= near)
    return next(fitting, None) if steps >= TELLING else None


def _elsewhere(finding: Finding, book: Book) -> Said | None:
    """The total of another table that a stated amount repeats."""
    stated = int((finding.reported or 0) * MONEY_UNITS[finding.unit or ""].fen)
    for form in (StatementForm.EXPENDITURE, StatementForm.REVENUE, StatementForm.GENERAL_PUBLIC_BUDGET):
        table = book.table(form)
        for column in table.columns if table is not None else ():
            cell = table.cell(table.total, column) if table is not None else None
            if table is not None and cell is not None and stated and cell.number.fen == stated:
                return say("elsewhere", table=table.record.title, column=column.heading)
    return None


def _is_transposed(first: Decimal, second: Decimal) -> bool:
    """Are these the same digits but for two neighbours that changed places?"""
    one, other = (f"{value:.2f}" for value in (first, second))
    differing = [place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
    if len(one) != len(other) or len(differing) != 2:
        return False
    here, there = differing
    return one[here] == other[there] and one[there] == other[here] and one[here + 1 : there] in ("", ".")
