"""项目支出绩效自评表: the head (project, department, unit), the funds, the goals, then the indicator tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph_data.core import vocabulary as words
from graph_data.core.amount import Number, decimals_of, read_number
from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey, FundingRecord, IndicatorRecord, NarrativeRecord, Source
from graph_data.core.terms import FundingQuantity, NarrativeKind
from graph_data.reading.layout import Place, Region, Row
from graph_data.reading.sheets.indicators import read_indicators
from graph_data.reading.tally import Tally, Use

POINTS = "分"
SCORE_DECIMALS = 2  # scores are awarded in hundredths, even where a sheet happens to print whole ones
HEAD = (*words.SHEET_PROJECT, *words.SHEET_DEPARTMENT, *words.SHEET_UNIT)
MONEY = (FundingQuantity.INITIAL_BUDGET, FundingQuantity.REVISED_BUDGET, FundingQuantity.EXECUTED)


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Whose sheet it is; codes are the ones in brackets, [102004], where printed."""

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

    @property
    def figures(self) -> int:
        """How many printed numbers the sheet gave."""
        scores = sum((entry.max_score is not None) + (entry.score is not None) for entry in self.indicators)
        return len(self.funding) + scores + (self.total_max_score is not None) + (self.total_score is not None)


def read_head(region: Region) -> SheetHead:
    """The head of a sheet. Raises DocumentError where it names no project."""
    name = _after(region, words.SHEET_PROJECT)
    if name is None:
        place = f"{region.place}, {region.title}"
        raise DocumentError(place, f"no {words.SHEET_PROJECT[0]}", f"a row {words.SHEET_PROJECT[0]} with the name")
    department, unit = _after(region, words.SHEET_DEPARTMENT), _after(region, words.SHEET_UNIT)
    department_code, department_name = _coded(department[0] if department else None)
    unit_code, unit_name = _coded(unit[0] if unit else None)
    source = name[1].source(region.section, words.SHEET_PROJECT[0])
    return SheetHead(name[0], department_code, department_name, unit_code, unit_name, source)


def read_sheet(region: Region, account: AccountKey, project: int, tally: Tally) -> Sheet:
    """The whole of a sheet, its scores at the scale of the sheet. Raises DocumentError naming line, row and column."""
    funding = tuple(_funding(region, account, project, tally))
    for row in region.rows:
        if any(words.plain(cell) in HEAD for cell in row.printed):
            tally.take(row, range(len(row.cells)), Use.HEADING)
    tree = read_indicators(region, account, project, tally)
    narratives = (*_goals(region, account, project, tally), *tree.notes)
    return _at_scale(
        Sheet(funding, tree.indicators, narratives, tree.total_max_score, tree.total_score, tree.total_source)
    )


def _at_scale(sheet: Sheet) -> Sheet:
    """The sheet with every score at the scale of the finest: a 10 beside 100.00 counts as 10.00."""
    scores = [fund.number for fund in sheet.funding if fund.number.unit == POINTS]
    scores += [n for entry in sheet.indicators for n in (entry.max_score, entry.score) if n is not None]
    scores += [n for n in (sheet.total_max_score, sheet.total_score) if n is not None]
    scale = max(SCORE_DECIMALS, *(score.decimals for score in scores)) if scores else SCORE_DECIMALS

    def scaled(number: Number | None) -> Number | None:
        return replace(number, decimals=scale) if number is not None and number.unit == POINTS else number

    return Sheet(
        tuple(replace(fund, number=scaled(fund.number) or fund.number) for fund in sheet.funding),
        tuple(
            replace(entry, max_score=scaled(entry.max_score), score=scaled(entry.score)) for entry in sheet.indicators
        ),
        sheet.narratives, scaled(sheet.total_max_score), scaled(sheet.total_score), sheet.total_source,
    )  # fmt: skip


def _after(region: Region, labels: Sequence[str]) -> tuple[str, Place] | None:
    """The cell that follows a label in its row."""
    for row in region.rows:
        cells = row.printed
        for label, value in pairwise(cells):
            if words.plain(label) in labels:
                return words.printed(value), row.place
    return None


def _coded(text: str | None) -> tuple[str | None, str | None]:
    """[102004]名称 → its code and name."""
    if text is None:
        return None, None
    match = words.CODED_NAME.match(text.replace("【", "[").replace("】", "]").replace("［", "[").replace("］", "]"))
    return (match["code"], match["name"]) if match else (None, text)


def _funding(region: Region, account: AccountKey, project: int, tally: Tally) -> Iterator[FundingRecord]:
    rows = iter(region.rows)
    head = next((row for row in rows if _funding_columns(row)), None)
    if head is None:
        raise DocumentError(
            f"{region.place}, {region.title}", "no columns of funds", "年初预算数、全年预算数、全年执行数"
        )
    columns = _funding_columns(head)
    tally.take(head, range(len(head.cells)), Use.HEADING)
    unit = _unit(region, head)
    block = []
    for row in rows:
        label = next((index for index, cell in enumerate(row.cells) if words.plain(cell) in words.FUND_SOURCES), None)
        if label is None:
            break
        block.append((row, label))
    if not block:
        raise DocumentError(f"{head.place}, {region.title}", "no rows of funds", "年度资金总额 under the headings")
    scale = max(decimals_of(_at(row, label, columns, index)) for row, label in block for index in columns
                if columns[index] in MONEY)  # fmt: skip
    for row, label in block:
        for index, quantity in columns.items():
            text = _at(row, label, columns, index)
            if text:
                tally.take(row, [_place(row, label, columns, index)], Use.VALUE)
                yield _fund(region, row, label, quantity, text, unit, scale, account, project)


def _funding_columns(row: Row) -> dict[int, FundingQuantity]:
    columns = {
        index: words.FUNDING_COLUMNS[words.plain(cell)]
        for index, cell in enumerate(row.cells)
        if words.plain(cell) in words.FUNDING_COLUMNS
    }
    return columns if FundingQuantity.EXECUTED in columns.values() else {}


def _at(row: Row, label: int, columns: dict[int, FundingQuantity], index: int) -> str:
    place = _place(row, label, columns, index)
    return row.cells[place] if place < len(row.cells) else ""


def _place(row: Row, label: int, columns: dict[int, FundingQuantity], index: int) -> int:
    """Where a cell of a funds row stands, which may have lost the blank cell that stands left of its label."""
    first = min(columns)
    return index - (first - 1 - label if any(row.cells[label + 1 : first]) else 0)


def _unit(region: Region, head: Row) -> str:
    for text in (*head.printed, *(paragraph.text for paragraph in region.paragraphs)):
        for pattern in (words.SHEET_FUNDS, words.AMOUNT_UNIT):
            if (match := pattern.search(words.plain(text))) is not None:
                return match.group(1)
    raise DocumentError(f"{head.place}, {region.title}", "no unit of the funds", "项目预算执行情况 (万元)")


def _fund(
    region: Region, row: Row, label: int, quantity: FundingQuantity, text: str, unit: str, scale: int,
    account: AccountKey, project: int,
) -> FundingRecord:  # fmt: skip
    source_label = words.plain(row.cells[label])
    where = f"{row.place}, {region.title}, row {source_label}, column {quantity.value}"
    measured = {FundingQuantity.EXECUTION_RATE: "%"}.get(quantity, unit if quantity in MONEY else POINTS)
    try:
        number = read_number(text, measured, scale if quantity in MONEY else None)
    except ValueError as error:
        raise DocumentError(where, repr(text), "a number such as 1,810.76") from error
    source = row.place.source(region.section, source_label, quantity.value)
    return FundingRecord(account, project, words.FUND_SOURCES[source_label], quantity, number, source)


def _goals(region: Region, account: AccountKey, project: int, tally: Tally) -> Iterator[NarrativeRecord]:
    """年初预期目标 and 目标实际完成情况: the texts of the row under their headings."""
    rows = list(region.rows)
    for head, below in pairwise(rows):
        labels = {words.plain(cell): index for index, cell in enumerate(head.cells) if cell}
        goal = next((labels[label] for label in words.SHEET_GOAL if label in labels), None)
        outcome = next((labels[label] for label in words.SHEET_OUTCOME if label in labels), None)
        if goal is None or outcome is None:
            continue
        texts = {index: cell for index, cell in enumerate(below.cells) if cell}
        tally.take(below, texts, Use.VALUE)
        for index, text in texts.items():
            kind = (
                NarrativeKind.ANNUAL_GOAL if abs(index - goal) <= abs(index - outcome) else NarrativeKind.GOAL_OUTCOME
            )
            source = below.place.source(region.section, kind.value)
            yield NarrativeRecord(account, kind, str(project), 1, text, source)
        return
