"""Many divisions, each by itself, answer as one dataset of all of them does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.errors import QuestionError
from graph_data.core.records import Account
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.figures import FederatedFigures, MemoryFigures
from graph_data.figures.federation.cubes import Cube
from graph_data.figures.filters import TreeFilter, Where, YearFilter
from graph_data.figures.measures import DIMENSIONS
from graph_data.figures.rollup import GroupBy, RollupQuestion
from graph_data.graph import Graph, Node, NodeKind, SubjectEntry, build
from tests.graph_data.figures.drawn import YEARS, accounts, filters, measures, questions, told, told_by
from tests.sampled import rounds


class Divided:
    """Accounts cut up by division; counts how often one is opened."""

    def __init__(self, accounts: Sequence[Account], trees: Graph) -> None:
        self.trees, self.opened = trees, list[str]()
        self.codes = sorted({account.key.division for account in accounts})
        self._of = {code: _figures([each for each in accounts if each.key.division == code]) for code in self.codes}

    def count(self, code: str) -> int:
        return len(self._of[code].all)

    def cube(self, code: str, measure: Measure) -> Cube:
        figures = self._of[code]
        return Cube.over(Cube.of(figures.tables[measure], figures.members[measure], figures.trees).arrays())

    def figures(self, code: str) -> MemoryFigures:
        self.opened.append(code)
        return self._of[code]


def _figures(accounts: Sequence[Account]) -> MemoryFigures:
    return MemoryFigures.of(accounts, *build(accounts))


class Both:
    """The same accounts as one, and as many."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.graph, identities = build(accounts)
        self.one = MemoryFigures.of(accounts, self.graph, identities)
        self.divided = Divided(accounts, self.graph)
        self.many = FederatedFigures(self.divided)


both = accounts().map(Both)


@settings(derandomize=True, deadline=None, max_examples=rounds(15))
@given(both, questions())
def test_every_table_is_that_of_one_dataset(both: Both, question: RollupQuestion) -> None:
    one, many = both.one.table(question), both.many.table(question)
    assert list(map(told_by, many.rows)) == list(map(told_by, one.rows))
    assert told(many.grand_total) == told(one.grand_total)


@settings(derandomize=True, deadline=None, max_examples=rounds(15))
@given(both, measures, st.none() | st.sampled_from(YEARS), st.data())
def test_the_total_under_every_node_is_that_of_one_dataset(
    both: Both, measure: Measure, year: int | None, data: st.DataObject
) -> None:
    departments = [node.id for node in both.graph.nodes(NodeKind.DEPARTMENT)] + ["department:990000/1", "department:x"]
    department = data.draw(st.none() | st.sampled_from(departments))
    natures: tuple[ExpenditureNature | None, ...] = (None,)
    if Dimension.EXPENDITURE_NATURE in DIMENSIONS[measure]:
        natures += (ExpenditureNature.BASIC,)
    for node in _asked(both.graph, measure):
        for nature in natures:
            one = both.one.under(node, measure, year, department, nature)
            assert told(both.many.under(node, measure, year, department, nature)) == told(one)


def _asked(graph: Graph, measure: Measure) -> list[Node]:
    found = [node for kind in (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.SUBJECT) for node in graph.nodes(kind)]
    by = {each.name for each in DIMENSIONS[measure]}
    return [
        node
        for node in found
        if (f"{node.record.classification.name}_SUBJECT" if isinstance(node.record, SubjectEntry) else node.kind.name)
        in by
    ]


@settings(derandomize=True, deadline=None, max_examples=rounds(15))
@given(both, measures.flatmap(lambda measure: st.tuples(st.just(measure), st.none() | filters(measure))), st.booleans())
def test_figures_are_selected_as_from_one_dataset(
    both: Both, asked: tuple[Measure, Where | None], include_totals: bool
) -> None:
    assert list(both.many.select(*asked, include_totals)) == list(both.one.select(*asked, include_totals))


@settings(derandomize=True, deadline=None, max_examples=rounds(10))
@given(both)
def test_all_figures_stand_in_the_order_of_one_dataset(both: Both) -> None:
    assert len(both.many.all) == len(both.one.all)
    assert both.divided.opened == []
    assert list(both.many.all) == list(both.one.all)
    assert [both.many.get(figure.id) for figure in both.one.all] == list(both.one.all)
    assert both.many.get("figure:990000/101/2020/REVENUE/1/1") is None


@settings(derandomize=True, deadline=None, max_examples=rounds(5))
@given(both, st.sampled_from(Measure))
def test_what_needs_no_department_opens_no_division(both: Both, measure: Measure) -> None:
    by = tuple(map(GroupBy, (Dimension.DIVISION, Dimension.FISCAL_YEAR)))
    table = both.many.table(RollupQuestion(measure, by, Where(fiscal_year=YearFilter(gte=2021)), subtotals=True))
    subjects = [node for node in _asked(both.graph, measure) if node.kind is NodeKind.SUBJECT]
    totals = [both.many.under(node, measure, 2021, None, None) for node in subjects]
    totals += [table.grand_total, *(row.rollup for row in table.rows)]
    assert all((total.count, total.printed, total.consistent, total.coverage, len(total.figures)) for total in totals)
    assert both.divided.opened == []


@settings(derandomize=True, deadline=None, max_examples=rounds(10))
@given(both)
def test_only_divisions_that_could_answer_are_opened(both: Both) -> None:
    first = both.divided.codes[0]
    where = Where(all_of=(Where(department=TreeFilter(eq=f"department:{first}/101")), Where(fiscal_year=YearFilter())))
    both.many.table(RollupQuestion(Measure.EXPENDITURE, (GroupBy(Dimension.FISCAL_YEAR),), where))
    both.many.select(Measure.EXPENDITURE, Where(division=TreeFilter(any_of=(first, "nobody"))), False)
    assert set(both.divided.opened) == {first}


@settings(derandomize=True, deadline=None, max_examples=rounds(5))
@given(both)
def test_a_question_that_fits_no_dataset_fits_none_here(both: Both) -> None:
    unit, division = both.graph.nodes(NodeKind.UNIT)[0], both.graph.nodes(NodeKind.DIVISION)[0]
    for node, department in ((unit, None), (division, unit.id), (division, division.id)):
        for figures in (both.one, both.many):
            with pytest.raises(QuestionError, match=r"is not published by UNIT|is no department"):
                figures.under(node, Measure.EXPENDITURE, None, department, None)
