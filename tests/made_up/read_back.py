"""What an account says, as the same plain data in which a made-up document keeps its facts."""

from __future__ import annotations

from decimal import Decimal

from graph_data.core.amount import Number
from graph_data.core.records import Account, ColumnRecord, FigureRecord, IndicatorRecord, LineRecord
from graph_data.core.terms import NarrativeKind, Role, StatementForm, Topic
from tests.made_up.page import Facts


def facts_of(account: Account) -> Facts:
    """The facts that were read, to be compared with those that were written."""
    key = account.key
    facts = Facts((key.division, key.department, key.fiscal_year), account.department.department_name)
    for add in (_statements, _organisation, _projects, _stated):
        add(account, facts)
    return facts


def unit_name(name: str) -> str:
    """Headquarters go by the department's name."""
    return name.removesuffix("本级")


def _statements(account: Account, facts: Facts) -> None:
    for statement in sorted(account.statements, key=lambda statement: statement.position):
        facts.forms.append(statement.form.name)
        if statement.is_empty:
            facts.empty.add(statement.form.name)
    lines = {(line.form, line.line): line for line in account.lines}
    columns = {(column.form, column.column): column for column in account.columns}
    for figure in account.figures:
        line, column = lines[figure.form, figure.line], columns[figure.form, figure.column]
        facts.cells[_place(line, column)] = (figure.number.text, _line(figure))
    for line in account.lines:
        if line.form not in _TWO_SIDED and line.form is not StatementForm.THREE_PUBLIC_EXPENSES:
            parent = lines[line.form, line.parent] if line.parent is not None else None
            facts.parents[line.form.name, _row(line)] = None if parent is None else _row(parent)
    facts.subjects = {(each.classification.name, each.code, each.name) for each in account.subjects}


_TWO_SIDED = (StatementForm.REVENUE_AND_EXPENDITURE, StatementForm.FISCAL_APPROPRIATION)


def _place(line: LineRecord, column: ColumnRecord) -> tuple[str, str, str, str]:
    phase = f"{column.phase.name} " if column.phase else ""
    side = line.side.name if line.side else ""
    return line.form.name, side, _row(line), phase + column.key.name


def _row(line: LineRecord) -> str:
    if line.form is StatementForm.THREE_PUBLIC_EXPENSES:
        return ""
    return line.label if line.form in _TWO_SIDED else line.code or line.label


def _line(figure: FigureRecord) -> int:
    return figure.source.line or 0


def _organisation(account: Account, facts: Facts) -> None:
    facts.units = {unit_name(unit.name): unit.code for unit in account.units}
    facts.terms = [(term.term, term.code) for term in sorted(account.terms, key=lambda term: term.position)]
    facts.duties = sum(narrative.kind is NarrativeKind.DUTY for narrative in account.narratives)
    facts.notes = {
        (narrative.about, narrative.text)
        for narrative in account.narratives
        if narrative.kind is NarrativeKind.DEVIATION_NOTE
    }


def _projects(account: Account, facts: Facts) -> None:
    names = {unit.unit: unit_name(unit.name) for unit in account.units}
    for project in account.projects:
        facts.spellings[project.project] = {project.name}
        facts.project_units[project.project] = names[project.unit]
        if project.self_evaluation_score is not None:
            facts.scores[project.project] = (project.self_evaluation_score.text, project.grade or "")
        if project.total_max_score is not None and project.total_score is not None:
            facts.totals[project.project] = (project.total_max_score.text, project.total_score.text)
    for alias in account.project_aliases:
        facts.spellings[alias.project].add(alias.name)
    for fund in account.funding:
        facts.funding[fund.project, fund.fund_source.name, fund.quantity.name] = fund.number.text
    for indicator in account.indicators:
        facts.indicators[indicator.project, indicator.indicator] = _indicator(indicator)


def _indicator(one: IndicatorRecord) -> tuple[object, ...]:
    kind, weight = one.kind.name if one.kind else None, one.max_score.text if one.max_score else None
    if one.level < 3:
        return one.name, kind, weight
    target, actual = one.target_comparator, one.actual_comparator
    return (
        *(one.name, kind, weight, one.score.text if one.score else None),
        *(one.target_text, target.name if target else None, one.target_value, one.target_unit),
        *(one.actual_text, actual.name if actual else None, one.actual_value, one.actual_unit),
    )


def _stated(account: Account, facts: Facts) -> None:
    found = {(fact.topic, fact.item, fact.position, fact.role): fact.number for fact in account.facts}
    for (topic, item, position, role), number in found.items():
        if position == 1:
            facts.stated[topic.name, item, role.name] = _value(number)
    for deviation in account.budget_deviations:
        roles = (Role.INITIAL_BUDGET, Role.FINAL, Role.COMPLETION_PERCENT)
        initial, final, rate = (
            _value(found[Topic.BUDGET_DEVIATION, deviation.item, deviation.position, role]) for role in roles
        )
        direction = deviation.direction.name if deviation.direction else ""
        reasons = tuple(reason.name for reason in deviation.reasons)
        facts.deviations[deviation.item] = (initial, final, rate, direction, reasons)
    for comparison in account.comparisons:
        at = (Topic.YEAR_COMPARISON, comparison.item, comparison.position)
        change, rate_of_change = (found.get((*at, role)) for role in (Role.CHANGE, Role.CHANGE_PERCENT))
        facts.comparisons[comparison.item] = (
            comparison.direction.name,
            _value(found[*at, Role.AMOUNT]),
            _value(change) if change else None,
            _value(rate_of_change) if rate_of_change else None,
        )


def _value(number: Number) -> Decimal:
    if number.value is None:
        raise AssertionError(f"{number.text} has no value")
    return number.value
