"""Over any accounts: prefix sums and group-bys give what adding up one by one gives, to the 分."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.records import Account, AccountKey
from graph_data.core.terms import ColumnKey, Dimension, ExpenditureNature, Measure, StatementForm
from graph_data.dataset import Dataset
from graph_data.figures import Figure, MemoryFigures
from graph_data.graph import Graph, NodeKind, build
from graph_data.rollup import GroupBy, Rollup, TreeFilter, Where, node_rollup, rollup, select
from tests.graph_data import example
from tests.graph_data.example import AccountBuilder

CODES = ("201", "20101", "2010101", "2010102", "20102", "2010201", "208", "2080501", "2080502", "210")
COLUMNS = (ColumnKey.TOTAL, ColumnKey.BASIC, ColumnKey.PROJECT)
amounts = st.one_of(st.just(""), st.just("-"), st.integers(0, 10**6).map(lambda fen: f"{fen // 100}.{fen % 100:02}"))
cells = st.tuples(amounts, amounts, amounts)
tables = st.dictionaries(st.sampled_from(("合计", *CODES)), cells, max_size=8)
example.NAMES.update({code: example.NAMES.get(code, f"科目{code}") for code in CODES})


class Linked:
    """A dataset without its search index: all that a rollup asks."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.graph, identities = build(accounts)
        self.figures = MemoryFigures.of(accounts, self.graph, identities)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(("110000", "120000")), st.sampled_from(("101", "102")), st.integers(2020, 2022)),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    return cast(Dataset, Linked([account(AccountKey(*key), draw(tables)) for key in keys]))


def account(key: AccountKey, table: dict[str, tuple[str, str, str]]) -> Account:
    rows = sorted(table.items(), key=lambda row: (row[0].isdigit(), row[0]))
    name = f"{key.division}第{key.department}局"
    return AccountBuilder(key, name).statement(StatementForm.EXPENDITURE, COLUMNS, rows).build()


def leaves(dataset: Dataset) -> list[Figure]:
    return [figure for figure in dataset.figures.all if not figure.is_total]


def is_below(graph: Graph, id: str | None, root: str) -> bool:
    """Walk up from a node, step by step."""
    while id is not None and id != root:
        above = graph.parent(id)
        id = above.id if above else None
    return id is not None


def check_reported(total: Rollup, members: Sequence[Figure]) -> None:
    """What is reported covers each leaf once: no cell is counted twice, none of another account."""
    assert list(total.figures) == list(members) or {f.id for f in total.figures} == {f.id for f in members}
    if total.reported is None:
        assert len(total.reported_figures) == 0
        return
    assert total.reported == sum(figure.fen for figure in total.reported_figures)
    accounts = [figure.account for figure in total.reported_figures]
    assert sorted(accounts) == sorted({figure.account for figure in members})


@settings(derandomize=True, deadline=None, max_examples=80)
@given(datasets(), st.sampled_from((None, 2021)), st.sampled_from((None, *ExpenditureNature)))
def test_the_total_under_any_node_is_the_sum_of_the_leaves_below_it(
    dataset: Dataset, year: int | None, nature: ExpenditureNature | None
) -> None:
    graph = dataset.graph
    for kind in (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.SUBJECT):
        for node in graph.nodes(kind):
            members = [
                figure
                for figure in leaves(dataset)
                if is_below(graph, figure.subject if kind is NodeKind.SUBJECT else figure.department, node.id)
                and year in (None, figure.fiscal_year)
                and nature in (None, figure.nature)
            ]
            total = node_rollup(dataset, node.id, Measure.EXPENDITURE, year, nature=nature)
            assert total.derived == sum(figure.fen for figure in members)
            check_reported(total, members)


def key_of(graph: Graph, figure: Figure, by: GroupBy) -> str | None:
    if by.dimension is Dimension.FISCAL_YEAR:
        return str(figure.fiscal_year)
    if by.dimension is Dimension.EXPENDITURE_NATURE:
        return figure.nature.name if figure.nature else "TOTAL"
    if by.dimension is Dimension.FUNCTIONAL_SUBJECT:
        return subject_at(graph, figure, by.level)
    return figure.department if by.dimension is Dimension.DEPARTMENT else f"division:{figure.account.division}"


def subject_at(graph: Graph, figure: Figure, level: int | None) -> str:
    """The ancestor at the level; the root where the tree begins below it, the subject itself where it is above."""
    if figure.subject is None:
        return "TOTAL"
    way = [*graph.ancestors(figure.subject), graph[figure.subject]]
    if level is None:
        return way[-1].id
    return [way[0], *(node for node in way if node.level <= level)][-1].id


subject_keys = st.sampled_from((None, 1, 2, 3)).map(lambda level: GroupBy(Dimension.FUNCTIONAL_SUBJECT, level))
other_keys = st.lists(
    st.sampled_from(
        (Dimension.FISCAL_YEAR, Dimension.EXPENDITURE_NATURE, Dimension.DEPARTMENT, Dimension.DIVISION)
    ).map(GroupBy),
    unique=True,
    max_size=3,
)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(datasets(), subject_keys, other_keys, st.booleans(), st.sampled_from((None, "201", "20101", "208")))
def test_every_group_is_the_sum_of_its_leaves(
    dataset: Dataset, subject: GroupBy, others: list[GroupBy], first: bool, under: str | None
) -> None:
    by = [subject, *others] if first else [*others, subject]
    where = Where(functional_subject=TreeFilter(under=under)) if under else None
    naive: dict[tuple[str | None, ...], list[Figure]] = defaultdict(list)
    for figure in select(dataset, Measure.EXPENDITURE, where):
        naive[tuple(key_of(dataset.graph, figure, each) for each in by)].append(figure)
    table = rollup(dataset, Measure.EXPENDITURE, by, where)
    found = {tuple(key.node.id if key.node else key.code for key in row.keys): row.rollup for row in table.rows}
    assert found.keys() == naive.keys()
    for keys, members in naive.items():
        assert found[keys].derived == sum(figure.fen for figure in members)
        check_reported(found[keys], members)
    assert table.grand_total.derived == sum(figure.fen for members in naive.values() for figure in members)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(datasets())
def test_grouping_by_department_and_asking_the_department_agree(dataset: Dataset) -> None:
    for row in rollup(dataset, Measure.EXPENDITURE, [GroupBy(Dimension.DEPARTMENT)]).rows:
        assert row.keys[0].node is not None
        one = node_rollup(dataset, row.keys[0].node.id, Measure.EXPENDITURE)
        assert (row.rollup.derived, row.rollup.reported, row.rollup.consistent, row.rollup.coverage) == (
            one.derived,
            one.reported,
            one.consistent,
            one.coverage,
        )


@settings(derandomize=True, deadline=None, max_examples=60)
@given(datasets())
def test_the_filter_under_a_subject_and_the_subject_agree(dataset: Dataset) -> None:
    for node in dataset.graph.nodes(NodeKind.SUBJECT):
        one = node_rollup(dataset, node.id, Measure.EXPENDITURE)
        where = Where(functional_subject=TreeFilter(under=node.id))
        total = rollup(dataset, Measure.EXPENDITURE, [], where).grand_total
        assert (total.derived, total.reported, total.coverage) == (one.derived, one.reported, one.coverage)
