"""The answer to an analysis: totals column by column, grain by grain, and exact arithmetic over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from itertools import islice
from typing import TypeAlias

from graph_data.analysis.cells import Cell, Column, completeness, computed, count_cell, measure_cell
from graph_data.analysis.question import (
    AnalysisQuestion,
    ColumnKind,
    Expression,
    Formula,
    Grain,
    Having,
    TableOrder,
    check_analysis,
    grains_of,
    kinds_of,
)
from graph_data.core.deadline import require_time
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Basis, Dimension
from graph_data.counts import CHECK_PLACES, counted
from graph_data.dataset import Dataset
from graph_data.figures.filters import TreeFilter, Where, YearFilter, check_level
from graph_data.figures.measures import AXES, ENUMERATIONS, Axis, ordinal
from graph_data.figures.rollup import Coverage, GroupBy, GroupKey, Rollup, RollupQuestion
from graph_data.graph import NodeKind
from graph_data.scope import Caveat, Scope, passing_years, scope_of, settled_for_sums

_KEPT_CELLS = 10_000
_MOST_ROWS = 20_000  # that one table may have before it is narrowed
_NOBODY = Coverage(0, 0)

Key: TypeAlias = tuple[str, ...]  # what tells the groups of one grain apart


@dataclass(frozen=True, slots=True)
class Group:
    """One row: the members that it stands for, and for a row of totals the dimensions that are summed away."""

    table: AnalysisTable
    grain: Grain
    key: Key

    @property
    def keys(self) -> tuple[GroupKey, ...]:
        return self.table.keys[self.grain, self.key]

    @property
    def cells(self) -> list[Cell]:
        """A cell a column."""
        return [self.table.cell(column.name, self.grain, self.key) for column in self.table.columns]

    @property
    def summed_away(self) -> tuple[Dimension, ...]:
        kept = {each.dimension for each in self.grain}
        return tuple(each.dimension for each in self.table.question.by if each.dimension not in kept)


def analyze(dataset: Dataset, question: AnalysisQuestion) -> AnalysisTable:
    """The table that a question asks for. Raises QuestionError, MemberError for what is unknown."""
    check_analysis(question)
    return AnalysisTable(dataset, question)


class AnalysisTable:
    """The answer to a checked question. Totals are asked for column by column, grain by grain, when they are read."""

    def __init__(self, dataset: Dataset, question: AnalysisQuestion) -> None:
        self.dataset, self.question = dataset, question
        kinds = kinds_of(question.columns)
        self.columns = tuple(Column(each, kinds[each.name]) for each in question.columns)
        self.keys: dict[tuple[Grain, Key], tuple[GroupKey, ...]] = {}
        self._by_name = {column.name: column for column in self.columns}
        self._tables: dict[tuple[str, int, Grain], Mapping[Key, Cell]] = {}
        self._scopes: dict[str, Scope] = {}
        self._places: dict[GroupKey, int] = {}
        self._coverages: dict[tuple[str, int, Key], Coverage] = {}
        self._cells_known: dict[tuple[str, Grain, Key, int], Cell] = {}

    @property
    def fiscal_year(self) -> int | None:
        """The one year that the table is of; None where it is by year or adds up several."""
        return self.scope.fiscal_year

    @cached_property
    def scope(self) -> Scope:
        """What all columns are about that name no years of their own."""
        measures = [each.measure for each in self.question.columns if each.measure is not None]
        dimensions = [each.dimension for each in self.question.by]
        return scope_of(self.dataset, measures, dimensions, self.question.where, self.question.across_years)

    @property
    def caveats(self) -> list[Caveat]:
        """What must be said beside the table: beside any of its columns as a whole."""
        by = [GroupKey(each.dimension, None, "", None) for each in self.question.by]
        found: dict[Caveat, None] = {}
        for column in self.columns:
            if column.expression.measure is not None:
                total = self._total(column.expression)
                found |= dict.fromkeys(self.scope_of(column).caveats_of(total, by))
        return list(found)

    def scope_of(self, column: Column) -> Scope:
        """What a column of a measure is about."""
        return replace(self._scope_of(column.expression), measure=column.expression.measure)

    def _total(self, column: Expression) -> Rollup:
        assert column.measure is not None
        return self.dataset.figures.table(RollupQuestion(column.measure, (), self._where(column, 0))).grand_total

    @cached_property
    def rows(self) -> Sequence[Group]:
        """The groups that are shown, in order, then the rows of totals."""
        grains = grains_of(self.question)
        shown = [group for group in self._groups(grains[0]) if self._is_had(group)]
        shown = self._topped(self._ordered(shown))
        return [*shown, *(group for grain in grains[1:] for group in self._groups(grain))]

    @property
    def total(self) -> Group:
        """Everything that the filter selects in one row; empty where that would add up years unasked."""
        return Group(self, *self._named((), ()))

    def _groups(self, grain: Grain) -> list[Group]:
        """The groups of a grain in the order of their keys."""
        found: dict[Key, None] = {}
        for column in self.columns:
            if column.expression.formula is None:
                found |= dict.fromkeys(self._table(column.expression, 0, grain))
        groups = [Group(self, grain, key) for key in found]
        return sorted(groups, key=lambda group: [self._place(key) for key in group.keys])

    def _place(self, key: GroupKey) -> int:
        """Where a member stands in the order of its dimension."""
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._found_place(key)
        return found

    def _found_place(self, key: GroupKey) -> int:
        if key.node is not None:
            return self.dataset.graph.interval(key.node.id)[0]
        if key.dimension is Dimension.CHECK:
            return CHECK_PLACES.get(key.code or "", len(CHECK_PLACES))
        axis = AXES[key.dimension]
        if axis is Axis.YEAR:
            return int(key.code or 0)
        if key.code is None:
            return -2
        return -1 if axis not in ENUMERATIONS or key.code == "TOTAL" else ordinal(ENUMERATIONS[axis][key.code])

    def _is_had(self, group: Group) -> bool:
        return all(self._passes(group, each) for each in self.question.having)

    def _passes(self, group: Group, having: Having) -> bool:
        number = self.cell(having.column, group.grain, group.key).number
        if having.is_null is not None and (number is None) is not having.is_null:
            return False
        scale = having.unit.fen if self._by_name[having.column].kind is ColumnKind.MONEY else 1
        limits = {name: getattr(having, name) for name in ("eq", "gt", "gte", "lt", "lte")}
        given = {name: Fraction(limit) * scale for name, limit in limits.items() if limit is not None}
        if number is None:
            return not given
        return all(_COMPARE[name](number, limit) for name, limit in given.items())

    def _ordered(self, groups: list[Group]) -> list[Group]:
        for step in reversed(self.question.order_by):
            groups = self._by(groups, step)
        return groups

    def _by(self, groups: list[Group], step: TableOrder) -> list[Group]:
        """In a stable order, so that ties stay as they are."""
        sign = -1 if step.descending else 1
        if step.dimension is not None:
            at = [each.dimension for each in self.question.by].index(step.dimension)
            return sorted(groups, key=lambda group: sign * self._place(group.keys[at]))

        def rank(group: Group) -> tuple[bool, Fraction]:
            number = self.cell(step.column or "", group.grain, group.key).number
            return number is None, Fraction(0) if number is None else sign * number

        return sorted(groups, key=rank)

    def _topped(self, groups: list[Group]) -> list[Group]:
        top = self.question.top
        if top is None:
            return groups
        within = [at for at, each in enumerate(self.question.by) if each.dimension in top.within]
        counts: dict[Key, int] = {}
        kept = set()
        by_key = sorted(groups, key=lambda group: [self._place(key) for key in group.keys])
        for group in self._by(by_key, TableOrder(top.column, None, top.descending)):
            among = tuple(group.key[at] for at in within)
            counts[among] = counts.get(among, 0) + 1
            if counts[among] <= top.count and self.cell(top.column, group.grain, group.key).number is not None:
                kept.add(group.key)
        found = [group for group in groups if group.key in kept]
        return found if self.question.order_by else self._by(found, TableOrder(top.column, None, top.descending))

    def cell(self, name: str, grain: Grain, key: Key, back: int = 0) -> Cell:
        """The cell of a column in a group of a grain, `back` years earlier; worked out once, whatever uses it."""
        place = name, grain, key, back
        known = self._cells_known.get(place)
        if known is None:
            require_time()
            known = self._cell(name, grain, key, back)
            if len(self._cells_known) >= _KEPT_CELLS:
                self._cells_known.clear()
            self._cells_known[place] = known
        return known

    def _cell(self, name: str, grain: Grain, key: Key, back: int) -> Cell:
        column = self._by_name[name].expression
        if column.formula is None:
            return self._total_cell(column, grain, key, back)
        own = self.cell(column.of, grain, key, back)
        other = self._other(column, grain, key, back)
        basis = Basis.REPORTED if own.basis is other.basis is Basis.REPORTED else Basis.DERIVED
        number = None if own.number is None or other.number is None else computed(column, own.number, other.number)

        @cache
        def covered() -> Coverage:
            require_time()
            return min(own.coverage, other.coverage, key=completeness)

        return Cell(number, covered, basis if number is not None else None)

    def _other(self, column: Expression, grain: Grain, key: Key, back: int) -> Cell:
        """What a formula holds its column against."""
        if column.formula is Formula.SHARE_OF_TOTAL:
            years = [at for at, each in enumerate(grain) if each.dimension is Dimension.FISCAL_YEAR]
            return self.cell(column.of, *self._part(grain, key, years), back)
        if column.formula is Formula.SHARE_OF_PARENT:
            return self.cell(column.of, *self._above(grain, key), back)
        if column.formula is Formula.GROWTH and column.to is None:
            return self.cell(column.of, grain, key, back + column.years_before)
        return self.cell(column.to or column.of, grain, key, back)

    def _above(self, grain: Grain, key: Key) -> tuple[Grain, Key]:
        """The group above: the last dimension that is no year at the next level of its tree, else summed away."""
        at = max((at for at, each in enumerate(grain) if each.dimension is not Dimension.FISCAL_YEAR), default=None)
        if at is None:
            return grain, key
        members = self.keys[grain, key]
        node = members[at].node
        parent = None if node is None else self.dataset.graph.parent(node.id)
        if parent is None or any(each.dimension.name == parent.kind.name for each in grain):
            return self._part(grain, key, [each for each in range(len(grain)) if each != at])
        member = GroupKey(grain[at].dimension, parent.code, parent.name, parent)
        above = (*grain[:at], GroupBy(grain[at].dimension, parent.level), *grain[at + 1 :])
        return self._named(above, (*members[:at], member, *members[at + 1 :]))

    def _part(self, grain: Grain, key: Key, places: Sequence[int]) -> tuple[Grain, Key]:
        """The group of some of the dimensions."""
        members = self.keys[grain, key]
        return self._named(tuple(grain[at] for at in places), tuple(members[at] for at in places))

    def _named(self, grain: Grain, members: tuple[GroupKey, ...]) -> tuple[Grain, Key]:
        """The group of these members, whether or not anything is published for it."""
        key = tuple(map(_told, members))
        self.keys.setdefault((grain, key), members)
        return grain, key

    def _total_cell(self, column: Expression, grain: Grain, key: Key, back: int) -> Cell:
        if self._adds_years(grain):
            return Cell(None, lambda: _NOBODY)
        found = self._table(column, back, grain).get(key)
        if found is not None:
            return found
        if column.count is not None:
            return Cell(None, lambda: _NOBODY)
        return Cell(None, lambda: self._blank_coverage(column, grain, key, back))

    def _adds_years(self, grain: Grain) -> bool:
        """Would a total of this grain add up years that nobody asked to be added up?"""
        if self.question.across_years or any(each.dimension is Dimension.FISCAL_YEAR for each in grain):
            return False
        return self.fiscal_year is None and len(self._years) > 1

    @cached_property
    def _years(self) -> list[int]:
        return passing_years(self.dataset, self.scope.where)

    def _table(self, column: Expression, back: int, grain: Grain) -> Mapping[Key, Cell]:
        """The totals of a column by the groups of a grain; the keys are those of the year that the row is of."""
        known = self._tables.get((column.name, back, grain))
        if known is not None:
            return known
        require_time()
        for each in grain:
            check_level(each.dimension, each.level)
        cells = list(islice(self._cells(column, back, grain), _MOST_ROWS + 1))
        if len(cells) > _MOST_ROWS:
            raise QuestionError(f"by: more than {_MOST_ROWS:,} groups; group by less, or narrow `where`")
        later = back + column.years_before
        found = {self._named(grain, tuple(_later(key, later) for key in keys))[1]: cell for keys, cell in cells}
        self._tables[column.name, back, grain] = found
        return found

    def _cells(self, column: Expression, back: int, grain: Grain) -> Iterator[tuple[tuple[GroupKey, ...], Cell]]:
        """The cells of a column that is a measure or a count, by the members of their groups."""
        where = self._where(column, back)
        if column.count is not None:
            for keys, count in counted(self.dataset, column.count, grain, where).items():
                yield keys, count_cell(count)
        else:
            assert column.measure is not None
            for row in self.dataset.figures.table(RollupQuestion(column.measure, grain, where)).rows:
                yield row.keys, measure_cell(row.rollup)

    def _blank_coverage(self, column: Expression, grain: Grain, key: Key, back: int) -> Coverage:
        """Who should contribute to a group of which nothing is published."""
        places = [at for at, each in enumerate(grain) if each.axis in (Axis.ORGANIZATION, Axis.YEAR, Axis.FUND)]
        scope = (column.name, back, tuple(key[at] for at in places))
        if scope not in self._coverages:
            part, own = tuple(grain[at] for at in places), tuple(key[at] for at in places)
            known = self._table(column, back, part).get(own)
            self._coverages[scope] = known.coverage if known is not None else self._asked(column, grain, key, back)
        return self._coverages[scope]

    def _asked(self, column: Expression, grain: Grain, key: Key, back: int) -> Coverage:
        """The coverage of the group of a key, asked for as a filter."""
        assert column.measure is not None
        narrow = [where for each in self.keys[grain, key] if (where := _only(each, back + column.years_before))]
        parts = (*narrow, *filter(None, (self._where(column, back),)))
        return self.dataset.figures.table(RollupQuestion(column.measure, (), Where(all_of=parts))).grand_total.coverage

    def _scope_of(self, column: Expression) -> Scope:
        """What a column is about: what all are, or its own years where its filter names some."""
        if column.where is None or not _names_years(column.where):
            return self.scope
        if column.name not in self._scopes:
            parts = tuple(each for each in (self.question.where, column.where) if each is not None)
            dimensions = [each.dimension for each in self.question.by]
            measures = () if column.measure is None else (column.measure,)
            question = (self.dataset, measures, dimensions, Where(all_of=parts), self.question.across_years)
            self._scopes[column.name] = scope_of(*question)
        return self._scopes[column.name]

    def _where(self, column: Expression, back: int) -> Where | None:
        """The figures of a column, so many years earlier."""
        scope = self._scope_of(column)
        parts = [] if scope.where is None else [scope.where]
        if column.where is not None and scope is self.scope:
            parts.append(settled_for_sums(self.dataset, column.where))
        earlier = back + column.years_before
        if earlier:
            if scope.fiscal_year is not None:
                years = [scope.fiscal_year]
            else:
                years = passing_years(self.dataset, Where(all_of=tuple(parts)))
            parts = [_without_years(each) for each in parts]
            parts.append(Where(fiscal_year=YearFilter(any_of=tuple(year - earlier for year in years))))
        if len(parts) == 1:
            return parts[0]
        return Where(all_of=tuple(parts)) if parts else None


_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "eq": lambda number, limit: number == limit,
    "gt": lambda number, limit: number > limit,
    "gte": lambda number, limit: number >= limit,
    "lt": lambda number, limit: number < limit,
    "lte": lambda number, limit: number <= limit,
}


def _told(key: GroupKey) -> str:
    """What tells a member from others of its dimension."""
    return key.node.id if key.node is not None else key.code or ""


def _later(key: GroupKey, years: int) -> GroupKey:
    if not years or key.dimension is not Dimension.FISCAL_YEAR:
        return key
    year = str(int(key.code or 0) + years)
    return replace(key, code=year, name=year)


def _only(key: GroupKey, earlier: int) -> Where | None:
    """The filter that a key of the organisation or of years is."""
    if key.dimension is Dimension.FISCAL_YEAR:
        return Where(fiscal_year=YearFilter(eq=int(key.code or 0) - earlier))
    if key.node is None or key.node.kind is NodeKind.SUBJECT:
        return None
    return Where(**{key.dimension.name.lower(): TreeFilter(under=key.node.id)})  # type: ignore[arg-type]


def _names_years(where: Where) -> bool:
    return where.fiscal_year is not None or any(map(_names_years, where.inner()))


def _without_years(where: Where) -> Where:
    """The filter with no condition on years. Raises QuestionError where one stands within or, not."""
    if any(map(_names_years, (*(where.any_of or ()), *filter(None, (where.negated,))))):
        raise QuestionError("fiscalYear: a comparison with earlier years needs its years plainly, not within or, not")
    return replace(where, fiscal_year=None, all_of=tuple(map(_without_years, where.all_of)))
