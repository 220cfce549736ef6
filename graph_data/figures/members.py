"""Who should contribute a figure: accounts (department × year), or projects; and which of them do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph_data.core.records import Account
from graph_data.core.terms import Fund, Measure, Role, StatementForm, Topic
from graph_data.figures.arrays import AnyArray, Ints, Longs, fixed
from graph_data.figures.axes import PROJECT_MEASURES, Axis
from graph_data.figures.published import FUND_OF
from graph_data.figures.table import MeasureTable
from graph_data.figures.trees import Trees
from graph_data.graph import Identities
from graph_data.graph.ids import project_id

CARRIERS: Mapping[Measure, tuple[StatementForm, ...]] = {
    Measure.REVENUE: (StatementForm.REVENUE,),
    Measure.EXPENDITURE: (StatementForm.EXPENDITURE,),
    Measure.APPROPRIATION_EXPENDITURE: tuple(FUND_OF),
    Measure.BASIC_EXPENDITURE: (StatementForm.BASIC_EXPENDITURE,),
    Measure.THREE_PUBLIC_BUDGET: (StatementForm.THREE_PUBLIC_EXPENSES,),
    Measure.THREE_PUBLIC_FINAL: (StatementForm.THREE_PUBLIC_EXPENSES,),
}


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Members in columns, by account, then as published.

    `counted` says how many of those behind a row contribute to the measure (to a fund of it), `expected` how many
    should: 0 or 1, and 1, where a row is one member. `arrays` gives all that there is, and `over` takes it back:

        organization, department, year   int32   the place on each axis
        expected                         int64
        counted, counted_<fund>          int64   to the measure, and to each fund that it tells apart
    """

    axes: Mapping[Axis, Ints]
    expected: Longs
    counted: Mapping[Fund | None, Longs]

    def __len__(self) -> int:
        return len(self.expected)

    def arrays(self) -> Mapping[str, AnyArray]:
        """Everything, by name."""
        axes = {axis.name.lower(): places for axis, places in self.axes.items()}
        return {**axes, "expected": self.expected, **{_name(fund): each for fund, each in self.counted.items()}}

    @classmethod
    def over(cls, arrays: Mapping[str, AnyArray]) -> Members:
        """What `arrays` gave, put together again."""
        axes = {axis: arrays[axis.name.lower()] for axis in Axis if axis.name.lower() in arrays}
        counted = {fund: arrays[_name(fund)] for fund in (None, *Fund) if _name(fund) in arrays}
        return cls(axes, arrays["expected"], counted)


def _name(fund: Fund | None) -> str:
    return "counted" if fund is None else f"counted_{fund.name.lower()}"


def members_of(
    measure: Measure, accounts: Sequence[Account], table: MeasureTable, graph: Trees, identities: Identities
) -> Members:
    """Projects for what is published by project, else accounts.

    An account contributes where the tables that carry the measure were read: an empty table says that there is
    nothing. A project contributes where it has a figure.
    """
    if measure in PROJECT_MEASURES:
        return _projects(accounts, table, graph, identities)
    departments = [graph.interval(identities.department_of[account.key])[0] for account in accounts]
    years = [account.key.fiscal_year for account in accounts]
    funds: tuple[Fund | None, ...] = (None, *Fund) if measure is Measure.APPROPRIATION_EXPENDITURE else (None,)
    counted = {fund: _flags([_is_read(measure, fund, account) for account in accounts]) for fund in funds}
    return Members(_axes(departments, departments, years), _ones(years), counted)


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
    return Members(_axes(places, departments, years), _ones(years), {None: _flags([id in with_figure for id in ids])})


def _is_read(measure: Measure, fund: Fund | None, account: Account) -> bool:
    """Were all the tables read that carry the measure (of that fund)?"""
    if measure is Measure.INITIAL_BUDGET:
        return any(fact.topic is Topic.BUDGET_DEVIATION and fact.role is Role.INITIAL_BUDGET for fact in account.facts)
    carriers: Collection[StatementForm] = CARRIERS[measure]
    wanted = {form for form in carriers if fund is None or FUND_OF[form] is fund}
    return wanted <= {statement.form for statement in account.statements}


def _axes(places: Sequence[int], departments: Sequence[int], years: Sequence[int]) -> dict[Axis, Ints]:
    columns = {Axis.ORGANIZATION: places, Axis.DEPARTMENT: departments, Axis.YEAR: years}
    return {axis: fixed(np.array(values, dtype=np.int32)) for axis, values in columns.items()}


def _flags(values: Sequence[bool]) -> Longs:
    return fixed(np.array(values, dtype=np.int64))


def _ones(rows: Sequence[int]) -> Longs:
    return fixed(np.ones(len(rows), dtype=np.int64))
