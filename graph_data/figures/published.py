"""From accounts to figures: which published numbers belong to which measure, grid by grid. A dash is no number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from graph_data.classification import prefixes
from graph_data.core import vocabulary as words
from graph_data.core.records import Account, ColumnRecord, FigureRecord, LineRecord
from graph_data.core.terms import (
    Classification,
    ColumnKey,
    ExpenditureNature,
    Fund,
    FundingQuantity,
    FundSource,
    LineItem,
    Measure,
    Phase,
    RevenueSource,
    Role,
    Side,
    StatementForm,
    ThreePublicItemKind,
    Topic,
)
from graph_data.figures.cells import WHOLE, PrintedCell, Row, find_leaves
from graph_data.figures.columns import MeasureTable, Published, Trees
from graph_data.figures.stated import stated_cells, total_cells
from graph_data.graph import Identities
from graph_data.graph.draft import THREE_PUBLIC_PARENTS, three_public_kind
from graph_data.graph.ids import line_id, project_id, subject_id

FUND_OF = {
    StatementForm.GENERAL_PUBLIC_BUDGET: Fund.GENERAL_PUBLIC_BUDGET,
    StatementForm.GOVERNMENT_MANAGED_FUNDS: Fund.GOVERNMENT_MANAGED_FUNDS,
    StatementForm.STATE_CAPITAL_OPERATIONS: Fund.STATE_CAPITAL_OPERATIONS,
}
MEASURE_OF = {
    StatementForm.REVENUE: Measure.REVENUE,
    StatementForm.EXPENDITURE: Measure.EXPENDITURE,
    StatementForm.BASIC_EXPENDITURE: Measure.BASIC_EXPENDITURE,
    **dict.fromkeys(FUND_OF, Measure.APPROPRIATION_EXPENDITURE),
}
FUNDING_MEASURES = {
    FundingQuantity.INITIAL_BUDGET: Measure.PROJECT_INITIAL_BUDGET,
    FundingQuantity.REVISED_BUDGET: Measure.PROJECT_REVISED_BUDGET,
    FundingQuantity.EXECUTED: Measure.PROJECT_EXECUTED,
}
_PHASES = {Phase.BUDGET: Measure.THREE_PUBLIC_BUDGET, Phase.FINAL: Measure.THREE_PUBLIC_FINAL}
_SPENDING: Mapping[ColumnKey, Enum | None] = {
    ColumnKey.TOTAL: None,
    ColumnKey.BASIC: ExpenditureNature.BASIC,
    ColumnKey.PROJECT: ExpenditureNature.PROJECT,
    ColumnKey.REMITTANCE_TO_SUPERIOR: ExpenditureNature.REMITTANCE_TO_SUPERIOR,
    ColumnKey.BUSINESS_EXPENDITURE: ExpenditureNature.BUSINESS,
    ColumnKey.SUBSIDY_TO_AFFILIATES: ExpenditureNature.SUBSIDY_TO_AFFILIATES,
}
_SOURCES: Mapping[ColumnKey, Enum | None] = {
    ColumnKey.TOTAL: None,
    ColumnKey.FISCAL_APPROPRIATION: RevenueSource.FISCAL_APPROPRIATION,
    ColumnKey.SUBSIDY_FROM_SUPERIOR: RevenueSource.SUBSIDY_FROM_SUPERIOR,
    ColumnKey.OPERATING_SERVICE: RevenueSource.OPERATING_SERVICE,
    ColumnKey.BUSINESS_REVENUE: RevenueSource.BUSINESS,
    ColumnKey.REMITTANCE_FROM_AFFILIATES: RevenueSource.REMITTANCE_FROM_AFFILIATES,
    ColumnKey.OTHER_REVENUE: RevenueSource.OTHER,
}
_COLUMNS: Mapping[Measure, Mapping[ColumnKey, Enum | None]] = {
    Measure.REVENUE: _SOURCES,
    Measure.EXPENDITURE: _SPENDING,
    Measure.APPROPRIATION_EXPENDITURE: _SPENDING,
    Measure.BASIC_EXPENDITURE: {ColumnKey.AMOUNT: None, ColumnKey.TOTAL: None},
}
_SIDE_TOTALS = {LineItem.PERSONNEL_TOTAL: Side.PERSONNEL, LineItem.OPERATING_TOTAL: Side.OPERATING}
_SIDES = {side: place for place, side in enumerate(Side, start=1)}
_FORMS = {form: place for place, form in enumerate(StatementForm)}


def published_cells(account: Account, graph: Trees, identities: Identities) -> Iterator[PrintedCell]:
    """Every amount of an account that belongs to a measure, in the order of the document; no dashes."""
    key = identities.accounts[account.key]
    yield from _statement_cells(account, key)
    yield from total_cells(account, key)
    yield from stated_cells(account, key)
    yield from _initial_budget_cells(account, key, graph)
    yield from _funding_cells(account, key, identities)


def _statement_cells(account: Account, key: str) -> Iterator[PrintedCell]:
    columns = {(column.form, column.column): column for column in account.columns}
    lines = {(line.form, line.line): line for line in account.lines}
    has_total = any(
        line.form is StatementForm.BASIC_EXPENDITURE and line.item is LineItem.TOTAL for line in account.lines
    )
    for figure in account.figures:
        line, column = lines[figure.form, figure.line], columns[figure.form, figure.column]
        if figure.number.fen is None:
            continue
        if figure.form is StatementForm.THREE_PUBLIC_EXPENSES:
            if line.parent is None:
                yield from _three_public_cell(figure, column, key)
        elif figure.form in MEASURE_OF and (row := _row(line, lines)) is not None:
            yield from _subject_cell(figure, line, row, column, key, has_total)


def _subject_cell(
    figure: FigureRecord, line: LineRecord, row: Row, column: ColumnRecord, key: str, has_total: bool
) -> Iterator[PrintedCell]:
    measure = MEASURE_OF[figure.form]
    if column.key not in _COLUMNS[measure] or line.item not in (None, LineItem.TOTAL, *_SIDE_TOTALS):
        return
    known = line.code and line.classification
    yield PrintedCell(
        _figure_id(key, figure),
        measure,
        _block(measure, line, has_total),
        row,
        _COLUMNS[measure][column.key],
        figure.number,
        figure.source,
        is_extra=has_total and line.item in _SIDE_TOTALS,
        subject=subject_id(line.classification, line.code) if known and line.classification and line.code else None,
        form=figure.form,
        line=line_id(key, figure.form, figure.line),
        column_number=figure.column,
        fund=FUND_OF.get(figure.form),
    )


def _row(line: LineRecord, lines: Mapping[tuple[StatementForm, int], LineRecord]) -> Row | None:
    """The path of codes from the 类 down; a row without a code stands alone below the row that it is a part of.

    None for 其中, which is one of several parts only.
    """
    if line.item is not None:
        return WHOLE
    if line.code:
        return subject_row(line.code)
    if words.OF_WHICH.match(words.unnumbered(line.label)):
        return None
    parent = lines[line.form, line.parent] if line.parent is not None else None
    above = WHOLE if parent is None else _row(parent, lines)
    return None if above is None else (*above, f"#{line.line}")


def subject_row(code: str) -> Row:
    """The path of codes from the 类 down: ("201", "20103", "2010301")."""
    return (*tuple(prefixes(code))[::-1], code)


def _block(measure: Measure, line: LineRecord, has_total: bool) -> int:
    """Each fund's statement has a total of its own; so has each side of the basic detail, unless 合计 sums both."""
    if measure is Measure.APPROPRIATION_EXPENDITURE:
        return _FORMS[line.form]
    if measure is not Measure.BASIC_EXPENDITURE or has_total:
        return 0
    side = line.side or _SIDE_TOTALS.get(line.item) if line.item else line.side
    return _SIDES[side] if side else 0


def _three_public_cell(figure: FigureRecord, column: ColumnRecord, key: str) -> Iterator[PrintedCell]:
    kind = three_public_kind(column.key)
    if kind is None:
        return
    yield PrintedCell(
        _figure_id(key, figure),
        _PHASES[column.phase or Phase.FINAL],
        0,
        item_row(kind),
        None,
        figure.number,
        figure.source,
        form=figure.form,
        line=line_id(key, figure.form, figure.line),
        column_number=figure.column,
        item=kind,
    )


def item_row(kind: ThreePublicItemKind) -> Row:
    """The path of items below 合计: ("OFFICIAL_VEHICLES", "OFFICIAL_VEHICLE_PURCHASE")."""
    above = THREE_PUBLIC_PARENTS[kind]
    return WHOLE if above is None else (*item_row(above), kind.name)


def _figure_id(key: str, figure: FigureRecord) -> str:
    return f"figure:{key}/{figure.form.name}/{figure.line}/{figure.column}"


def _initial_budget_cells(account: Account, key: str, graph: Trees) -> Iterator[PrintedCell]:
    """The 年初预算 of each subject and in all, as the prose states it first."""
    seen: set[str] = set()
    for fact in account.facts:
        stated = fact.topic is Topic.BUDGET_DEVIATION and fact.role is Role.INITIAL_BUDGET
        is_total = fact.item == FundSource.TOTAL.name
        if not stated or fact.number.fen is None or fact.item in seen or not (is_total or fact.item.isdigit()):
            continue
        seen.add(fact.item)
        subject = subject_id(Classification.FUNCTIONAL, fact.item)
        yield PrintedCell(
            f"figure:{key}/initial_budget/{fact.item}",
            Measure.INITIAL_BUDGET,
            0,
            WHOLE if is_total else subject_row(fact.item),
            None,
            fact.number,
            fact.source,
            subject=None if graph.node(subject) is None else subject,
        )


def _funding_cells(account: Account, key: str, identities: Identities) -> Iterator[PrintedCell]:
    units = {project.project: identities.unit_of[account.key, project.unit] for project in account.projects}
    for funding in account.funding:
        measure = FUNDING_MEASURES.get(funding.quantity)
        if measure is None or funding.number.fen is None:
            continue
        yield PrintedCell(
            f"figure:{key}/funding/{funding.project}/{funding.fund_source.name}/{funding.quantity.name}",
            measure,
            funding.project,
            WHOLE,
            None if funding.fund_source is FundSource.TOTAL else funding.fund_source,
            funding.number,
            funding.source,
            unit=units[funding.project],
            project=project_id(key, funding.project),
        )


def measure_tables(published: Sequence[Published], graph: Trees) -> Mapping[Measure, MeasureTable]:
    """A table a measure. Raises OverflowError where the amounts could add up to more than int64 holds."""
    by_measure: dict[Measure, list[Published]] = {measure: [] for measure in Measure}
    for each in published:
        by_measure[each.figure.measure].append(each)
    tables = {measure: MeasureTable.of(measure, figures, graph) for measure, figures in by_measure.items()}
    return MappingProxyType(tables)


def published_figures(accounts: Sequence[Account], graph: Trees, identities: Identities) -> list[Published]:
    """Every figure, in the order of accounts, statements, lines, columns."""
    found: list[Published] = []
    publishers: dict[tuple[int, Measure, int], int] = {}
    for number, account in enumerate(accounts):
        department = identities.department_of[account.key]
        cells = list(published_cells(account, graph, identities))
        leaves, covers = _account_leaves(cells)
        for cell in cells:
            publisher = publishers.setdefault((number, cell.measure, cell.block), len(publishers))
            figure = cell.figure(account.key, department, cell.id not in leaves)
            found.append(Published(figure, publisher, cell.row == WHOLE, covers.get(cell.id)))
    return found


def _account_leaves(cells: Sequence[PrintedCell]) -> tuple[set[str], dict[str, int | None]]:
    """The leaves of an account, grid by grid, and what each cell covers."""
    grids: dict[tuple[Measure, int], list[PrintedCell]] = {}
    for cell in cells:
        if not cell.is_extra:
            grids.setdefault((cell.measure, cell.block), []).append(cell)
    leaves: set[str] = set()
    covers: dict[str, int | None] = {}
    for grid in grids.values():
        found = find_leaves(grid)
        leaves |= found.leaves
        covers |= found.covers
    return leaves, covers
