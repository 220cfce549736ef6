"""The Ibis engine: the figures stay in a database (DuckDB over Parquet, PostgreSQL, Spark …), which answers in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.figures.base import RollupQuestion, RollupTable
from graph_data.figures.figure import Figure
from graph_data.figures.ibis.answers import answered
from graph_data.figures.ibis.groups import figures_of
from graph_data.figures.ibis.pages import FigurePages, Run
from graph_data.figures.ibis.subtree import subtree_total
from graph_data.figures.ibis.tables import Tables
from graph_data.figures.keys import Names
from graph_data.figures.subtree import check_node, fixed_places
from graph_data.figures.totals import Rollup
from graph_data.figures.trees import Trees
from graph_data.figures.where import Where
from graph_data.graph import Node

_LARGEST = 2**63 - 1


class IbisFigures:
    """The measured figures of a dataset in any database that Ibis speaks to.

    `trees` is the graph whose positions the tables hold. What is asked are plain statements; the amounts in their
    answers are integers or exact decimals of the database, never floats.
    """

    def __init__(self, connection: Any, tables: Tables, trees: Trees) -> None:
        """Raises OverflowError where the amounts of a measure could add up to more than int64 holds."""
        self._connection, self._tables, self._trees = connection, tables, trees
        self._names = Names(trees)
        self._check_total()

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, in the order of accounts, statements, lines, columns."""
        return FigurePages(Run(self.rows, lambda: self._tables.figures, ("division", "ordinal"), None))

    def get(self, id: str) -> Figure | None:
        """A figure by its id, which opens with its division: no other needs to be searched."""
        figures = self._tables.figures
        division = id.partition(":")[2].partition("/")[0]
        wanted = figures.filter((figures.division == division) & (figures.id == id))
        return next(iter(Run(self.rows, lambda: wanted, ("ordinal",), None).page(0, 1)), None)

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
        """The figures that a checked filter lets through, by department or project, year, then as published."""
        figures = self._tables.figures
        run = Run(
            self.rows,
            lambda: figures_of(figures, self._trees, measure, where, include_totals),
            ("division", "rank"),
            None,
        )
        return FigurePages(run)

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a checked question: one statement."""
        return answered(self.rows, self._tables.figures, self._tables.members, self._trees, self._names, question)

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
        return subtree_total(self.rows, self._tables.figures, self._tables.members, self._trees, node, measure, fixed)

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
