"""决算表: the published tables as they are printed, line by line and cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph_data.core.records import (
    AccountKey,
    ColumnRecord,
    FigureRecord,
    LineRecord,
    Source,
    StatementRecord,
    TermRecord,
)
from graph_data.core.terms import NarrativeKind, StatementForm
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.graph import Node
from graph_data.graph.ids import key_of, statement_id
from graph_data.rollup import GivenRollup, Rollup, cell_rollup
from graph_data.scope import Scope
from resolvers.nodes import named
from resolvers.paging import Cut, Page, page
from resolvers.projects import words


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a printed line; `figure` is None where it is blank."""

    line: LineRecord
    column: ColumnRecord
    figure: FigureRecord | None


def statements(dataset: Dataset, account: AccountKey) -> list[Node]:
    """The statements of an account, in printed order."""
    found = (statement(dataset, account, record.form) for record in dataset.statements(account))
    return [node for node in found if node is not None]


def statement(dataset: Dataset, account: AccountKey, form: StatementForm) -> Node | None:
    """One statement; None where the document has none of that form."""
    return dataset.graph.node(statement_id(account_key(dataset, account), form))


def account_key(dataset: Dataset, account: AccountKey) -> str:
    """How ids write an account: "370300/102/2022"."""
    return key_of(dataset.final_accounts_node(account).id)


def note(dataset: Dataset, record: StatementRecord) -> str | None:
    """What stands under the table, where the dataset holds its words."""
    return words(dataset, record.account, NarrativeKind.STATEMENT_NOTE, record.form.name)


def columns(dataset: Dataset, record: StatementRecord) -> Sequence[ColumnRecord]:
    """The amount columns, in printed order."""
    return dataset.columns(record.account, record.form)


def lines(dataset: Dataset, record: StatementRecord, cut: Cut) -> Page[Node]:
    """A page of the lines, in printed order."""
    found = [dataset.line_node(line) for line in dataset.lines(record.account, record.form)]
    return page(dataset.version, ("lines", record.account, record.form), found, cut)


def subject_of(dataset: Dataset, record: LineRecord | TermRecord) -> Node | None:
    """The subject that a line is of or a term defines; None where it is something else."""
    if record.classification is None or record.code is None:
        return None
    return dataset.subject(record.classification, record.code)


def statement_of(dataset: Dataset, line: LineRecord) -> Node:
    """The statement that prints a line. Raises LookupError where there is none."""
    return named(dataset, statement_id(account_key(dataset, line.account), line.form))


def cells(dataset: Dataset, line: LineRecord) -> list[Cell]:
    """The cells of a line, blank ones included."""
    return [Cell(line, column, figure) for column, figure in dataset.cells(line)]


def source_of(cell: Cell) -> Source:
    """Where a cell stands; where a blank one would."""
    if cell.figure is not None:
        return cell.figure.source
    return replace(cell.line.source, row=cell.line.label, column=cell.column.heading)


def rollup_of_cell(dataset: Dataset, cell: Cell) -> Rollup | None:
    """The cell beside the sum of the line's parts; None where the line has no parts."""
    found = cell_rollup(dataset, cell.line, cell.column.column)
    if found is None:
        return None
    parts = [figure for part in found.parts if (figure := measured(dataset, part)) is not None]
    printed = measured(dataset, cell.figure) if cell.figure is not None else None
    own = cell.figure.number if cell.figure is not None else None
    return GivenRollup(
        derived=found.derived,
        step=sum(part.number.step for part in found.parts),
        count=len(found.parts),
        printed=None if own is None or own.fen is None else (own.fen, own.step),
        coverage=found.coverage,
        figures=parts,
        reported_figures=() if printed is None else (printed,),
    )


def scope_of_cell(cell: Cell) -> Scope:
    """What a cell is about: one account."""
    return Scope(None, None, cell.line.account.fiscal_year, False, True, tuple)


def measured(dataset: Dataset, record: FigureRecord) -> Figure | None:
    """The figure that a cell is, where its statement carries a measure."""
    account = account_key(dataset, record.account)
    return dataset.figure(f"figure:{account}/{record.form.name}/{record.line}/{record.column}")
