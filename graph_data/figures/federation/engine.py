"""The figures of many divisions as one: each is asked by itself, only when it must be, and the answers are merged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from graph_data.core.cache import LruCache
from graph_data.core.deadline import require_time
from graph_data.core.sequences import Chain
from graph_data.core.terms import Classification, ExpenditureNature, Measure
from graph_data.figures.columns import Trees
from graph_data.figures.federation.cubes import CubeSums, JoinedCubes
from graph_data.figures.federation.divisions import DivisionCodes, DivisionFigures, Divisions, could_hold, division_in
from graph_data.figures.federation.groups import CubeGroups, DivisionPart, MergedGroups, answered_by_cubes
from graph_data.figures.filters import Where
from graph_data.figures.group_by import Groups, rollup_table
from graph_data.figures.measures import Figure
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.node_totals import NodeRollup, TreeTotals, check_node, fixed_places
from graph_data.figures.rollup import Coverage, GivenRollup, Rollup, RollupQuestion, RollupTable
from graph_data.graph import Node, SubjectEntry

_MOST_GROUPS = 1_000_000  # that kept answers may hold
_MOST_SCOPES = 1_000_000  # numbers that kept scopes may hold
_OF_AN_ANSWER = 64
_Asked = tuple[Measure, Classification, int | None, ExpenditureNature | None]


class _Views:
    """Each division beside the subjects of all. Answers that are kept hold this, and so nothing that keeps them."""

    def __init__(self, divisions: Divisions, codes: DivisionCodes) -> None:
        self._divisions, self._codes = divisions, codes

    def of(self, code: str) -> MemoryFigures:
        """The figures of a division."""
        return self._divisions.figures(code).beside(self._divisions.trees)

    def held(self, where: Where | None) -> list[str]:
        """The divisions that could have what a filter lets through."""
        return [code for code in self._divisions.codes if could_hold(where, code)]

    def merged(self, question: RollupQuestion, depth: int) -> MergedGroups:
        """The groups of a question, asked of each division."""
        parts = [
            DivisionPart(self._codes.number(code), code, self.of, question, depth) for code in self.held(question.where)
        ]
        return MergedGroups(parts, question.by[:depth])


class FederatedFigures:
    """The measured figures of many divisions; nothing in it ever changes."""

    answers: dict[tuple[object, ...], Any] | None = None

    def __init__(self, divisions: Divisions) -> None:
        self._divisions, self.trees = divisions, divisions.trees
        self._codes = DivisionCodes(divisions)
        self._views = _Views(divisions, self._codes)
        self._answers: LruCache[RollupQuestion, RollupTable] = LruCache(_MOST_GROUPS)
        self._scopes: LruCache[_Asked, TreeTotals] = LruCache(_MOST_SCOPES)
        self._cubes: dict[Measure, JoinedCubes] = {}
        self._sums: dict[Measure, CubeSums] = {}

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, division by division; one is opened when a figure of it is asked for."""
        own = self._divisions
        return Chain(map(own.count, own.codes), lambda at: own.figures(own.codes[at]).all)

    def get(self, id: str) -> Figure | None:
        """A figure by its id."""
        code = division_in(id)
        return self._divisions.figures(code).get(id) if code in self._codes else None

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
        """The figures that a checked filter lets through, by department or project, year, then as published."""
        views = map(self._views.of, self._views.held(where))
        return Chain.of([view.select(measure, where, include_totals) for view in views])

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a checked question."""
        found = self._answers.get(question)
        if found is not None:
            return found
        require_time()
        parts = [self._groups(question, depth) for depth in question.depths]
        table = rollup_table(parts, self._groups(question, 0), question, self._codes)
        self._answers.put(question, table, _OF_AN_ANSWER + sum(len(part) for part in parts))
        return table

    def under(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> Rollup:
        """The total under a node. Raises QuestionError where the measure does not have its dimension or a nature."""
        record = node.record
        if not isinstance(record, SubjectEntry):
            return self._under_organization(node, measure, fiscal_year, department, nature)
        if department is not None:
            return self._under_subject_of(node, measure, fiscal_year, department, nature)
        scope = self._scopes.get((measure, record.classification, fiscal_year, nature))
        if scope is None:
            check_node(node, measure)
            scope = self._scope((measure, record.classification, fiscal_year, nature))
        return NodeRollup(scope, *self.trees.interval(node.id))

    def _under_organization(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> Rollup:
        if department is not None:
            check_node(node, measure)
            fixed_places(self._trees_of(department), measure, fiscal_year, department, nature)
        return self._divisions.figures(division_in(node.id)).under(node, measure, fiscal_year, department, nature)

    def _under_subject_of(
        self, node: Node, measure: Measure, fiscal_year: int | None, department: str, nature: ExpenditureNature | None
    ) -> Rollup:
        code = division_in(department)
        if code in self._codes:
            return self._views.of(code).under(node, measure, fiscal_year, department, nature)
        check_node(node, measure)
        fixed_places(self.trees, measure, fiscal_year, department, nature)
        return GivenRollup(0, 0, 0, None, Coverage(0, 0))

    def _trees_of(self, id: str) -> Trees:
        code = division_in(id)
        return self._divisions.figures(code).trees if code in self._codes else self.trees

    def _scope(self, asked: _Asked) -> TreeTotals:
        measure, classification, fiscal_year, nature = asked
        fixed = fixed_places(self.trees, measure, fiscal_year, None, nature)
        if measure not in self._sums:
            self._sums[measure] = CubeSums(self._cubes_of(measure))
        views = partial(map, self._views.of, self._divisions.codes)
        lineage = DivisionFigures(self.trees, views, measure, fiscal_year, nature)
        scope = TreeTotals(classification, measure, fixed, self._sums[measure], lineage, len(self.trees))
        self._scopes.put(asked, scope, scope.weight)
        return scope

    def _groups(self, question: RollupQuestion, depth: int) -> Groups:
        if not answered_by_cubes(self.trees, question, self._cubes_of):
            return self._views.merged(question, depth)
        apart = partial(self._views.merged, question, depth)
        return CubeGroups(self.trees, self._cubes_of(question.measure), question, depth, self._codes, apart)

    def _cubes_of(self, measure: Measure) -> JoinedCubes:
        if measure not in self._cubes:
            cubes = [(code, self._divisions.cube(code, measure)) for code in self._divisions.codes]
            self._cubes[measure] = JoinedCubes.of(cubes, self.trees)
        return self._cubes[measure]
