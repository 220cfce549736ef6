"""What a question is about, settled before anything is summed: its members, its years, and what its answer must say.

Every way to ask (GraphQL, MCP, exports, the command line) comes through here; `docs/asking.md` has the rules.

- Whatever names a member (an id, a code, a name) is looked up first. MemberError where the dataset has none such, or
  several: it carries the candidates. A member of a tree stands for everything below it.
- Years are a series. A total is of one year (the latest that was asked about, where none is named), of each year where
  it is grouped by year, or of several only where that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, unique
from functools import cache
from itertools import islice
from typing import Any, cast

from graph_data.core.errors import MemberError
from graph_data.core.records import AccountRecord
from graph_data.core.terms import AccountKind, Dimension, ExpenditureNature, Language, Measure
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.figures.filters import TreeFilter, Where, YearFilter, check_where
from graph_data.figures.measures import DEEPEST
from graph_data.figures.rollup import RollupQuestion, check_question
from graph_data.graph import DepartmentEntry, Node, NodeKind, UnitEntry
from graph_data.graph.ids import id_of, year_of_project
from graph_data.members import held, members, require_year, settled, years_offered
from graph_data.rollup import Coverage, GroupBy, GroupKey, Rollup, RollupOrder, RollupRow, rollup, select

_ONE_DEPARTMENT = frozenset({Dimension.DEPARTMENT, Dimension.UNIT, Dimension.PROJECT})
_MOST_ANSWERS = 32_768  # answers that are kept as they are, some 16 MiB, and rows of one
_MOST_ROWS = 4_096
_MOST_ACCOUNTS = 5_000  # that are looked through for those of units
_WITH_TRANSFERS = frozenset({Measure.REVENUE, Measure.EXPENDITURE})


@unique
class Caveat(Enum):
    """What a total does not say by itself: in Chinese and in English."""

    def text(self, language: Language) -> str:
        """The words."""
        chinese, english = self.value
        return str(english if language is Language.EN else chinese)

    LATEST_YEAR = (
        "没有指定一个年度，取有这项数字的最近年度；其他年度未计入。",
        "No single year was asked for: this is of the latest that has such figures, and others are not in it.",
    )
    YEARS_SUMMED = (
        "这是几个年度之和，不是任何一年的决算数。",
        "Several years are added up here: this is the final account of none of them.",
    )
    NOT_ELIMINATED = (
        "这是几个部门决算数的简单相加，部门之间的往来（对附属单位补助、上缴上级等）没有抵销，不是政府决算。",
        "Departments' accounts are added up as they are: what they pay each other (subsidies to affiliates, "
        "remittances to superiors) is not eliminated, and this is no government's final account.",
    )
    UNIT_ACCOUNTS = (
        "其中有单位决算：那是一个单位的数，不是其主管部门全口径的数。",
        "The account of a unit is in it, or all of it: the whole department may have received or spent more.",
    )
    NO_ACCOUNTS = (
        "所问范围内没有任何一本决算应当列示这项数字：0 不表示没有发生。",
        "No account in question should state this figure: 0 does not mean that nothing was spent or received.",
    )
    INCOMPLETE = (
        "应当列示这项数字的，有一部分没有读到：实际数可能更大。",
        "Some of those that should state this figure do not, or were not read: the true total may be larger.",
    )


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What an answer is about: the filter with its members looked up, and the one year that it is of.

    `fiscal_year` is None where the answer is grouped by year or adds up several, `is_latest` where nobody named it.
    `years` gives those of the years in question that have figures, the newest first, `kinds` what is to be said of the
    kinds of account.
    """

    measure: Measure | None
    where: Where | None
    fiscal_year: int | None
    is_latest: bool
    is_of_one_department: bool
    years: Callable[[], Sequence[int]]
    kinds: Callable[[], Collection[Caveat]] = tuple

    def caveats_of(self, total: Rollup, keys: Sequence[GroupKey] = ()) -> tuple[Caveat, ...]:
        """What must be said beside a total: of the row with these keys, or of everything."""
        return tuple(self._caveats(total.coverage, {key.dimension for key in keys}))

    def _caveats(self, coverage: Coverage, by: Collection[Dimension]) -> Iterator[Caveat]:
        one_year = self.fiscal_year is not None or Dimension.FISCAL_YEAR in by
        years = 1 if one_year and not self.is_latest else len(self.years())
        if years > 1:
            yield Caveat.LATEST_YEAR if self.is_latest else Caveat.YEARS_SUMMED
        yield from self.kinds()
        if not coverage.expected:
            yield Caveat.NO_ACCOUNTS
        elif not coverage.complete:
            yield Caveat.INCOMPLETE
        is_one = self.is_of_one_department or any(each in _ONE_DEPARTMENT for each in by)
        if self.measure in _WITH_TRANSFERS and not is_one and coverage.expected > (1 if one_year else years):
            yield Caveat.NOT_ELIMINATED


def scope_of(
    dataset: Dataset,
    measures: Sequence[Measure],
    by: Iterable[Dimension],
    where: Where | None,
    across_years: bool = False,
) -> Scope:
    """What a question for totals is about. Raises QuestionError, MemberError for members and years."""
    measure = measures[0] if len(measures) == 1 else None
    if where is not None:
        check_where(measure, where)
        where = settled_for_sums(dataset, where)
    years = passing_years(dataset, where)[::-1]
    if not years:
        raise MemberError("fiscalYear: the dataset has no account of such a year", years_offered(dataset))
    places = None if where is None else _places(where)
    is_one = places is not None and len(places) == 1 and not places[0].startswith("division:")

    def present() -> Sequence[int]:
        stated = {year for each in measures for year in _stated(dataset, each, where)}
        return [year for year in years if year in stated]

    def kinds() -> Collection[Caveat]:
        return _kinds(dataset, places, years)

    scope = Scope(measure, where, years[0] if len(years) == 1 else None, False, is_one, present, kinds)
    if scope.fiscal_year is not None or across_years or Dimension.FISCAL_YEAR in by:
        return scope
    return _latest(dataset, scope, years)


def settled_for_sums(dataset: Dataset, where: Where) -> Where:
    """`settled`, for sums. Raises as it does."""
    return _summed(settled(dataset, where))


def _summed(where: Where) -> Where:
    """The filter for sums: a level is what stands there or below, since only the lowest rows are added up."""
    levels: list[Where] = []
    plain: dict[str, Any] = {}
    for dimension, tree in where.trees():
        name = dimension.name.lower()
        if tree.level is not None:
            plain[name] = replace(tree, level=None)
            below = range(tree.level, DEEPEST[dimension] + 1)
            if tree.level > 1 or plain[name] == TreeFilter():
                levels.append(Where(any_of=tuple(Where(**cast(Any, {name: TreeFilter(level=each)})) for each in below)))
    negated = None if where.negated is None else _summed(where.negated)
    any_of = None if where.any_of is None else tuple(map(_summed, where.any_of))
    all_of = (*map(_summed, where.all_of), *levels)
    return replace(where, **plain, all_of=all_of, any_of=any_of, negated=negated)


def _latest(dataset: Dataset, scope: Scope, years: Sequence[int]) -> Scope:
    """The same question of its latest year alone: the newest that has figures, else an account."""
    places = None if scope.where is None else _places(scope.where)
    latest = next(iter(scope.years()), None) or _latest_account(dataset, places, years)

    def kinds() -> Collection[Caveat]:
        return _kinds(dataset, places, (latest,))

    return replace(scope, where=_of_year(scope.where, latest), fiscal_year=latest, is_latest=True, kinds=kinds)


def passing_years(dataset: Dataset, where: Where | None) -> list[int]:
    """The years of which a figure could pass a filter, ascending."""
    return [year for year in dataset.fiscal_years if where is None or _passes(where, year)[0]]


def _kinds(dataset: Dataset, places: Sequence[str] | None, years: Sequence[int]) -> Collection[Caveat]:
    """What is to be said where accounts of units are summed at some places (None for all) in some years."""
    identities = dataset.identities
    within = None if places is None else set(places)
    for key in islice((each for each in dataset.keys if each.fiscal_year in years), _MOST_ACCOUNTS):
        department = identities.department_of[key]
        if within is None or within & {department, id_of(NodeKind.DIVISION, key.division)}:
            record = dataset.final_accounts_node(key).record
            is_unit = isinstance(record, AccountRecord) and record.kind is AccountKind.UNIT
            if is_unit and key not in identities.covered:
                return (Caveat.UNIT_ACCOUNTS,)
    return ()


def _stated(dataset: Dataset, measure: Measure, where: Where | None) -> Iterator[int]:
    """The years of which there are figures that a filter lets through."""
    table = dataset.figures.table(RollupQuestion(measure, (GroupBy(Dimension.FISCAL_YEAR),), where))
    return (int(row.keys[0].code or 0) for row in table.rows)


def _passes(where: Where, year: int) -> tuple[bool, bool]:
    """Could a figure of this year pass the filter, and does each for certain?"""
    parts = [_passes(each, year) for each in where.all_of]
    if where.any_of is not None:
        some = [_passes(each, year) for each in where.any_of]
        parts.append((any(each[0] for each in some), any(each[1] for each in some)))
    if where.negated is not None:
        possible, certain = _passes(where.negated, year)
        parts.append((not certain, not possible))
    if where.fiscal_year is not None:
        parts.append((where.fiscal_year.holds(year),) * 2)
    if where.amount is not None or any(where.trees()) or any(where.choices()):
        parts.append((True, False))
    return all(each[0] for each in parts), all(each[1] for each in parts)


def _of_year(where: Where | None, year: int) -> Where:
    only = YearFilter(eq=year)
    if where is None or where.fiscal_year is None:
        return replace(where or Where(), fiscal_year=only)
    return replace(where, all_of=(*where.all_of, Where(fiscal_year=only)))


def _places(where: Where) -> tuple[str, ...] | None:
    """The ids of the organisation that a settled filter is confined to; None where it is not, or not plainly."""
    for tree in (where.project, where.unit, where.department, where.division):
        if tree is not None and tree.under is not None:
            return (tree.under,)
        if tree is not None and tree.under_any is not None:
            return tree.under_any
    return next((found for each in where.all_of if (found := _places(each)) is not None), None)


def _latest_account(dataset: Dataset, places: Sequence[str] | None, years: Sequence[int]) -> int:
    """The newest of some years of which there is an account at one of the places; else the newest of the years."""
    nodes = [dataset.graph[id] for id in places or ()]
    return next((year for year in years if any(_has(dataset, each, year) for each in nodes)), years[0])


def _has(dataset: Dataset, node: Node, year: int) -> bool:
    if node.kind is NodeKind.PROJECT:
        return year_of_project(node.id) == year
    if isinstance(node.record, UnitEntry):
        return any(each.account.fiscal_year == year for each in node.record.records)
    if isinstance(node.record, DepartmentEntry):
        return any(key.fiscal_year == year for key in node.record.accounts)
    return any(_has(dataset, each, year) for each in dataset.graph.children(node.id))


@dataclass(frozen=True, slots=True)
class ScopedTable:
    """The rows of a question that was settled first, what they are about, and the total over all that it selects.

    No row and no total adds up years unless that was asked for: where rows are grouped by year, the grand total is of
    the latest, and subtotals that would sum years away are left out.
    """

    rows: Sequence[RollupRow]
    scope: Scope
    grand_total: Callable[[], tuple[Rollup, Scope]]


def scoped_rollup(
    dataset: Dataset,
    measure: Measure,
    by: Sequence[GroupBy],
    where: Where | None = None,
    order_by: Sequence[RollupOrder] = (),
    subtotals: bool = False,
    across_years: bool = False,
) -> ScopedTable:
    """`rollup` of a question that is settled first. Raises QuestionError as both do."""
    asked = (measure, tuple(by), where, tuple(order_by), subtotals, across_years)
    answers = dataset.figures.answers
    found: ScopedTable | None = None if answers is None else answers.get(asked)
    if found is None:
        found = _settled_rollup(dataset, measure, by, where, order_by, subtotals, across_years)
        if len(found.rows) <= _MOST_ROWS:
            _remember(dataset, asked, found)
    return found


def _settled_rollup(
    dataset: Dataset,
    measure: Measure,
    by: Sequence[GroupBy],
    where: Where | None,
    order_by: Sequence[RollupOrder],
    subtotals: bool,
    across_years: bool,
) -> ScopedTable:
    check_question(RollupQuestion(measure, tuple(by), where))
    scope = scope_of(dataset, (measure,), [each.dimension for each in by], where, across_years)
    table = rollup(dataset, measure, by, scope.where, order_by, subtotals)
    if scope.fiscal_year is not None or across_years:
        return ScopedTable(table.rows, scope, lambda: (table.grand_total, scope))

    @cache
    def of_latest() -> tuple[Rollup, Scope]:
        latest = _latest(dataset, scope, passing_years(dataset, scope.where)[::-1])
        return rollup(dataset, measure, (), latest.where).grand_total, latest

    rows = table.rows
    if subtotals:
        rows = [row for row in rows if Dimension.FISCAL_YEAR not in row.summed_away]
    return ScopedTable(rows, scope, of_latest)


def scoped_figures(
    dataset: Dataset, measure: Measure | None, where: Where | None, include_totals: bool = False
) -> Sequence[Figure]:
    """`select` with the members of the filter looked up; figures are listed one by one, so of every year in it."""
    if where is not None:
        check_where(measure, where)
        where = settled(dataset, where)
    return select(dataset, measure, where, include_totals)


@dataclass(slots=True, eq=False)
class NodeScope:
    """What a total under one node is about, as `Scope` is what those of a table are."""

    dataset: Dataset
    node: Node
    measure: Measure
    fiscal_year: int | None
    department: str | None
    nature: ExpenditureNature | None
    is_latest: bool

    @property
    def _places(self) -> tuple[str, ...] | None:
        if self.department is not None or self.node.kind is NodeKind.SUBJECT:
            return None if self.department is None else (self.department,)
        return tuple(each.id for each in held(self.dataset, self.node))

    def total(self, year: int | None) -> Rollup:
        """The total of a year; of all for None. Of a division that holds others, of all of them."""
        if self.node.kind is not NodeKind.DIVISION or not self.dataset.divisions.is_shared(self.node):
            return self.dataset.figures.under(self.node, self.measure, year, self.department, self.nature)
        fiscal_year = None if year is None else YearFilter(eq=year)
        where = Where(division=TreeFilter(under_any=self._places), nature=self.nature, fiscal_year=fiscal_year)
        check_where(self.measure, where)
        return self.dataset.figures.table(RollupQuestion(self.measure, (), where)).grand_total

    def years(self) -> Sequence[int]:
        """The years that have figures, the newest first."""
        return [year for year in reversed(self.dataset.fiscal_years) if self.total(year).count]

    def latest(self) -> int | None:
        """The newest year that has figures, else an account."""
        found, years = next(iter(self.years()), None), self.dataset.fiscal_years[::-1]
        return _latest_account(self.dataset, self._places, years) if found is None and years else found

    def caveats_of(self, total: Rollup, keys: Sequence[GroupKey] = ()) -> tuple[Caveat, ...]:
        """What must be said beside the total."""
        is_one = self._places is not None and not self._places[0].startswith("division:")
        years = self.dataset.fiscal_years if self.fiscal_year is None else (self.fiscal_year,)

        def kinds() -> Collection[Caveat]:
            return _kinds(self.dataset, self._places, years)

        scope = Scope(self.measure, None, self.fiscal_year, self.is_latest, is_one, self.years, kinds)
        return scope.caveats_of(total, keys)


def scoped_total(
    dataset: Dataset,
    node: Node,
    measure: Measure,
    fiscal_year: int | None = None,
    department: str | None = None,
    nature: ExpenditureNature | None = None,
    across_years: bool = False,
) -> tuple[Rollup, NodeScope]:
    """The total under one node: of a year, else of the latest that has figures, or of all. `department` is an id.

    Raises QuestionError where the measure does not have the node's dimension, MemberError for what is unknown.
    """
    asked = (node.id, measure, fiscal_year, department, nature, across_years)
    answers = dataset.figures.answers
    found: tuple[Rollup, NodeScope] | None = None if answers is None else answers.get(asked)
    if found is None:
        found = _settled_total(dataset, node, measure, fiscal_year, department, nature, across_years)
        _remember(dataset, asked, found)
    return found


def _remember(dataset: Dataset, asked: tuple[object, ...], answer: object) -> None:
    """Keep an answer as it is, where the engine has room for answers."""
    answers = dataset.figures.answers
    if answers is not None:
        if len(answers) >= _MOST_ANSWERS:
            answers.clear()
        answers[asked] = answer


def _settled_total(
    dataset: Dataset,
    node: Node,
    measure: Measure,
    fiscal_year: int | None,
    department: str | None,
    nature: ExpenditureNature | None,
    across_years: bool,
) -> tuple[Rollup, NodeScope]:
    if department is not None:
        found = dataset.graph.node(department)
        if found is None or found.kind is not NodeKind.DEPARTMENT:
            department = members(dataset, Dimension.DEPARTMENT, department, name="department")[0].id
    scope = NodeScope(dataset, node, measure, fiscal_year, department, nature, False)
    if fiscal_year is not None:
        if fiscal_year not in dataset.fiscal_years:
            require_year(dataset, fiscal_year)
    elif not across_years:
        scope.fiscal_year, scope.is_latest = scope.latest(), True
    return scope.total(scope.fiscal_year), scope
