"""Group-by questions of the Ibis engine: one statement asks for all groups, all subtotals and their coverage."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from graph_data.core.terms import Dimension, Fund
from graph_data.figures.axes import PROJECT_MEASURES, Axis
from graph_data.figures.base import RollupQuestion, RollupTable
from graph_data.figures.figure import Figure
from graph_data.figures.groups import Groups, Reports, Sums
from graph_data.figures.ibis.filters import Rows, match
from graph_data.figures.ibis.groups import TOTALS, Grouping, answer_row, figures_of, key_of
from graph_data.figures.ibis.pages import Fetch, FigurePages, Run
from graph_data.figures.ibis.schema import FUND_COLUMNS
from graph_data.figures.keys import Names
from graph_data.figures.naming import fund_of
from graph_data.figures.rows import tabulated
from graph_data.figures.totals import Coverage
from graph_data.figures.trees import Trees

_ACCOUNT = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
_PROJECT = _ACCOUNT | {Dimension.UNIT, Dimension.PROJECT}
_SCOPE = (Axis.ORGANIZATION, Axis.YEAR)
_COVERAGE = -1  # the depth of the rows that count members; they stand in the columns of TOTALS
_COUNTED = ("fen", "step", "pairs", "found")  # where contributing members stand: of all, then of each fund
_NOBODY = Coverage(0, 0)
_PUBLISHERS = ("division", "publisher")
_BY_PUBLISHER = (*_PUBLISHERS, "rank")


def answered(
    fetch: Fetch, figures: Any, members: Any, trees: Trees, names: Names, question: RollupQuestion
) -> RollupTable:
    """The answer to a checked question."""
    width = len(question.by)
    depths = range(width, -1, -1) if question.subtotals else (width,)
    leaves = figures_of(figures, trees, question.measure, question.where, False)
    groupings = {depth: Grouping(figures, leaves, trees, question, depth) for depth in {0, *depths}}
    statement = [_members(members, trees, question), *(each.totals() for each in groupings.values())]
    rows = sorted(tuple(map(int, row)) for row in fetch(reduce(lambda one, other: one.union(other), statement)))
    covered = Covered(question, [row[1:] for row in rows if row[0] == _COVERAGE])
    groups = {
        depth: IbisGroups(fetch, grouping, covered, [row[1:] for row in rows if row[0] == depth])
        for depth, grouping in groupings.items()
    }
    return tabulated([groups[depth] for depth in depths], groups[0], question, names)


class IbisGroups(Groups):
    """The groups of one depth, from the rows that the database gave: keys, then `TOTALS`."""

    def __init__(self, fetch: Fetch, grouping: Grouping, covered: Covered, rows: Sequence[tuple[int, ...]]) -> None:
        width = len(grouping.question.by)
        found = np.array([row for row in rows if row[width]], dtype=np.int64).reshape(-1, width + len(TOTALS))
        columns = {name: found[:, width + place] for place, name in enumerate(TOTALS)}
        places = tuple(found[:, place] for place in range(grouping.depth))
        super().__init__(Sums(places, columns["fen"], columns["step"], columns["count"]))
        self._fetch, self._grouping, self._covered, self._columns = fetch, grouping, covered, columns

    def coverage(self, places: tuple[int, ...]) -> Coverage:
        return self._covered.of(places)

    def figures(self, at: int) -> Sequence[Figure]:
        """Publisher by publisher."""
        keys = self.places(at)
        run = Run(self._fetch, lambda: self._grouping.leaves(keys), _BY_PUBLISHER, int(self.sums.count[at]))
        return FigurePages(run)

    def reported_figures(self, at: int) -> Sequence[Figure]:
        keys = self.places(at)
        run = Run(self._fetch, lambda: self._grouping.printed(keys), _PUBLISHERS, int(self._columns["pairs"][at]))
        return FigurePages(run)

    def _reports(self) -> Reports:
        is_reported = self._columns["pairs"] == self._columns["found"]
        return Reports(is_reported, self._columns["printed_fen"], self._columns["printed_step"])


class Covered:
    """The coverage of every group, by those of its keys that narrow the scope."""

    def __init__(self, question: RollupQuestion, rows: Sequence[tuple[int, ...]]) -> None:
        """A row is its keys, then how many there should be, how many there are, and how many of each fund."""
        self._scope, width = _scope(question), len(question.by)
        axes = [each.axis for each in question.by]
        self._fund_place = axes.index(Axis.FUND) if Axis.FUND in axes else None
        self._fund = fund_of(question.where)
        self._counts: dict[tuple[int, ...], list[int]] = {}
        for row in rows:
            keys, counts = tuple(row[place] for place in self._scope), row[width:]
            for length in range(len(keys) + 1):
                sums = self._counts.setdefault(keys[:length], [0] * len(counts))
                self._counts[keys[:length]] = [one + other for one, other in zip(sums, counts, strict=True)]

    def of(self, keys: Sequence[int]) -> Coverage:
        """The coverage of the group with these keys, one for each dimension."""
        fund = self._fund
        if self._fund_place is not None and self._fund_place < len(keys):
            fund = list(Fund)[keys[self._fund_place]]
        counts = self._counts.get(tuple(keys[place] for place in self._scope if place < len(keys)))
        if counts is None or not counts[0]:
            return _NOBODY
        return Coverage(counts[1 if fund is None else 2 + list(Fund).index(fund)], counts[0])


def _members(members: Any, trees: Trees, question: RollupQuestion) -> Any:
    """A row for each combination of the keys that narrow the scope: its members, and those that contribute."""
    measure, where = question.measure, question.where
    own = members.filter(members.measure == measure.name)
    if where is not None:
        rows = Rows(trees, own, _PROJECT if measure in PROJECT_MEASURES else _ACCOUNT, False)
        own = own.filter(match(rows, where).possible)
    scope = {f"k{place}": key_of(own, trees, question.by[place]) for place in _scope(question)}
    sums = {"count": own.expected.sum(), "fen": own.counted.sum()}
    for name, fund in zip(_COUNTED[1:], FUND_COLUMNS.values(), strict=True):
        sums[name] = own[fund].fill_null(own.counted).sum()
    grouped = own.group_by(**scope).agg(**sums) if scope else own.agg(**sums)
    return answer_row(grouped, _COVERAGE, list(scope), len(question.by), {name: grouped[name] for name in sums})


def _scope(question: RollupQuestion) -> list[int]:
    """Which of the dimensions narrow the scope."""
    return [place for place, each in enumerate(question.by) if each.axis in _SCOPE]
