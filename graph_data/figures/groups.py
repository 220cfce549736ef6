"""Groups as every way to find them gives them: keys and sums in columns, everything else when it is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_data.figures.arrays import Longs, Mask
from graph_data.figures.figure import Figure
from graph_data.figures.slices import Awaited
from graph_data.figures.totals import Coverage, Printed, Rollup


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """One group each, in the order of the keys: `places` holds a column a dimension."""

    places: tuple[Longs, ...]
    fen: Longs
    step: Longs
    count: Longs

    def __len__(self) -> int:
        return len(self.fen)


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """What the documents print for exactly each group; 分 and steps are meaningless where they print nothing."""

    is_reported: Mask
    fen: Longs
    step: Longs


class Groups(ABC):
    """The groups of the first dimensions of a question."""

    def __init__(self, sums: Sums) -> None:
        self.sums = sums

    def __len__(self) -> int:
        return len(self.sums)

    @cached_property
    def reports(self) -> Reports:
        """What is printed for each group."""
        return self._reports()

    @abstractmethod
    def _reports(self) -> Reports: ...

    @abstractmethod
    def coverage(self, places: tuple[int, ...]) -> Coverage:
        """How many of those that should contribute to the group of these keys do; there need be no such group."""

    @abstractmethod
    def figures(self, at: int) -> Sequence[Figure]:
        """The leaves of a group."""

    @abstractmethod
    def reported_figures(self, at: int) -> Sequence[Figure]:
        """The printed cells of a group that is reported."""

    def places(self, at: int) -> tuple[int, ...]:
        """The keys of a group."""
        return tuple(int(column[at]) for column in self.sums.places)


class GroupRollup(Rollup):
    """The total of one of many groups."""

    __slots__ = ("_at", "_groups")

    def __init__(self, groups: Groups, at: int) -> None:
        self.derived = int(groups.sums.fen[at])
        self._groups, self._at = groups, at

    @property
    def step(self) -> int:
        return int(self._groups.sums.step[self._at])

    @property
    def count(self) -> int:
        return int(self._groups.sums.count[self._at])

    @property
    def printed(self) -> Printed | None:
        reports = self._groups.reports
        return (int(reports.fen[self._at]), int(reports.step[self._at])) if reports.is_reported[self._at] else None

    @property
    def coverage(self) -> Coverage:
        return self._groups.coverage(self._groups.places(self._at))

    @property
    def figures(self) -> Sequence[Figure]:
        return Awaited(self.count, lambda: self._groups.figures(self._at))

    @property
    def reported_figures(self) -> Sequence[Figure]:
        return () if self.printed is None else self._groups.reported_figures(self._at)
