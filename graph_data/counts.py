"""Numbers of things by group, as columns of an analysis: accounts, projects, indicators, findings.

They are counted in the columns of `graph_data.lists`, by what these hold of the organisation, the year and the check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import unique
from fractions import Fraction
from typing import Any

from graph_data.checks import CHECKS
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Dimension, Severity, Word
from graph_data.dataset import Dataset
from graph_data.figures.filters import TreeFilter, Where
from graph_data.figures.rollup import Coverage, GroupBy, GroupKey
from graph_data.lists import ListType, condition_of, lists_of
from graph_data.lists.declared import ACCOUNTS, FINDINGS
from graph_data.lists.performance import INDICATORS, PROJECTS

_NEVER = 9_999  # a year of which there is no account


@unique
class Counted(Word):
    """计数对象: what is counted; what accounts state as a number is a Measure."""

    ACCOUNTS = "部门决算本数"
    PROJECTS = "项目数"
    INDICATORS = "三级绩效指标数"
    INDICATORS_MISSED = "未完成三级绩效指标数"
    FINDINGS = "核查发现数"
    ERRORS = "核查发现矛盾数"


_LEAF = {"level": {"eq": 3}}
_LISTS: Mapping[Counted, tuple[ListType, dict[str, Any]]] = {
    Counted.ACCOUNTS: (ACCOUNTS, {}),
    Counted.PROJECTS: (PROJECTS, {}),
    Counted.INDICATORS: (INDICATORS, _LEAF),
    Counted.INDICATORS_MISSED: (INDICATORS, _LEAF | {"achieved": {"eq": False}}),
    Counted.FINDINGS: (FINDINGS, {}),
    Counted.ERRORS: (FINDINGS, {"severity": {"eq": Severity.ERROR}}),
}
_FIELDS: Mapping[Dimension, str] = {
    Dimension.DIVISION: "division",
    Dimension.DEPARTMENT: "department",
    Dimension.UNIT: "unit",
    Dimension.PROJECT: "project",
    Dimension.FISCAL_YEAR: "fiscalYear",
    Dimension.CHECK: "check",
}
_TITLES = {check.id: check.title.zh for check in CHECKS}
CHECK_PLACES = {check.id: place for place, check in enumerate(CHECKS)}


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are in a group, and of how many of its accounts that is known."""

    number: Fraction
    coverage: Coverage


def check_counted(what: Counted, by: Sequence[GroupBy]) -> None:
    """Raises QuestionError where what is counted does not have a dimension."""
    of, _ = _LISTS[what]
    for each in by:
        field = _FIELDS.get(each.dimension)
        if each.level is not None:
            raise QuestionError(f"{what.name} is counted by {each.dimension.name} as it is; leave its level out")
        if field is None or of.field(field) is None:
            possible = ", ".join(dimension.name for dimension, name in _FIELDS.items() if of.field(name) is not None)
            raise QuestionError(f"{what.name} is not counted by {each.dimension.name}; it is by {possible}")


def counted(
    dataset: Dataset, what: Counted, by: Sequence[GroupBy], where: Where | None
) -> dict[tuple[GroupKey, ...], Count]:
    """The numbers by group; an account that holds none counts as 0.

    Raises QuestionError where the filter asks for what lists do not have.
    """
    of, own = _LISTS[what]
    condition = condition_of(dataset, of, {"and": [own, _mapping(dataset, where)]})
    names = [_FIELDS[each.dimension] for each in by]
    there = _accounts(dataset, by, where)
    is_of_accounts = all(each.dimension in _OF_ACCOUNTS for each in by)
    numbers: dict[tuple[Any, ...], int] = dict.fromkeys(there, 0) if is_of_accounts else {}
    for _, *values in lists_of(dataset).counted(of, condition, ["account", *names]):
        numbers[tuple(values)] = numbers.get(tuple(values), 0) + 1
    scopes = [at for at, each in enumerate(by) if each.dimension in _OF_ACCOUNTS]
    found = {}
    for key, number in numbers.items():
        expected = there.get(tuple(key[at] for at in scopes), 0)
        found[tuple(_keys(dataset, by, key))] = Count(Fraction(number), Coverage(expected, expected))
    return found


_OF_ACCOUNTS = (Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR)


def _accounts(dataset: Dataset, by: Sequence[GroupBy], where: Where | None) -> dict[tuple[Any, ...], int]:
    """How many accounts there are in each group."""
    names = [_FIELDS[each.dimension] for each in by if each.dimension in _OF_ACCOUNTS]
    condition = condition_of(dataset, ACCOUNTS, _mapping(dataset, where, ("unit", "project")))
    counts: dict[tuple[Any, ...], int] = {}
    for values in lists_of(dataset).counted(ACCOUNTS, condition, ["account", *names]):
        counts[tuple(values[1:])] = counts.get(tuple(values[1:]), 0) + 1
    return counts


def _keys(dataset: Dataset, by: Sequence[GroupBy], values: Sequence[Any]) -> Iterator[GroupKey]:
    for each, value in zip(by, values, strict=True):
        if each.dimension is Dimension.FISCAL_YEAR:
            yield GroupKey(each.dimension, str(value), str(value), None)
        elif each.dimension is Dimension.CHECK:
            yield GroupKey(each.dimension, value, _TITLES.get(value, value), None)
        else:
            node = dataset.graph[value]
            yield GroupKey(each.dimension, node.code, node.name, node)


def _mapping(dataset: Dataset, where: Where | None, ignored: Sequence[str] = ()) -> dict[str, Any]:
    """The filter of figures as one of lists. Raises QuestionError for what only figures have."""
    if where is None:
        return {}
    foreign = next((dimension.name for dimension, _ in where.choices()), None)
    if where.amount is not None or where.functional_subject or where.economic_subject or foreign:
        raise QuestionError(
            "count: things are not counted by subject, nature, fund or amount; "
            "put such a filter into the `where` of a measure"
        )
    found: dict[str, Any] = {"and": [_mapping(dataset, each, ignored) for each in where.all_of]}
    if where.any_of is not None:
        found["or"] = [_mapping(dataset, each, ignored) for each in where.any_of]
    if where.negated is not None:
        found["not"] = _mapping(dataset, where.negated, ignored)
    if where.fiscal_year is not None:
        years = [year for year in dataset.fiscal_years if where.fiscal_year.holds(year)]
        found["fiscalYear"] = {"in": years} if years else {"gte": _NEVER}
    for name in ("division", "department", "unit", "project"):
        tree: TreeFilter | None = getattr(where, name)
        if tree is not None and name not in ignored:
            members = [each for each in (tree.eq, tree.under, *(tree.any_of or ()), *(tree.under_any or ())) if each]
            found[name] = {"in": members}
    return found
