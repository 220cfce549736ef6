"""The memory engine: every figure in numpy columns, a table a measure, answers kept while there is room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from graph_data.core.cache import LruCache
from graph_data.core.deadline import require_time
from graph_data.core.records import Account
from graph_data.core.terms import ExpenditureNature, Measure
from graph_data.figures.columns import FigureSlice, MeasureTable, Members, Trees
from graph_data.figures.coverage import members_of
from graph_data.figures.federation.division_trees import DivisionTrees, MovedTables
from graph_data.figures.filters import Where
from graph_data.figures.group_by import GroupByQuery, matching_figures, rollup_table
from graph_data.figures.measures import Figure
from graph_data.figures.node_totals import NodeRollup, TableFigures, Tree, TreeTotals, axis_of, check_node, fixed_places
from graph_data.figures.prefix_sums import MAX_NODES, PrefixSumCache
from graph_data.figures.published import measure_tables, published_figures
from graph_data.figures.rollup import KeyCache, RollupQuestion, RollupTable
from graph_data.graph import Identities, Node, SubjectEntry

_MOST_NUMBERS = 2_000_000  # that kept scopes may hold, and kept answers: some 30 MiB each
_OF_AN_ANSWER = 64
_Asked = tuple[Measure, Tree, int | None, str | None, ExpenditureNature | None]


class MemoryFigures:
    """The measured figures of a dataset, from its columns alone; nothing in it ever changes.

    `tables` and `members` hold the columns of every measure. Both, and `all`, may be made or opened when they are
    asked for.
    """

    def __init__(
        self,
        trees: Trees,
        figures: Sequence[Figure],
        find: Callable[[str], Figure | None],
        tables: Mapping[Measure, MeasureTable],
        members: Mapping[Measure, Members],
    ) -> None:
        """`find` gives a figure by its id. Raises OverflowError where the trees are beyond what int64 keys hold."""
        if len(trees) > MAX_NODES:
            raise OverflowError(f"{len(trees)} nodes; expected at most {MAX_NODES}")
        self.trees, self._figures, self._find = trees, figures, find
        self.tables, self.members = tables, members
        self._names = KeyCache(trees)
        self._sums = PrefixSumCache(tables, members)
        self.answers: dict[tuple[object, ...], Any] = {}
        self._scopes: LruCache[_Asked, TreeTotals] = LruCache(_MOST_NUMBERS, self.answers.clear)
        self._asked: LruCache[RollupQuestion, GroupByQuery] = LruCache(_MOST_NUMBERS, self.answers.clear)
        self._beside: tuple[Trees, MemoryFigures] | None = None

    @classmethod
    def of(cls, accounts: Sequence[Account], graph: Trees, identities: Identities) -> MemoryFigures:
        """Raises OverflowError where the dataset is beyond what int64 keys or sums hold."""
        published = published_figures(accounts, graph, identities)
        figures = tuple(each.figure for each in published)
        tables = measure_tables(published, graph)
        members = {each: members_of(each, accounts, table, graph, identities) for each, table in tables.items()}
        by_id = {figure.id: figure for figure in figures}
        return cls(graph, figures, by_id.get, tables, MappingProxyType(members))

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, in the order of accounts, statements, lines, columns."""
        return self._figures

    def get(self, id: str) -> Figure | None:
        """A figure by its id."""
        return self._find(id)

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> FigureSlice:
        """The figures that a checked filter lets through, by department or project, year, then as published."""
        table = self.tables[measure]
        columns = table.every if include_totals else table.leaves
        return columns.pick(matching_figures(self.trees, measure, columns, where))

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a checked question."""
        asked = self.asked(question)
        if asked.answer is None:
            require_time()
            parts = [asked.groups(depth) for depth in question.depths]
            asked.answer = rollup_table(parts, asked.groups(0), question, self._names)
        return asked.answer

    def asked(self, question: RollupQuestion) -> GroupByQuery:
        """A checked question put to its columns."""
        found = self._asked.get(question)
        if found is not None:
            return found
        asked = GroupByQuery(self.trees, self.tables[question.measure], self.members[question.measure], question)
        self._asked.put(question, asked, _OF_AN_ANSWER + len(asked.leaves) * (len(question.depths) + 1))
        return asked

    def beside(self, subjects: Trees) -> MemoryFigures:
        """The same figures beside the subjects of a larger dataset; made once."""
        if self._beside is None or self._beside[0] is not subjects:
            self._beside = (subjects, self._moved(DivisionTrees(self.trees, subjects)))
        return self._beside[1]

    def _moved(self, trees: DivisionTrees) -> MemoryFigures:
        return MemoryFigures(trees, self._figures, self._find, MovedTables(self.tables, trees), self.members)

    def under(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> NodeRollup:
        """The total under a node. Raises QuestionError where the measure does not have its dimension or a nature."""
        scope = self._scope(node, measure, fiscal_year, department, nature)
        return NodeRollup(scope, *self.trees.interval(node.id))

    def _scope(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> TreeTotals:
        record = node.record
        tree = record.classification if isinstance(record, SubjectEntry) else node.kind
        asked = (measure, tree, fiscal_year, department, nature)
        found = self._scopes.get(asked)
        if found is not None:
            return found
        check_node(node, measure)
        fixed = fixed_places(self.trees, measure, fiscal_year, department, nature)
        lineage = TableFigures(self.tables[measure], axis_of(tree), fixed)
        scope = TreeTotals(tree, measure, fixed, self._sums, lineage, len(self.trees))
        self._scopes.put(asked, scope, scope.weight)
        return scope
