"""Statements are told as printed: blank cells are blank, and a row stands beside the sum of its parts."""

from __future__ import annotations

from graph_data.core.records import LineRecord, StatementRecord
from graph_data.core.terms import StatementForm
from resolvers import statements
from resolvers.nodes import entry
from resolvers.paging import Cut
from tests.graph_data.example import ARCHIVES_2022, example

DATASET = example()


def lines(form: StatementForm) -> list[LineRecord]:
    node = statements.statement(DATASET, ARCHIVES_2022, form)
    assert node is not None
    page = statements.lines(DATASET, entry(node, StatementRecord), Cut(200))
    return [entry(found, LineRecord) for found in page.items]


def test_statements_stand_in_printed_order() -> None:
    forms = [entry(node, StatementRecord).form for node in statements.statements(DATASET, ARCHIVES_2022)]
    assert forms[:2] == [StatementForm.REVENUE, StatementForm.EXPENDITURE]
    assert statements.statement(DATASET, ARCHIVES_2022, StatementForm.REVENUE_AND_EXPENDITURE) is None


def test_a_blank_a_dash_and_a_number_are_three_things() -> None:
    row = next(line for line in lines(StatementForm.EXPENDITURE) if line.code == "2012604")
    total, basic, project = statements.cells(DATASET, row)
    assert total.figure is not None
    assert basic.figure is not None
    assert (basic.figure.number.text, basic.figure.number.fen) == ("-", None)
    assert project.figure is not None
    blank = statements.cells(DATASET, next(line for line in lines(StatementForm.EXPENDITURE) if line.code == "208"))[2]
    assert blank.figure is None
    assert statements.source_of(blank).row == "社会保障和就业支出"
    assert statements.source_of(total) is total.figure.source


def test_a_cell_stands_beside_the_sum_of_the_rows_below() -> None:
    row = next(line for line in lines(StatementForm.EXPENDITURE) if line.code == "20805")
    found = statements.rollup_of_cell(DATASET, statements.cells(DATASET, row)[0])
    assert found is not None
    assert (found.derived, found.reported, found.consistent) == (30_010_000, 30_020_000, True)
    assert [figure.number.text for figure in found.figures] == ["10", "20.01"]
    assert [figure.number.text for figure in found.reported_figures] == ["30.02"]


def test_a_row_without_parts_has_no_rollup() -> None:
    row = next(line for line in lines(StatementForm.EXPENDITURE) if line.code == "2080501")
    assert statements.rollup_of_cell(DATASET, statements.cells(DATASET, row)[0]) is None


def test_a_row_knows_its_subject_and_its_statement() -> None:
    total, category = lines(StatementForm.EXPENDITURE)[:2]
    assert statements.subject_of(DATASET, total) is None
    found = statements.subject_of(DATASET, category)
    assert found is not None
    assert found.code == "201"
    assert statements.statement_of(DATASET, category).id.endswith("/EXPENDITURE")


def test_columns_and_notes_are_those_of_the_form() -> None:
    node = statements.statement(DATASET, ARCHIVES_2022, StatementForm.EXPENDITURE)
    assert node is not None
    record = entry(node, StatementRecord)
    assert [column.heading for column in statements.columns(DATASET, record)] == ["合计", "基本支出", "项目支出"]
    assert statements.note(DATASET, record) is None
