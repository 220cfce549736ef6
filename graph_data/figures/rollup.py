"""What every engine is asked and answers: the questions of a rollup, its keys, its totals, and the protocol."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import Any, Protocol, TypeAlias

import numpy as np

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Basis, Dimension, ExpenditureNature, Measure, ThreePublicItemKind
from graph_data.figures.columns import Ints, Trees
from graph_data.figures.filters import Where, check_dimension, check_level, check_where, item_path, members_at
from graph_data.figures.measures import AXES, DEEPEST, ENUMERATIONS, TOTAL, UNKNOWN, Axis, Figure, ordinal
from graph_data.graph import Node

Printed: TypeAlias = tuple[int, int]  # what is reported: 分, and 分 of one last digit


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the members that should contribute a figure do so."""

    counted: int
    expected: int

    @property
    def complete(self) -> bool:
        """Is there somebody who should contribute, and does everybody? None of none is not complete."""
        return self.counted == self.expected > 0

    def __add__(self, other: Coverage) -> Coverage:
        """The coverage of two groups that share no member."""
        return Coverage(self.counted + other.counted, self.expected + other.expected)


class Rollup(ABC):
    """A total over one group, in 分. Only `derived` is at hand; everything else is worked out when it is read.

    `figures` are the leaves that were summed, `reported_figures` the printed numbers that make up `reported`;
    both are lazy sequences (len and slices are cheap). `count` is how many leaves there are. `step` is 分 of one
    last digit, summed over the leaves, `reported_step` the same over what is reported: so totals of groups that
    share no leaf add up, attribute by attribute.
    """

    __slots__ = ("derived",)
    derived: int

    @property
    @abstractmethod
    def step(self) -> int: ...

    @property
    @abstractmethod
    def count(self) -> int: ...

    @property
    @abstractmethod
    def printed(self) -> Printed | None:
        """`reported` and `reported_step`; None where the documents print nothing for exactly this group."""

    @property
    @abstractmethod
    def coverage(self) -> Coverage: ...

    @property
    @abstractmethod
    def figures(self) -> Sequence[Figure]: ...

    @property
    @abstractmethod
    def reported_figures(self) -> Sequence[Figure]: ...

    @property
    def reported(self) -> int | None:
        """What the documents print for exactly this group."""
        printed = self.printed
        return None if printed is None else printed[0]

    @property
    def reported_step(self) -> int | None:
        """分 of one last digit, summed over what is reported."""
        printed = self.printed
        return None if printed is None else printed[1]

    @property
    def value(self) -> int:
        """The headline: what the documents print, where they do, else what the leaves add up to."""
        printed = self.printed
        return self.derived if printed is None else printed[0]

    @property
    def basis(self) -> Basis:
        """Which of the two `value` is."""
        return Basis.DERIVED if self.printed is None else Basis.REPORTED

    @property
    def difference(self) -> int | None:
        """Reported minus derived; None where either says nothing."""
        printed = self.printed
        return None if printed is None or not self.count else printed[0] - self.derived

    @property
    def consistent(self) -> bool | None:
        """Do the rounding intervals of both sums overlap? None where there is no difference to speak of."""
        printed = self.printed
        if printed is None or not self.count:
            return None
        # What Interval.around(…).overlaps(…) says, without making the intervals: each reaches half a step.
        return 2 * abs(printed[0] - self.derived) <= self.step + printed[1]


class GivenRollup(Rollup):
    """A total of which every part is known, or summed elsewhere."""

    __slots__ = ("_count", "_coverage", "_figures", "_printed", "_reported_figures", "_step")

    def __init__(
        self,
        derived: int,
        step: int,
        count: int,
        printed: Printed | None,
        coverage: Coverage,
        figures: Sequence[Figure] = (),
        reported_figures: Sequence[Figure] = (),
    ) -> None:
        self.derived = derived
        self._step, self._count, self._printed, self._coverage = step, count, printed, coverage
        self._figures, self._reported_figures = figures, reported_figures

    @property
    def step(self) -> int:
        return self._step

    @property
    def count(self) -> int:
        return self._count

    @property
    def printed(self) -> Printed | None:
        return self._printed

    @property
    def coverage(self) -> Coverage:
        return self._coverage

    @property
    def figures(self) -> Sequence[Figure]:
        return self._figures

    @property
    def reported_figures(self) -> Sequence[Figure]:
        return self._reported_figures


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A dimension to group by; `level` rolls it up to that level of its tree, None leaves it as printed."""

    dimension: Dimension
    level: int | None = None

    @property
    def axis(self) -> Axis:
        return AXES[self.dimension]


@dataclass(frozen=True, slots=True)
class GroupKey:
    """The member of a dimension that a group stands for; `node` is None for what is no node.

    What no part is printed for has the code TOTAL; a printed row without a code has None.
    """

    dimension: Dimension
    code: str | None
    name: str
    node: Node | None


def key_column(graph: Trees, axes: Mapping[Axis, Ints], by: GroupBy) -> Ints:
    """The keys of a dimension: positions of nodes, years, or ordinals."""
    places = axes[by.axis]
    if by.axis is Axis.ITEM:
        return places if by.level is None else _items_at(by.level)[places]
    if by.dimension in DEEPEST:
        return members_at(graph, places, by.dimension, by.level)
    return places


def group_key(graph: Trees, dimension: Dimension, place: int) -> GroupKey:
    """What a key stands for."""
    axis = AXES[dimension]
    if axis is Axis.YEAR:
        return GroupKey(dimension, str(place), str(place), None)
    if place == UNKNOWN:
        return GroupKey(dimension, None, "无科目编码", None)
    if axis in ENUMERATIONS and place != TOTAL:
        member = list(ENUMERATIONS[axis])[place]
        return GroupKey(dimension, member.name, str(member.value), None)
    if place == TOTAL:
        return GroupKey(dimension, "TOTAL", "合计", None)
    node = graph.at(place)
    return GroupKey(dimension, node.code, node.name, node)


class KeyCache:
    """What keys stand for, each found out once: the rows of all answers share them."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._known: dict[tuple[Dimension, int], GroupKey] = {}

    def key(self, dimension: Dimension, place: int) -> GroupKey:
        """The member of a dimension at a place."""
        pair = (dimension, place)
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = group_key(self._trees, dimension, place)
        return found


def _items_at(level: int) -> Ints:
    """For each “三公” item its ancestor at a level; the last entry, reached by TOTAL's -1, is TOTAL's own."""
    table = np.full(len(ThreePublicItemKind) + 1, TOTAL, dtype=np.int32)
    for item in ThreePublicItemKind:
        way = item_path(item)
        table[ordinal(item)] = ordinal(way[min(level, len(way)) - 1])
    return table


@unique
class OrderKey(Enum):
    """What rows are ordered by: the derived amount, or their keys."""

    AMOUNT = "AMOUNT"
    KEY = "KEY"


@dataclass(frozen=True, slots=True)
class RollupOrder:
    """One step of an order; ties fall to the next step and at last to the keys in tree order."""

    by: OrderKey
    descending: bool = True


@dataclass(frozen=True, slots=True)
class RollupQuestion:
    """What is summed, by what, of which figures, in which order, and whether with subtotals.

    With `subtotals` rows are added as SQL's ROLLUP adds them: for each prefix of `by`, the empty one included.
    """

    measure: Measure
    by: tuple[GroupBy, ...] = ()
    where: Where | None = None
    order_by: tuple[RollupOrder, ...] = ()
    subtotals: bool = False

    @property
    def depths(self) -> tuple[int, ...]:
        """By how many of the first dimensions rows are grouped: by all, then by fewer."""
        return tuple(range(len(self.by), -1, -1)) if self.subtotals else (len(self.by),)


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One group. For a subtotal row `summed_away` names the dimensions without a key; else it is empty."""

    keys: tuple[GroupKey, ...]
    rollup: Rollup
    summed_away: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class RollupTable:
    """The rows of a question, in their order, and the total over everything that it selects."""

    rows: Sequence[RollupRow]
    grand_total: Rollup


class Figures(Protocol):
    """The measured figures of a dataset. Nothing in it ever changes, and every engine gives the same answers."""

    @property
    def answers(self) -> dict[tuple[object, ...], Any] | None:
        """Room for whole answers (`graph_data.scope`), emptied as the engine lets go of what they are made of.

        None where it keeps nothing.
        """

    @property
    def all(self) -> Sequence[Figure]:
        """Every figure, totals included, in the order of accounts, statements, lines, columns."""

    def get(self, id: str) -> Figure | None:
        """A figure by its id."""

    def select(self, measure: Measure, where: Where | None, include_totals: bool) -> Sequence[Figure]:
        """The figures that a checked filter lets through, by department or project, year, then as published.

        A filter on what the measure is not published by lets nothing through.
        """

    def table(self, question: RollupQuestion) -> RollupTable:
        """The groups of the leaf figures, for a question that `check_question` lets pass.

        Rows come in the order asked for, ties by their keys: tree positions, years, ordinals; no code and TOTAL
        first, a dimension that is summed away last. Here too a filter may ask for what the measure is not published
        by: it lets nothing through.
        """

    def under(
        self,
        node: Node,
        measure: Measure,
        fiscal_year: int | None,
        department: str | None,
        nature: ExpenditureNature | None,
    ) -> Rollup:
        """The total under a division, department, unit, project or subject; `department` is an id.

        Raises QuestionError where the measure does not have the node's dimension or a nature, or the id is that of
        another kind of node.
        """


def check_question(question: RollupQuestion) -> None:
    """Raises QuestionError where the dimensions or the filter of a question do not fit its measure."""
    measure = question.measure
    for each in question.by:
        check_dimension(measure, each.dimension)
        check_level(each.dimension, each.level)
    seen = [each.dimension for each in question.by]
    twice = next((each for each in seen if seen.count(each) > 1), None)
    if twice is not None:
        raise QuestionError(f"{measure.name} is grouped by {twice.name} twice; name each dimension once")
    if question.where is not None:
        check_where(measure, question.where)
