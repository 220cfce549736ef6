"""项目支出绩效自评表: the head (project, department, unit), the funds, the goals, then the indicator tree.

Whatever a row says, it costs that row alone: one that is not understood is a gap with its cells as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from graph_data.core import vocabulary as words
from graph_data.core.amount import Number, decimals_of, read_number
from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey, FundingRecord, IndicatorRecord, NarrativeRecord, Source
from graph_data.core.terms import FundingQuantity, FundSource, GapReason, NarrativeKind
from graph_data.reading.layout import Place, Region, Row
from graph_data.reading.layout.regions import heads_indicators
from graph_data.reading.sheets.indicators import POINTS, read_indicators
from graph_data.reading.tally import Tally, Use

SCORE_DECIMALS = 2  # scores are awarded in hundredths, even where a sheet happens to print whole ones
_HEADS = (words.SHEET_PROJECT, words.SHEET_DEPARTMENT, words.SHEET_UNIT, words.SHEET_ASIDE)
HEAD = re.compile("|".join(head.pattern for head in _HEADS))
MONEY = (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)
SLASHES = frozenset({"/", "／", "\\", "*"})  # what some sheets print where nothing is to be filled in
_ORDINAL = re.compile(r"(?:^|[\s;。(])\(?\d{1,2}[、.)](?!\d)|\d{4}年度?|\d{1,2}月(?:\d{1,2}日)?|(?<=指标)\d+")


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Whose sheet it is; codes are the ones before, behind or in brackets, [102004], where printed."""

    name: str
    department_code: str | None
    department: str | None
    unit_code: str | None
    unit: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's records under its project's number, and the two numbers of its 总分 row."""

    funding: tuple[FundingRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    narratives: tuple[NarrativeRecord, ...]
    total_max_score: Number | None
    total_score: Number | None
    total_source: Source | None


def read_head(region: Region) -> SheetHead:
    """The head of a sheet. Raises DocumentError where it names no project."""
    name = _after(region, words.SHEET_PROJECT)
    if name is None:
        place = f"{region.place}, {region.title}"
        raise DocumentError(place, "no 项目名称", "a row 项目名称 with the name")
    department, unit = _after(region, words.SHEET_DEPARTMENT), _after(region, words.SHEET_UNIT)
    department_code, department_name = _coded(department[0] if department else None)
    unit_code, unit_name = _coded(unit[0] if unit else None)
    source = name[1].source(region.section, "项目名称")
    return SheetHead(name[0], department_code, department_name, unit_code, unit_name, source)


def read_sheet(region: Region, account: AccountKey, project: int, tally: Tally) -> Sheet:
    """All of a sheet that can be read, its scores at the scale of the sheet."""
    funding = tuple(_funding(region, account, project, tally))
    for row in region.rows:
        if any(words.is_label(cell, HEAD) for cell in row.printed):
            tally.take(row, range(len(row.cells)), Use.HEADING)
    goals = tuple(_goals(region, account, project, tally))
    tree = read_indicators(region, account, project, tally)
    for row, column in tally.free(region.rows):
        if not re.search(r"\d", _ORDINAL.sub("", words.plain(row.cells[column]))):
            tally.take(row, [column], Use.HEADING)
    return _at_scale(
        Sheet(
            funding, tree.indicators, (*goals, *tree.notes), tree.total_max_score, tree.total_score, tree.total_source
        )
    )


def _at_scale(sheet: Sheet) -> Sheet:
    """The sheet with every score at the scale of the finest: a 10 beside 100.00 counts as 10.00."""
    scores = [fund.number for fund in sheet.funding if fund.number.unit == POINTS]
    scores += [n for entry in sheet.indicators for n in (entry.max_score, entry.score) if n is not None]
    scores += [n for n in (sheet.total_max_score, sheet.total_score) if n is not None]
    scale = max(SCORE_DECIMALS, *(score.decimals for score in scores)) if scores else SCORE_DECIMALS

    def scaled(number: Number | None) -> Number | None:
        if number is None or number.unit != POINTS or number.decimals == scale:
            return number
        return replace(number, decimals=scale)

    return Sheet(
        tuple(replace(fund, number=scaled(fund.number) or fund.number) for fund in sheet.funding),
        tuple(
            entry if (own := (scaled(entry.max_score), scaled(entry.score))) == (entry.max_score, entry.score)
            else replace(entry, max_score=own[0], score=own[1])
            for entry in sheet.indicators
        ),
        sheet.narratives, scaled(sheet.total_max_score), scaled(sheet.total_score), sheet.total_source,
    )  # fmt: skip


def _after(region: Region, label: re.Pattern[str]) -> tuple[str, Place] | None:
    """The cell that follows a label in its row."""
    for row in region.rows:
        for cell, value in pairwise(row.printed):
            if words.is_label(cell, label):
                return words.printed(value), row.place
    return None


def _coded(text: str | None) -> tuple[str | None, str | None]:
    """[102004]名称, 102004-名称, 名称(102004) → its code and name."""
    if text is None:
        return None, None
    plain = words.plain(text).replace("【", "[").replace("】", "]")
    match = words.CODED_NAME.match(plain) or words.NAME_CODED.match(plain)
    return (match["code"], match["name"]) if match else (None, text)


def _funding(region: Region, account: AccountKey, project: int, tally: Tally) -> Iterator[FundingRecord]:
    """The rows of funds under their headings, up to what is no such row; the second of one source is a gap."""
    rows = iter(region.rows)
    head = next((row for row in rows if _funding_columns(row)), None)
    if head is None:
        return
    columns = _funding_columns(head)
    tally.take(head, range(len(head.cells)), Use.HEADING)
    unit = _unit(region, head)
    block = []
    for row in rows:
        label = _fund_label(row, min(columns))
        if label is None:
            break
        block.append((row, label))
    cells = [_at(row, label, columns, index) for row, label in block for index in columns if columns[index] in MONEY]
    scale = max((decimals_of(cell) for cell in cells), default=0)
    seen: set[FundSource] = set()
    for row, label in block:
        rest = FundSource.TOTAL if words.YEAR_LINE.match(row.cells[label]) else FundSource.OTHER
        source = words.meaning(row.cells[label], words.FUND_SOURCES) or rest
        amounts = {index: cell for index in columns if (cell := _at(row, label, columns, index)) not in (*SLASHES, "")}
        if source in seen and amounts:
            tally.gap(region, GapReason.DUPLICATE, tally.free([row]))
        elif unit is None and amounts:
            tally.gap(region, GapReason.NO_AMOUNT_UNIT, tally.free([row]))
        elif amounts:
            seen.add(source)
            yield from _funds(region, row, label, columns, amounts, source, unit or "", scale, account, project, tally)


def _funding_columns(row: Row) -> dict[int, FundingQuantity]:
    """The columns of funds that a row heads, the first of each quantity; none where it heads no execution."""
    columns: dict[int, FundingQuantity] = {}
    for index, cell in enumerate(row.cells):
        quantity = words.meaning(cell, words.FUNDING_COLUMNS) if cell else None
        if quantity is not None and quantity not in columns.values():
            columns[index] = quantity
    if FundingQuantity.REVISED_BUDGET not in columns.values():
        whole = (n for n, cell in enumerate(row.cells) if words.is_label(cell, words.YEARS_BUDGET))
        columns |= dict.fromkeys(list(whole)[:1], FundingQuantity.REVISED_BUDGET)
    has_money = sum(quantity in MONEY for quantity in columns.values())
    return columns if FundingQuantity.EXECUTED in columns.values() and has_money > 1 else {}


def _fund_label(row: Row, first: int) -> int | None:
    """Where the label of a row of funds stands: the last words left of its amounts; None for another row."""
    if heads_indicators(row) or _goal_columns(row) is not None:
        return None
    known = next((n for n, cell in enumerate(row.cells) if words.meaning(cell, words.FUND_SOURCES)), None)
    if known is not None:
        return known
    labels = [
        n
        for n, cell in enumerate(row.cells[:first])
        if cell and (words.YEAR_LINE.match(cell) or not cell[:1].isdigit())
    ]
    is_amount = [_is_amount(cell) for cell in row.cells[first:] if cell]
    return labels[-1] if labels and is_amount and is_amount[0] else None


def _is_amount(text: str) -> bool:
    try:
        read_number(text.rstrip("%％"), "")
    except ValueError:
        return text in SLASHES
    return True


def _at(row: Row, label: int, columns: Mapping[int, FundingQuantity], index: int) -> str:
    place = _place(row, label, columns, index)
    return row.cells[place] if place < len(row.cells) else ""


def _place(row: Row, label: int, columns: Mapping[int, FundingQuantity], index: int) -> int:
    """Where a cell of a funds row stands, which may have lost the blank cell that stands left of its label."""
    first = min(columns)
    return index - (first - 1 - label if any(row.cells[label + 1 : first]) else 0)


def _unit(region: Region, head: Row) -> str | None:
    """The unit of the funds: in the headings, the label left of them, or above the sheet."""
    at = region.rows.index(head)
    near = [cell for row in region.rows[at : at + 2] for cell in row.printed]
    for text in (*near, *(paragraph.text for paragraph in region.paragraphs)):
        for pattern in (words.SHEET_FUNDS, words.AMOUNT_UNIT):
            if (match := pattern.search(words.plain(text))) is not None:
                return match.group(1)
    return None


def _funds(
    region: Region, row: Row, label: int, columns: Mapping[int, FundingQuantity], amounts: Mapping[int, str],
    fund: FundSource, unit: str, scale: int, account: AccountKey, project: int, tally: Tally,
) -> Iterator[FundingRecord]:  # fmt: skip
    printed = words.plain(row.cells[label])
    for index, text in amounts.items():
        quantity, place = columns[index], _place(row, label, columns, index)
        is_money = quantity in MONEY
        measured = "%" if quantity is FundingQuantity.EXECUTION_RATE else unit if is_money else POINTS
        try:
            number = read_number(text.removesuffix(POINTS), measured, scale if is_money else None)
        except ValueError:
            tally.gap(region, GapReason.UNREADABLE_AMOUNT, [(row, place)], f"{printed}, {quantity.value}")
            continue
        tally.take(row, [place], Use.VALUE)
        source = row.place.source(region.section, printed, quantity.value)
        yield FundingRecord(account, project, fund, quantity, number, source)


def _goal_columns(row: Row) -> tuple[int, int] | None:
    """Where a row heads 年初预期目标 and 目标实际完成情况."""
    goal = next((n for n, cell in enumerate(row.cells) if words.is_label(cell, words.SHEET_GOAL)), None)
    if goal is None:
        return None
    outcome = next(
        (n for n, cell in enumerate(row.cells) if n > goal and words.is_label(cell, words.SHEET_OUTCOME)), None
    )
    return None if outcome is None else (goal, outcome)


def _goals(region: Region, account: AccountKey, project: int, tally: Tally) -> Iterator[NarrativeRecord]:
    """年初预期目标 and 目标实际完成情况: the texts of the row under their headings."""
    for head, below in pairwise(region.rows):
        columns = _goal_columns(head)
        if columns is None or heads_indicators(head) or heads_indicators(below):
            continue
        goal, outcome = columns
        texts = {index: cell for index, cell in enumerate(below.cells) if cell}
        tally.take(below, texts, Use.VALUE)
        places: Counter[NarrativeKind] = Counter()
        for index, text in texts.items():
            is_goal = abs(index - goal) <= abs(index - outcome)
            kind = NarrativeKind.ANNUAL_GOAL if is_goal else NarrativeKind.GOAL_OUTCOME
            places[kind] += 1
            source = below.place.source(region.section, kind.value)
            yield NarrativeRecord(account, kind, str(project), places[kind], text, source)
        return
