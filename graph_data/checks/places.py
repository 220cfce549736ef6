"""Which printed cell a stated number repeats: the prose and the tables share their items."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.records import FactRecord, FigureRecord, LineRecord
from graph_data.terms import ColumnKey, LineItem, Phase, Role, Side, StatementForm, ThreePublicItemKind, Topic

TOTALS = {
    "REVENUE_TOTAL": (StatementForm.REVENUE, ColumnKey.TOTAL),
    "EXPENDITURE_TOTAL": (StatementForm.EXPENDITURE, ColumnKey.TOTAL),
    "GENERAL_PUBLIC_BUDGET": (StatementForm.GENERAL_PUBLIC_BUDGET, ColumnKey.TOTAL),
    **{
        key.name: (StatementForm.REVENUE, key)
        for key in (
            ColumnKey.FISCAL_APPROPRIATION,
            ColumnKey.SUBSIDY_FROM_SUPERIOR,
            ColumnKey.OPERATING_SERVICE,
            ColumnKey.BUSINESS_REVENUE,
            ColumnKey.REMITTANCE_FROM_AFFILIATES,
            ColumnKey.OTHER_REVENUE,
        )
    },
    **{
        key.name: (StatementForm.EXPENDITURE, key)
        for key in (
            ColumnKey.BASIC,
            ColumnKey.PROJECT,
            ColumnKey.REMITTANCE_TO_SUPERIOR,
            ColumnKey.BUSINESS_EXPENDITURE,
            ColumnKey.SUBSIDY_TO_AFFILIATES,
        )
    },
}
GRAND_TOTALS = {
    "REVENUE_GRAND_TOTAL": (StatementForm.REVENUE_AND_EXPENDITURE, Side.REVENUE),
    "EXPENDITURE_GRAND_TOTAL": (StatementForm.REVENUE_AND_EXPENDITURE, Side.EXPENDITURE),
    "APPROPRIATION_GRAND_TOTAL": (StatementForm.FISCAL_APPROPRIATION, Side.REVENUE),
}
BASIC_TOTALS = {"PERSONNEL": LineItem.PERSONNEL_TOTAL, "OPERATING": LineItem.OPERATING_TOTAL}
THREE_PUBLIC_COLUMNS = {item.name: ColumnKey[item.name] for item in ThreePublicItemKind}


def cell_of(book: Book, fact: FactRecord) -> FigureRecord | None:
    """The cell that a stated amount repeats; None where it repeats none, or the cell is blank."""
    if fact.topic in (Topic.SHARE, Topic.YEAR_COMPARISON) and fact.role is Role.AMOUNT:
        return total_cell(book, fact.item)
    if fact.topic is Topic.BASIC_EXPENDITURE and fact.role is Role.AMOUNT:
        return _basic(book, fact.item)
    if fact.topic is Topic.BUDGET_DEVIATION and fact.role is Role.FINAL:
        return _total(book, StatementForm.GENERAL_PUBLIC_BUDGET, ColumnKey.TOTAL, _code(fact.item))
    if fact.topic is Topic.THREE_PUBLIC and fact.role in (Role.BUDGET, Role.FINAL):
        return _three_public(book, fact.item, Phase.BUDGET if fact.role is Role.BUDGET else Phase.FINAL)
    return None


def total_cell(book: Book, item: str) -> FigureRecord | None:
    """The cell of a total, a source, a nature or a 类 that prose names."""
    if item in TOTALS:
        return _total(book, *TOTALS[item])
    if item in GRAND_TOTALS:
        form, side = GRAND_TOTALS[item]
        table = book.table(form)
        line = table.line(LineItem.GRAND_TOTAL, side=side) if table else None
        cells = [table.cell(line, column) for column in table.columns if column.side is side] if table else []
        return next((cell for cell in cells if cell is not None), None)
    if item == "THREE_PUBLIC":
        return _three_public(book, ThreePublicItemKind.TOTAL.name, Phase.FINAL)
    return _total(book, StatementForm.GENERAL_PUBLIC_BUDGET, ColumnKey.TOTAL, item) if item.isdigit() else None


def line_of(book: Book, cell: FigureRecord) -> LineRecord | None:
    """The line that a cell stands in."""
    table = book.table(cell.form)
    return next((line for line in table.lines if line.line == cell.line), None) if table else None


def _code(item: str) -> str | None:
    return item if item.isdigit() else None if item == "TOTAL" else item


def _total(book: Book, form: StatementForm, key: ColumnKey, code: str | None = None) -> FigureRecord | None:
    table = book.table(form)
    if table is None:
        return None
    line = table.line(LineItem.TOTAL) if code is None else table.line(code=code)
    return table.cell(line, table.column(key))


def _basic(book: Book, item: str) -> FigureRecord | None:
    if item == "TOTAL":
        return _total(book, StatementForm.GENERAL_PUBLIC_BUDGET, ColumnKey.BASIC)
    table = book.table(StatementForm.BASIC_EXPENDITURE)
    if table is None or item not in BASIC_TOTALS:
        return None
    line = table.line(BASIC_TOTALS[item])
    return next((cell for column in table.columns if (cell := table.cell(line, column)) is not None), None)


def _three_public(book: Book, item: str, phase: Phase) -> FigureRecord | None:
    table = book.table(StatementForm.THREE_PUBLIC_EXPENSES)
    if table is None or item not in THREE_PUBLIC_COLUMNS:
        return None
    return table.cell(table.lines[0], table.column(THREE_PUBLIC_COLUMNS[item], phase=phase))
