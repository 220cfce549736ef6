"""Which published numbers are figures of which measure: statements by row and column, facts, and project funds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from graph_data.classification import prefixes
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
from graph_data.figures.cells import WHOLE, Cell, Row
from graph_data.figures.trees import Trees
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
PROJECT_MEASURES = {
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


def published_cells(account: Account, graph: Trees, identities: Identities) -> Iterator[Cell]:
    """Every amount of an account that belongs to a measure, in the order of the document; no dashes."""
    key = identities.accounts[account.key]
    yield from _statement_cells(account, key)
    yield from _initial_budget_cells(account, key, graph)
    yield from _funding_cells(account, key, identities)


def _statement_cells(account: Account, key: str) -> Iterator[Cell]:
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
            yield from _three_public_cell(figure, column, key)
        elif figure.form in MEASURE_OF:
            yield from _subject_cell(figure, line, column, key, has_total)


def _subject_cell(
    figure: FigureRecord, line: LineRecord, column: ColumnRecord, key: str, has_total: bool
) -> Iterator[Cell]:
    measure = MEASURE_OF[figure.form]
    if column.key not in _COLUMNS[measure] or line.item not in (None, LineItem.TOTAL, *_SIDE_TOTALS):
        return
    known = line.code and line.classification
    yield Cell(
        _figure_id(key, figure),
        measure,
        _block(measure, line, has_total),
        _row(line),
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


def _row(line: LineRecord) -> Row:
    """The path of codes from the 类 down; a row without a code stands alone below the total."""
    if line.item is not None:
        return WHOLE
    return subject_row(line.code) if line.code else (f"#{line.line}",)


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


def _three_public_cell(figure: FigureRecord, column: ColumnRecord, key: str) -> Iterator[Cell]:
    kind = three_public_kind(column.key)
    if kind is None:
        return
    yield Cell(
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


def _initial_budget_cells(account: Account, key: str, graph: Trees) -> Iterator[Cell]:
    """The 年初预算 of each subject and in all, as the prose states it first."""
    seen: set[str] = set()
    for fact in account.facts:
        stated = fact.topic is Topic.BUDGET_DEVIATION and fact.role is Role.INITIAL_BUDGET
        is_total = fact.item == FundSource.TOTAL.name
        if not stated or fact.number.fen is None or fact.item in seen or not (is_total or fact.item.isdigit()):
            continue
        seen.add(fact.item)
        subject = subject_id(Classification.FUNCTIONAL, fact.item)
        yield Cell(
            f"figure:{key}/initial_budget/{fact.item}",
            Measure.INITIAL_BUDGET,
            0,
            WHOLE if is_total else subject_row(fact.item),
            None,
            fact.number,
            fact.source,
            subject=None if graph.node(subject) is None else subject,
        )


def _funding_cells(account: Account, key: str, identities: Identities) -> Iterator[Cell]:
    units = {project.project: identities.unit_of[account.key, project.unit] for project in account.projects}
    for funding in account.funding:
        measure = PROJECT_MEASURES.get(funding.quantity)
        if measure is None or funding.number.fen is None:
            continue
        yield Cell(
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
