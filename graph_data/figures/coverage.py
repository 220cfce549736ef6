"""How many of those that should contribute to a group do: members in its scope, and those that were read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from graph_data.core.terms import Dimension, Fund, Measure
from graph_data.figures.arrays import Longs
from graph_data.figures.axes import PROJECT_MEASURES, Axis
from graph_data.figures.keys import GroupBy, key_column
from graph_data.figures.matching import Rows, match
from graph_data.figures.members import Members
from graph_data.figures.naming import fund_of
from graph_data.figures.totals import Coverage
from graph_data.figures.trees import Trees
from graph_data.figures.where import Where

_ACCOUNT = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
_PROJECT = frozenset({Dimension.UNIT, Dimension.PROJECT})
_NOBODY = Coverage(0, 0)
_SCOPE = (Axis.ORGANIZATION, Axis.YEAR)


class Coverages:
    """The coverage of every group of one question, by those of its keys that narrow the scope; counted when asked."""

    def __init__(
        self, trees: Trees, measure: Measure, members: Members, by: Sequence[GroupBy], where: Where | None
    ) -> None:
        self._trees, self._measure, self._members, self._by, self._where = trees, measure, members, by, where
        self._scope = [place for place, each in enumerate(by) if each.axis in _SCOPE]
        self._fund_place = next((place for place, each in enumerate(by) if each.axis is Axis.FUND), None)
        self._fund = fund_of(where)
        self._tables: dict[Fund | None, dict[tuple[int, ...], Coverage]] = {}

    def of(self, keys: Sequence[int]) -> Coverage:
        """The coverage of the group with these keys, one for each dimension."""
        fund = self._fund
        if self._fund_place is not None and self._fund_place < len(keys):
            fund = list(Fund)[keys[self._fund_place]]
        if fund not in self._tables:
            self._tables[fund] = self._count(fund)
        scope = tuple(keys[place] for place in self._scope if place < len(keys))
        return self._tables[fund].get(scope, _NOBODY)

    @cached_property
    def _kept(self) -> Longs:
        """The members that the filter could let through."""
        if self._where is None:
            return np.arange(len(self._members), dtype=np.int64)
        dimensions = _ACCOUNT | (_PROJECT if self._measure in PROJECT_MEASURES else frozenset())
        rows = Rows(self._trees, self._members.axes, None, dimensions)
        return np.flatnonzero(match(rows, self._where).possible).astype(np.int64)

    @cached_property
    def _scopes(self) -> list[tuple[int, ...]]:
        """The keys of each of them."""
        axes = self._members.axes
        columns = [key_column(self._trees, axes, self._by[place])[self._kept].tolist() for place in self._scope]
        return list(zip(*columns, strict=True)) if columns else [()] * len(self._kept)

    def _count(self, fund: Fund | None) -> dict[tuple[int, ...], Coverage]:
        members, kept = self._members, self._kept
        flags = members.counted.get(fund, members.counted[None])[kept].tolist()
        counted: dict[tuple[int, ...], int] = {}
        expected: dict[tuple[int, ...], int] = {}
        for scope, flag, each in zip(self._scopes, flags, members.expected[kept].tolist(), strict=True):
            for length in range(len(scope) + 1):
                counted[scope[:length]] = counted.get(scope[:length], 0) + flag
                expected[scope[:length]] = expected.get(scope[:length], 0) + each
        return {scope: Coverage(counted[scope], expected[scope]) for scope in expected}
