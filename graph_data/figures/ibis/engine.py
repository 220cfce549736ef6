"""The Ibis engine: the figures stay in a database (DuckDB over Parquet, PostgreSQL, Spark …), which answers in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import reduce
from typing import Any

from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.figures.columns import Trees
from graph_data.figures.filters import Where
from graph_data.figures.ibis.databases import Tables
from graph_data.figures.ibis.group_by import answer, answer_row, figures_of
from graph_data.figures.ibis.pages import Fetch, FigurePages, PagedQuery
from graph_data.figures.ibis.parquet import AXIS_COLUMNS
from graph_data.figures.measures import COLUMN_AXES, PROJECT_MEASURES, ROW_AXES, TOTAL, Axis, Figure
from graph_data.figures.node_totals import check_node, fixed_places
from graph_data.figures.rollup import Coverage, GivenRollup, KeyCache, Rollup, RollupQuestion, RollupTable
from graph_data.graph import Node, NodeKind

_LEAVES, _CELLS, _MEMBERS = 0, 1, 2  # the parts of the statement
_SUMS = ("count", "fen", "step")


def node_total(
    fetch: Fetch, figures: Any, members: Any, trees: Trees, node: Node, measure: Measure, fixed: Mapping[Axis, int]
) -> Rollup:
    """What the memory engine says of a node: see `subtree.subtree_total`."""
    asked = _NodeQuery(figures, members, trees, node, measure, fixed)
    rows = [tuple(map(int, row)) for row in fetch(asked.statement())]
    part = {row[0]: row[1:4] for row in rows}
    (count, fen, step), (covered, printed_fen, printed_step) = part[_LEAVES], part[_CELLS]
    expected, counted, _ = part[_MEMBERS]
    is_printed = measure not in PROJECT_MEASURES or node.kind is NodeKind.PROJECT
    is_reported = is_printed and 0 < count == covered
    cells = FigurePages(PagedQuery(fetch, asked.cells, asked.order, None)) if is_reported else ()
    return GivenRollup(
        fen,
        step,
        count,
        (printed_fen, printed_step) if is_reported else None,
        Coverage(counted, expected),
        FigurePages(PagedQuery(fetch, asked.leaves, asked.order, count)),
        cells,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _NodeQuery:
    figures: Any
    members_table: Any
    trees: Trees
    node: Node
    measure: Measure
    fixed: Mapping[Axis, int]

    @property
    def axis(self) -> Axis:
        return Axis.SUBJECT if self.node.kind is NodeKind.SUBJECT else Axis.ORGANIZATION

    @property
    def order(self) -> tuple[str, ...]:
        return (AXIS_COLUMNS[self.axis], "division", "rank")

    def leaves(self) -> Any:
        """The leaves below the node."""
        own = self._own(self.figures, self.fixed)
        return self._below(own.filter(~own.is_total))

    def cells(self) -> Any:
        """The cells that print the node: the whole tables of an organisation, the row of a subject."""
        own = self._own(self.figures, self.fixed)
        own = own.filter(own["cover"] > 0)
        row, column = ROW_AXES.get(self.measure), COLUMN_AXES.get(self.measure)
        if column is not None and Axis.NATURE not in self.fixed:
            own = own.filter(own[AXIS_COLUMNS[column]] == TOTAL)
        if self.axis is Axis.SUBJECT:
            return own.filter(own.subject == self.trees.interval(self.node.id)[0])
        if row is not None:
            own = own.filter(own[AXIS_COLUMNS[row]] == TOTAL)
        return self._below(own)

    def members(self) -> Any:
        """Who should contribute below the node; below a subject everybody."""
        own = self._own(self.members_table, {axis: at for axis, at in self.fixed.items() if axis is not Axis.NATURE})
        return own if self.axis is Axis.SUBJECT else self._below(own)

    def statement(self) -> Any:
        """One row a part: how many, 分, 分 of one last digit."""
        leaves, cells, members = self.leaves(), self.cells(), self.members()
        counted = members.counted.sum()
        parts = (
            (_LEAVES, leaves.agg(count=leaves.count(), fen=leaves.fen.sum(), step=leaves.step.sum())),
            (_CELLS, cells.agg(count=cells["cover"].sum(), fen=cells.fen.sum(), step=cells.step.sum())),
            (_MEMBERS, members.agg(count=members.expected.sum(), fen=counted, step=counted)),
        )
        rows = (answer_row(sums, place, (), 0, {name: sums[name] for name in _SUMS}) for place, sums in parts)
        return reduce(lambda one, other: one.union(other), rows)

    def _own(self, table: Any, fixed: Mapping[Axis, int]) -> Any:
        own = table.filter(table.measure == self.measure.name)
        for axis, place in fixed.items():
            own = own.filter(own[AXIS_COLUMNS[axis]] == place)
        return own

    def _below(self, table: Any) -> Any:
        start, stop = self.trees.interval(self.node.id)
        return table.filter(table[AXIS_COLUMNS[self.axis]].between(start, stop - 1))


_LARGEST = 2**63 - 1


class IbisFigures:
    """The measured figures of a dataset in any database that Ibis speaks to.

    `trees` is the graph whose positions the tables hold. What is asked are plain statements; the amounts in their
    answers are integers or exact decimals of the database, never floats.
    """

    answers: dict[tuple[object, ...], Any] | None = None

    def __init__(self, connection: Any, tables: Tables, trees: Trees) -> None:
        """Raises OverflowError where the amounts of a measure could add up to more than int64 holds."""
        self._connection, self._tables, self._trees = connection, tables, trees
        self._names = KeyCache(trees)
        self._check_total()

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, in the order of accounts, statements, lines, columns."""
        return FigurePages(PagedQuery(self.rows, lambda: self._tables.figures, ("division", "ordinal"), None))

    def get(self, id: str) -> Figure | None:
        """A figure by its id, which opens with its division: no other needs to be searched."""
        figures = self._tables.figures
        division = id.partition(":")[2].partition("/")[0]
        wanted = figures.filter((figures.division == division) & (figures.id == id))
        return next(iter(PagedQuery(self.rows, lambda: wanted, ("ordinal",), None).page(0, 1)), None)

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
        """The figures that a checked filter lets through, by department or project, year, then as published."""
        figures = self._tables.figures
        run = PagedQuery(
            self.rows,
            lambda: figures_of(figures, self._trees, measure, where, include_totals),
            ("division", "rank"),
            None,
        )
        return FigurePages(run)

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a checked question: one statement."""
        return answer(self.rows, self._tables.figures, self._tables.members, self._trees, self._names, question)

    def under(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> Rollup:
        """The total under a node. Raises QuestionError where the measure does not have its dimension or a nature."""
        check_node(node, measure)
        fixed = fixed_places(self._trees, measure, fiscal_year, department, nature)
        return node_total(self.rows, self._tables.figures, self._tables.members, self._trees, node, measure, fixed)

    def rows(self, expression: Any) -> list[tuple[Any, ...]]:
        """What the database answers, row by row, in its own exact types."""
        statement = self._connection.compile(expression)
        database = getattr(self._connection, "con", None)
        if database is None:  # Spark: a session, whose statements are tables to collect
            return self._connection.raw_sql(statement).collect()  # type: ignore[no-any-return]
        with closing(database.cursor()) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()  # type: ignore[no-any-return]

    def _check_total(self) -> None:
        figures = self._tables.figures
        sizes = [figures[name].abs().cast("decimal(38, 0)").sum() for name in ("fen", "step")]
        sums = figures.group_by("measure").agg(fen=sizes[0], step=sizes[1])
        for _, *totals in self.rows(sums):
            if max(totals) > _LARGEST:
                raise OverflowError(f"amounts of {max(totals)} 分 in all; expected at most {_LARGEST}")
