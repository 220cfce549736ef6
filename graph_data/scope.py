"""What a question is about, settled before anything is summed: its members, its years, and what its answer must say.

Every way to ask (GraphQL, MCP, exports, the command line) comes through here; `docs/asking.md` has the rules.

- Whatever names a member (an id, a code, a name) is looked up first. MemberError where the dataset has none such, or
  several: it carries the candidates. A member of a tree stands for everything below it.
- Years are a series. A total is of one year (the latest that was asked about, where none is named), of each year where
  it is grouped by year, or of several only where that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, unique
from itertools import islice

from graph_data.core.errors import MemberError
from graph_data.core.terms import Dimension, ExpenditureNature, Measure
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.figures.filters import Where, YearFilter, check_where
from graph_data.figures.measures import PROJECT_MEASURES
from graph_data.graph import DepartmentEntry, Node, NodeKind, UnitEntry
from graph_data.graph.ids import year_of_project
from graph_data.members import members, require_year, settled, years_offered
from graph_data.rollup import GroupBy, Rollup, RollupOrder, RollupTable, rollup, select

_ONE_DEPARTMENT = frozenset({Dimension.DEPARTMENT, Dimension.UNIT, Dimension.PROJECT})


@unique
class Caveat(Enum):
    """What a total does not say by itself: in Chinese and in English."""

    LATEST_YEAR = (
        "没有指定年度，取所问范围内最近的年度；其他年度未计入。",
        "No year was asked for: the latest in question was taken, and the others are not in it.",
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
    NO_ACCOUNTS = (
        "所问范围内没有任何一本决算应当列示这项数字：0 不表示没有发生。",
        "No account in question should state this figure: 0 does not mean that nothing was spent or received.",
    )
    INCOMPLETE = (
        "应当列示这项数字的，有一部分没有读到：实际数可能更大。",
        "Some of those that should state this figure do not, or were not read: the true total may be larger.",
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """What an answer is about: the filter with its members looked up, the one year that it is of, and its caveats.

    `fiscal_year` is None where the answer is grouped by year or adds up several. `caveats` hold for every total of the
    answer, `summed_caveats` for those that add up the rows.
    """

    where: Where | None
    fiscal_year: int | None
    caveats: tuple[Caveat, ...] = ()
    summed_caveats: tuple[Caveat, ...] = ()
    of_one_department: bool = False

    def caveats_of(self, total: Rollup, *, is_row_of: Iterable[Dimension] = ()) -> tuple[Caveat, ...]:
        """What must be said beside a total: of a row that is grouped by some dimensions, or of all where by none."""
        by = frozenset(is_row_of)
        coverage = total.coverage
        found = [*self.caveats, *(() if Dimension.FISCAL_YEAR in by else self.summed_caveats)]
        if coverage.expected == 0:
            found.append(Caveat.NO_ACCOUNTS)
        elif not coverage.complete:
            found.append(Caveat.INCOMPLETE)
        if coverage.expected > 1 and not self.of_one_department and not by & _ONE_DEPARTMENT:
            found.append(Caveat.NOT_ELIMINATED)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class NodeScope:
    """The scope of a total under one node: of `fiscal_year`, or of all its years where that is None."""

    dataset: Dataset
    node: Node
    department: str | None
    measure: Measure
    fiscal_year: int | None
    is_named: bool

    def caveats_of(self, total: Rollup) -> tuple[Caveat, ...]:
        """What must be said beside the total."""
        place = self.department or (None if self.node.kind is NodeKind.SUBJECT else self.node.id)
        places = None if place is None else (place,)
        years = iter(()) if self.is_named else _present(self.dataset, self.measure, places, self.dataset.fiscal_years)
        caveat = Caveat.YEARS_SUMMED if self.fiscal_year is None else Caveat.LATEST_YEAR
        found = (caveat,) if len(list(islice(years, 2))) > 1 else ()
        is_one = place is not None and not place.startswith("division:")
        return Scope(None, self.fiscal_year, found, (), is_one).caveats_of(total)


def scope_of(
    dataset: Dataset, measure: Measure, by: Iterable[Dimension], where: Where | None, across_years: bool = False
) -> Scope:
    """What a question for totals is about. Raises QuestionError, MemberError for members and years."""
    if where is not None:
        check_where(measure, where)
        where = settled(dataset, where)
    years = [year for year in dataset.fiscal_years if where is None or _passes(where, year)[0]]
    if not years:
        raise MemberError("fiscalYear: the dataset has no account of such a year", years_offered(dataset))
    places = None if where is None else _places(where)
    is_one = places is not None and len(places) == 1 and not places[0].startswith("division:")
    if len(years) == 1:
        return Scope(where, years[0], of_one_department=is_one)
    present = list(_present(dataset, measure, places, years))
    if len(present) == 1 and (across_years or Dimension.FISCAL_YEAR in by):
        return Scope(where, present[0], of_one_department=is_one)
    if Dimension.FISCAL_YEAR in by:
        return Scope(where, None, summed_caveats=(Caveat.YEARS_SUMMED,), of_one_department=is_one)
    if across_years:
        return Scope(where, None, (Caveat.YEARS_SUMMED,), of_one_department=is_one)
    latest = max(present, default=years[-1])
    caveats = (Caveat.LATEST_YEAR,) if len(present) > 1 else ()
    return Scope(_of_year(where, latest), latest, caveats, of_one_department=is_one)


def _of_year(where: Where | None, year: int) -> Where:
    only = YearFilter(eq=year)
    if where is None or where.fiscal_year is None:
        return replace(where or Where(), fiscal_year=only)
    return replace(where, all_of=(*where.all_of, Where(fiscal_year=only)))


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


def _places(where: Where) -> tuple[str, ...] | None:
    """The ids of the organisation that a settled filter is confined to; None where it is not."""
    for tree in (where.project, where.unit, where.department, where.division):
        if tree is not None and tree.under is not None:
            return (tree.under,)
        if tree is not None and tree.under_any is not None:
            return tree.under_any
    confined = next((found for each in where.all_of if (found := _places(each)) is not None), None)
    if confined is None and where.any_of:
        parts = [_places(each) for each in where.any_of]
        known = [each for each in parts if each is not None]
        return tuple(id for each in known for id in each) if len(known) == len(parts) else None
    return confined


def _present(dataset: Dataset, measure: Measure, places: Sequence[str] | None, years: Sequence[int]) -> Iterator[int]:
    """Those of some years, the newest first, of which places have an account (a project, of what projects have)."""
    if places is None and measure not in PROJECT_MEASURES:
        yield from reversed(years)
    elif places is None:
        table = rollup(dataset, measure, (GroupBy(Dimension.FISCAL_YEAR),))
        stated = {row.keys[0].code for row in table.rows}
        yield from (year for year in reversed(years) if str(year) in stated)
    else:
        nodes = [dataset.graph[id] for id in places]
        yield from (year for year in reversed(years) if any(_has(dataset, measure, each, year) for each in nodes))


def _has(dataset: Dataset, measure: Measure, node: Node, year: int) -> bool:
    record = node.record
    if node.kind is NodeKind.PROJECT:
        return year_of_project(node.id) == year
    if node.kind is NodeKind.DIVISION:
        return any(_has(dataset, measure, each, year) for each in dataset.graph.children(node.id))
    if measure in PROJECT_MEASURES:
        below = dataset.graph.descendants(node.id, kind=NodeKind.PROJECT)
        return any(year_of_project(each.id) == year for each in below)
    if isinstance(record, DepartmentEntry):
        return any(key.fiscal_year == year for key in record.accounts)
    return isinstance(record, UnitEntry) and any(each.account.fiscal_year == year for each in record.records)


def scoped_rollup(
    dataset: Dataset,
    measure: Measure,
    by: Sequence[GroupBy],
    where: Where | None = None,
    order_by: Sequence[RollupOrder] = (),
    subtotals: bool = False,
    across_years: bool = False,
) -> tuple[RollupTable, Scope]:
    """`rollup` of a question that is settled first. Raises QuestionError as both do."""
    scope = scope_of(dataset, measure, [each.dimension for each in by], where, across_years)
    return rollup(dataset, measure, by, scope.where, order_by, subtotals), scope


def scoped_figures(
    dataset: Dataset, measure: Measure | None, where: Where | None, include_totals: bool = False
) -> Sequence[Figure]:
    """`select` with the members of the filter looked up; figures are listed one by one, so of every year in it."""
    if where is not None:
        check_where(measure, where)
        where = settled(dataset, where)
    return select(dataset, measure, where, include_totals)


def scoped_total(
    dataset: Dataset,
    node: Node,
    measure: Measure,
    fiscal_year: int | None = None,
    department: str | None = None,
    nature: ExpenditureNature | None = None,
    across_years: bool = False,
) -> tuple[Rollup, NodeScope]:
    """The total under one node: of a year, else of its latest, or of all its years. `department` is an id.

    Raises QuestionError where the measure does not have the node's dimension, MemberError for what is unknown.
    """
    if department is not None:
        members(dataset, Dimension.DEPARTMENT, department, name="department")
    year = fiscal_year
    if year is not None:
        require_year(dataset, year)
    elif not across_years:
        place = department or (None if node.kind is NodeKind.SUBJECT else node.id)
        places = None if place is None else (place,)
        year = next(_present(dataset, measure, places, dataset.fiscal_years), None)
    total = dataset.figures.under(node, measure, year, department, nature)
    return total, NodeScope(dataset, node, department, measure, year, fiscal_year is not None)
