"""A total over one group: what the leaves add up to, beside what the documents print for exactly that."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph_data.figures.figure import Figure

Printed: TypeAlias = tuple[int, int]  # what is reported: 分, and 分 of one last digit


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the members that should contribute a figure do so."""

    counted: int
    expected: int

    @property
    def complete(self) -> bool:
        return self.counted == self.expected

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
