"""How many of those that should contribute to a group do: members in its scope, and those that were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_data.figures.axes import PROJECT_MEASURES, Axis
from graph_data.figures.keys import GroupBy, key_column
from graph_data.figures.matching import Rows, match
from graph_data.figures.members import Members
from graph_data.figures.where import Where
from graph_data.graph import Graph
from graph_data.terms import Dimension, Fund, Measure

_ACCOUNT = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
_SCOPE = (Axis.ORGANIZATION, Axis.YEAR)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the members that should contribute a figure do so."""

    counted: int
    expected: int

    @property
    def complete(self) -> bool:
        return self.counted == self.expected


class Coverages:
    """The coverage of every group of one question, by those of its keys that narrow the scope."""

    def __init__(
        self,
        graph: Graph,
        measure: Measure,
        members: Members,
        by: Sequence[GroupBy],
        where: Where | None,
        fund: Fund | None,
    ) -> None:
        self._scope = [place for place, each in enumerate(by) if each.axis in _SCOPE]
        self._fund_place = next((place for place, each in enumerate(by) if each.axis is Axis.FUND), None)
        self._members, self._fund = members, fund
        dimensions = _ACCOUNT | ({Dimension.UNIT, Dimension.PROJECT} if measure in PROJECT_MEASURES else set())
        rows = Rows(graph, members.axes, None, frozenset(dimensions))
        kept = np.flatnonzero(match(rows, where).possible) if where else np.arange(len(members))
        columns = [key_column(graph, members.axes, by[place])[kept].tolist() for place in self._scope]
        self._scopes = list(zip(*columns, strict=True)) if columns else [()] * len(kept)
        self._kept = kept
        self._tables: dict[Fund | None, dict[tuple[int, ...], Coverage]] = {}

    def of(self, keys: Sequence[int]) -> Coverage:
        """The coverage of the group with these keys, one for each dimension."""
        fund = self._fund
        if self._fund_place is not None and self._fund_place < len(keys):
            fund = list(Fund)[keys[self._fund_place]]
        if fund not in self._tables:
            self._tables[fund] = self._count(fund)
        scope = tuple(keys[place] for place in self._scope if place < len(keys))
        return self._tables[fund].get(scope, Coverage(0, 0))

    def _count(self, fund: Fund | None) -> dict[tuple[int, ...], Coverage]:
        counted: dict[tuple[int, ...], int] = {}
        expected: dict[tuple[int, ...], int] = {}
        for scope, flag in zip(self._scopes, self._members.counted[fund][self._kept].tolist(), strict=True):
            for length in range(len(scope) + 1):
                counted[scope[:length]] = counted.get(scope[:length], 0) + flag
                expected[scope[:length]] = expected.get(scope[:length], 0) + 1
        return {scope: Coverage(counted[scope], expected[scope]) for scope in expected}
