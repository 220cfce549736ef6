"""Random questions about the figures of a dataset, from a seed: what every engine must answer alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TypeVar

from graph_data.core.amount import AmountUnit
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.figures.filters import CHOICES, AmountFilter, TreeFilter, Where, YearFilter
from graph_data.figures.measures import AXES, CLASSIFICATIONS, DEEPEST, DIMENSIONS, ENUMERATIONS, KINDS
from graph_data.figures.rollup import Figures, GroupBy, OrderKey, RollupOrder, RollupQuestion
from graph_data.graph import Graph, Node, NodeKind, SubjectEntry

T = TypeVar("T")
_ORGANIZATION = (NodeKind.DIVISION, NodeKind.DEPARTMENT, NodeKind.UNIT, NodeKind.PROJECT)
_UNKNOWN = ("999", "2019999", "没有", "department:000000/1", "subject:FUNCTIONAL/999")


@dataclass(frozen=True, slots=True)
class NodeQuestion:
    """What is asked of `Figures.under`."""

    node: Node
    measure: Measure
    fiscal_year: int | None
    department: str | None
    nature: ExpenditureNature | None


class Asking:
    """A source of questions."""

    def __init__(self, seed: int, graph: Graph, figures: Figures) -> None:
        self._random, self._graph = Random(seed), graph
        self._years = sorted({figure.fiscal_year for figure in figures.all})
        self._amounts = [figure.fen for figure in figures.all]
        self._subjects = {
            classification: [node for node in graph.nodes(NodeKind.SUBJECT) if _is_of(node, classification)]
            for classification in CLASSIFICATIONS.values()
        }

    def questions(self, count: int) -> Iterator[RollupQuestion]:
        """Rollups: measures × dimensions with levels × filters × orders × subtotals."""
        return (self._question() for _ in range(count))

    def nodes(self, count: int) -> Iterator[NodeQuestion]:
        """Totals under a node."""
        return (self._node_question() for _ in range(count))

    def selections(self, count: int) -> Iterator[tuple[Measure, Where | None, bool]]:
        """Figures by filter, with totals or without."""
        for _ in range(count):
            measure = self._random.choice(list(Measure))
            yield measure, self._maybe(0.8, lambda of=measure: self._where(of, 0)), self._random.random() < 0.5

    def _question(self) -> RollupQuestion:
        measure = self._random.choice(list(Measure))
        dimensions = [each for each in Dimension if each in DIMENSIONS[measure]]
        chosen = self._random.sample(dimensions, min(len(dimensions), self._random.randrange(4)))
        orders = [RollupOrder(self._random.choice(list(OrderKey)), self._random.random() < 0.5) for _ in range(2)]
        return RollupQuestion(
            measure,
            tuple(GroupBy(each, self._level(each)) for each in chosen),
            self._maybe(0.7, lambda: self._where(measure, 0)),
            tuple(orders[: self._random.randrange(3)]),
            self._random.random() < 0.3,
        )

    def _level(self, dimension: Dimension) -> int | None:
        deepest = DEEPEST.get(dimension)
        return None if deepest is None else self._maybe(0.6, lambda: self._random.randint(1, deepest))

    def _where(self, measure: Measure, depth: int) -> Where:
        given: dict[str, object] = {}
        for _ in range(self._random.choice((1, 1, 2))):
            given |= self._condition(measure)
        if depth < 3 and self._random.random() < 0.3:
            given["all_of"] = self._inner(measure, depth)
        if depth < 3 and self._random.random() < 0.25:
            given["any_of"] = self._inner(measure, depth)
        if depth < 3 and self._random.random() < 0.25:
            given["negated"] = self._where(measure, depth + 1)
        return Where(**given)  # type: ignore[arg-type]

    def _inner(self, measure: Measure, depth: int) -> tuple[Where, ...]:
        return tuple(self._where(measure, depth + 1) for _ in range(self._random.randrange(4)))

    def _condition(self, measure: Measure) -> dict[str, object]:
        """One condition; now and then on what the measure is not published by."""
        anything = self._random.random() < 0.1
        possible = [each for each in Dimension if anything or each in DIMENSIONS[measure]]
        dimension = self._random.choice([*possible, None])
        if dimension is None:
            return {"amount": self._amount()}
        if dimension is Dimension.FISCAL_YEAR:
            return {"fiscal_year": self._year_filter()}
        if dimension in CHOICES:
            return {CHOICES[dimension]: self._random.choice(list(ENUMERATIONS[AXES[dimension]]))}
        return {dimension.name.lower(): self._tree(dimension)} if dimension in KINDS else {}

    def _year_filter(self) -> YearFilter:
        year = self._random.choice([*self._years, self._years[0] - 1])
        return self._random.choice(
            (
                YearFilter(eq=year),
                YearFilter(any_of=(year, self._years[-1])),
                YearFilter(gte=year),
                YearFilter(lte=year),
            )
        )

    def _amount(self) -> AmountFilter:
        unit = self._random.choice(list(AmountUnit))
        exact = Decimal(self._random.choice(self._amounts)) / unit.fen
        value = exact + self._random.choice((Decimal(0), Decimal("0.000000000001"), Decimal(10) ** 30))
        name = self._random.choice(("eq", "gt", "gte", "lt", "lte"))
        return AmountFilter(**{name: value}, unit=unit)  # type: ignore[arg-type]

    def _tree(self, dimension: Dimension) -> TreeFilter:
        ways: Sequence[Callable[[], TreeFilter]] = (
            lambda: TreeFilter(eq=self._code(dimension, False)),
            lambda: TreeFilter(any_of=tuple(self._code(dimension, False) for _ in range(3))),
            lambda: TreeFilter(under=self._code(dimension, True)),
            lambda: TreeFilter(under_any=tuple(self._code(dimension, True) for _ in range(2))),
            lambda: TreeFilter(level=self._random.randint(1, DEEPEST[dimension])),
            lambda: TreeFilter(under=self._code(dimension, True), level=self._random.randint(1, DEEPEST[dimension])),
        )
        return self._random.choice(ways)()

    def _code(self, dimension: Dimension, above: bool) -> str:
        if self._random.random() < 0.1:
            return self._random.choice(_UNKNOWN)
        nodes: Sequence[Node]
        if dimension in CLASSIFICATIONS:
            nodes = self._subjects[CLASSIFICATIONS[dimension]]
        else:
            kinds = _ORGANIZATION[: _ORGANIZATION.index(KINDS[dimension]) + 1] if above else (KINDS[dimension],)
            nodes = self._graph.nodes(self._random.choice(kinds))
        node = self._random.choice(nodes)
        return node.code if node.code and self._random.random() < 0.7 else node.id

    def _node_question(self) -> NodeQuestion:
        measure = self._random.choice(list(Measure))
        trees = [each for each in KINDS if each in DIMENSIONS[measure]]
        dimension = self._random.choice(trees)
        nodes = self._subjects[CLASSIFICATIONS[dimension]] if dimension in CLASSIFICATIONS else None
        has_nature = Dimension.EXPENDITURE_NATURE in DIMENSIONS[measure]
        departments = [node.id for node in self._graph.nodes(NodeKind.DEPARTMENT)]
        return NodeQuestion(
            self._random.choice(nodes or self._graph.nodes(KINDS[dimension])),
            measure,
            self._maybe(0.5, lambda: self._random.choice([*self._years, 1900, 5000])),
            self._maybe(0.3, lambda: self._random.choice([*departments, "department:000000/1"])),
            self._maybe(0.5, lambda: self._random.choice(list(ExpenditureNature))) if has_nature else None,
        )

    def _maybe(self, chance: float, make: Callable[[], T]) -> T | None:
        return make() if self._random.random() < chance else None


def _is_of(node: Node, classification: object) -> bool:
    return isinstance(node.record, SubjectEntry) and node.record.classification is classification
