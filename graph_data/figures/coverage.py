"""Coverage: who should contribute to a group (accounts, or projects), and how many of them do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np

from graph_data.core.reading_state import unread_forms
from graph_data.core.records import Account
from graph_data.core.terms import Content, Dimension, Fund, Measure, ReadingStatus, Role, StatementForm, Topic
from graph_data.figures.columns import Ints, Longs, MeasureTable, Members, Trees, fixed
from graph_data.figures.filters import FilterRows, Where, match
from graph_data.figures.measures import PROJECT_MEASURES, Axis
from graph_data.figures.printed_totals import fund_of
from graph_data.figures.published import FUND_OF
from graph_data.figures.rollup import Coverage, GroupBy, key_column
from graph_data.figures.stated import STATED_MEASURES, TOTALS
from graph_data.graph import Identities
from graph_data.graph.ids import project_id

CARRIERS: Mapping[Measure, tuple[StatementForm, ...]] = {
    Measure.REVENUE: (StatementForm.REVENUE,),
    Measure.EXPENDITURE: (StatementForm.EXPENDITURE,),
    Measure.APPROPRIATION_EXPENDITURE: tuple(FUND_OF),
    Measure.BASIC_EXPENDITURE: (StatementForm.BASIC_EXPENDITURE,),
    Measure.THREE_PUBLIC_BUDGET: (StatementForm.THREE_PUBLIC_EXPENSES,),
    Measure.THREE_PUBLIC_FINAL: (StatementForm.THREE_PUBLIC_EXPENSES,),
    **{measure: (form,) for form, measures in TOTALS.items() for measure in measures.values()},
}


_BY_PROJECT = (Content.SHEET, Content.SUMMARY)
_LOST = (ReadingStatus.NOT_READ, ReadingStatus.ABSENT)


def members_of(
    measure: Measure, accounts: Sequence[Account], table: MeasureTable, graph: Trees, identities: Identities
) -> Members:
    """Projects for what is published by project, else accounts.

    An account contributes where the tables that carry the measure were read, all of each: an empty table says that
    there is nothing, a table with a gap says too little; or, of what any table or the prose may state, where it is
    stated. A project contributes where it has a figure; a sheet or a
    summary that was not read stands for a project which does not.
    """
    if measure in PROJECT_MEASURES:
        return _projects(accounts, table, graph, identities)
    departments = [graph.interval(identities.department_of[account.key])[0] for account in accounts]
    years = [account.key.fiscal_year for account in accounts]
    funds: tuple[Fund | None, ...] = (None, *Fund) if measure is Measure.APPROPRIATION_EXPENDITURE else (None,)
    if measure in STATED_MEASURES:
        stated = {figure.account for figure in table.leaves.figures}
        counted: dict[Fund | None, Longs] = {None: _flags([account.key in stated for account in accounts])}
    else:
        counted = {fund: _flags([_is_read(measure, fund, account) for account in accounts]) for fund in funds}
    return Members(_member_axes(departments, departments, years), _ones(years), counted)


def _projects(accounts: Sequence[Account], table: MeasureTable, graph: Trees, identities: Identities) -> Members:
    with_figure = {figure.project for figure in table.leaves.figures}
    ids, departments, years = [], [], []
    for account in accounts:
        department = graph.interval(identities.department_of[account.key])[0]
        for project in account.projects:
            ids.append(project_id(identities.accounts[account.key], project.project))
            departments.append(department)
            years.append(account.key.fiscal_year)
    places = [graph.interval(id)[0] for id in ids]
    counted = [id in with_figure for id in ids]
    for account in accounts:
        department = graph.interval(identities.department_of[account.key])[0]
        for _ in range(_unread_projects(account, with_figure, identities)):
            places.append(department)
            departments.append(department)
            years.append(account.key.fiscal_year)
            counted.append(False)
    return Members(_member_axes(places, departments, years), _ones(years), {None: _flags(counted)})


def _unread_projects(account: Account, with_figure: Collection[str | None], identities: Identities) -> int:
    """How many sheets and summaries were not read, beyond the projects that are known and lack figures."""
    lost = sum(table.content in _BY_PROJECT and table.status in _LOST for table in account.read_tables)
    key = identities.accounts[account.key]
    lacking = sum(project_id(key, each.project) not in with_figure for each in account.projects)
    return max(0, lost - lacking) if lost else 0


def _is_read(measure: Measure, fund: Fund | None, account: Account) -> bool:
    """Were all the tables read that carry the measure (of that fund)?"""
    if measure is Measure.INITIAL_BUDGET:
        if any(left.topic is Topic.BUDGET_DEVIATION for left in account.left_over):
            return False
        return any(fact.topic is Topic.BUDGET_DEVIATION and fact.role is Role.INITIAL_BUDGET for fact in account.facts)
    carriers: Collection[StatementForm] = CARRIERS[measure]
    wanted = {form for form in carriers if fund is None or FUND_OF[form] is fund}
    return wanted <= {statement.form for statement in account.statements} - unread_forms(account).keys()


def _member_axes(places: Sequence[int], departments: Sequence[int], years: Sequence[int]) -> dict[Axis, Ints]:
    columns = {Axis.ORGANIZATION: places, Axis.DEPARTMENT: departments, Axis.YEAR: years}
    return {axis: fixed(np.array(values, dtype=np.int32)) for axis, values in columns.items()}


def _flags(values: Sequence[bool]) -> Longs:
    return fixed(np.array(values, dtype=np.int64))


def _ones(rows: Sequence[int]) -> Longs:
    return fixed(np.ones(len(rows), dtype=np.int64))


_ACCOUNT = frozenset({Dimension.DIVISION, Dimension.DEPARTMENT, Dimension.FISCAL_YEAR})
_PROJECT = frozenset({Dimension.UNIT, Dimension.PROJECT})
_NOBODY = Coverage(0, 0)
_SCOPE = (Axis.ORGANIZATION, Axis.YEAR)


class CoverageTable:
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
        if self._fund_place is not None and self._fund_place < len(keys) and keys[self._fund_place] >= 0:
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
        rows = FilterRows(self._trees, self._members.axes, None, dimensions)
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
