"""The filter of figures, which sums are of, as JSON: the API's FigureWhere, read as the conditions of lists are."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from graph_data.core.errors import QuestionError
from graph_data.core.terms import (
    Dimension,
    ExpenditureNature,
    Fund,
    FundSource,
    RevenueSource,
    ThreePublicItemKind,
)
from graph_data.figures.filters import MAX_DEPTH, AmountFilter, TreeFilter, Where, YearFilter
from graph_data.lists.conditions import object_of, sequence, single, such, unit_of
from graph_data.lists.fields import Field, Kind

FIGURE_OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.YEAR: ("eq", "in", "gte", "lte"),
    Kind.MEMBER: ("eq", "in", "under", "underAny", "level"),
    Kind.ENUM: (),
    Kind.MONEY: ("eq", "gt", "gte", "lt", "lte", "unit"),
}
"""What may be asked of a field of figures; of an enumeration one member is named."""
FIGURE_FIELDS = (
    Field("fiscalYear", Kind.YEAR, "Fiscal year (年度)", attrgetter("record.fiscal_year")),
    *(
        Field(name, Kind.MEMBER, meaning, attrgetter(f"record.{path}"), dimension=dimension)
        for name, meaning, path, dimension in (
            ("division", "Division (行政区划)", "account.division", Dimension.DIVISION),
            ("department", "Department (部门)", "department", Dimension.DEPARTMENT),
            ("unit", "Unit (预算单位)", "unit", Dimension.UNIT),
            ("project", "Project (项目)", "project", Dimension.PROJECT),
            ("functionalSubject", "Functional subject (功能分类科目)", "subject", Dimension.FUNCTIONAL_SUBJECT),
            ("economicSubject", "Economic subject (经济分类科目)", "subject", Dimension.ECONOMIC_SUBJECT),
        )
    ),
    Field(
        "nature", Kind.ENUM, "Nature of the expenditure (支出性质)", attrgetter("record.nature"),
        members=ExpenditureNature,
    ),
    Field(
        "revenueSource", Kind.ENUM, "Source of the revenue (收入来源)", attrgetter("record.revenue_source"),
        members=RevenueSource,
    ),
    Field("fund", Kind.ENUM, "Budget that it comes out of (预算种类)", attrgetter("record.fund"), members=Fund),
    Field(
        "fundSource", Kind.ENUM, "Source of a project's funds (项目资金来源)", attrgetter("record.fund_source"),
        members=FundSource,
    ),
    Field(
        "threePublicItem", Kind.ENUM, "Item of the three public expenses (“三公”经费项目)", attrgetter("record.item"),
        members=ThreePublicItemKind,
    ),
    Field("amount", Kind.MONEY, "The amount (金额)", attrgetter("record.fen")),
)  # fmt: skip
"""What figures are filtered by."""
_FIELDS = {field.name: field for field in FIGURE_FIELDS}
_LEVEL = Field("level", Kind.INTEGER, "Level of the tree (级次)", attrgetter("record.level"))
_OWN_NAMES = {"in": "any_of", "underAny": "under_any", "threePublicItem": "item"}
_SEVERAL = ("in", "underAny")


def figure_where(value: Any, depth: int = 0) -> Where:
    """The filter that a FigureWhere is. Raises QuestionError for anything that the API would not take."""
    if depth > MAX_DEPTH:
        raise QuestionError(f"where: nested more than {MAX_DEPTH} deep; ask with fewer levels of and, or, not")
    given = {name: each for name, each in object_of("where", value).items() if each is not None}
    unknown = next((name for name in given if name not in _FIELDS and name not in ("and", "or", "not")), None)
    if unknown is not None:
        raise QuestionError(
            f"where: {unknown[:60]!r} is no field of figures; there are {', '.join(_FIELDS)}; "
            f"{such(_FIELDS['fiscalYear'])}"
        )
    joined = {
        name: tuple(figure_where(each, depth + 1) for each in sequence(name, given[name]))
        for name in ("and", "or")
        if name in given
    }
    return Where(
        all_of=joined.get("and", ()),
        any_of=joined.get("or"),
        negated=figure_where(given["not"], depth + 1) if "not" in given else None,
        **{_snake(name): _condition(field, given[name]) for name, field in _FIELDS.items() if name in given},
    )


def _condition(field: Field, value: Any) -> Any:
    if field.kind is Kind.ENUM:
        assert field.members is not None
        return field.members[single(field, value)]
    given = {name: each for name, each in object_of(field.name, value).items() if each is not None}
    unknown = next((name for name in given if name not in FIGURE_OPERATORS[field.kind]), None)
    if unknown is not None:
        there = ", ".join(FIGURE_OPERATORS[field.kind])
        raise QuestionError(f"{field.name}: no operator {unknown[:60]!r}; there are {there}; {such(field)}")
    told = {_OWN_NAMES.get(name, name): _operand(field, name, each) for name, each in given.items()}
    if field.kind is Kind.YEAR:
        return YearFilter(**told)
    return AmountFilter(**told) if field.kind is Kind.MONEY else TreeFilter(**told)


def _operand(field: Field, name: str, value: Any) -> Any:
    if name == "unit":
        return unit_of(field, value)
    of = _LEVEL if name == "level" else field
    if name in _SEVERAL:
        return tuple(single(of, each) for each in sequence(field.name, value))
    return single(of, value)


def _snake(name: str) -> str:
    """fiscalYear → fiscal_year"""
    return _OWN_NAMES.get(name) or "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
