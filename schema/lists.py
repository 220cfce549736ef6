"""The filters and orders of every list, made from the declarations of its fields: a field is declared once."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast

import strawberry
from strawberry.types.base import get_object_definition

from graph_data.core.amount import AmountUnit
from graph_data.lists import LISTS, Field, Kind, ListType
from schema.enums import OrderDirection, graphql_name
from schema.fields import given
from schema.figures import YearFilter

_IS_NULL = "Only what is null, or only what is not (是否为空)"


@strawberry.input(description="A text; everything given must hold (文本筛选).")
class TextFilter:
    eq: str | None = given("Exactly this (等于)")
    in_: list[str] | None = given("One of these (属于)", "in")
    under: str | None = given("Begins with this, as codes do that are below one (及其下级)")
    contains: str | None = given("Holds this (包含)")
    is_null: bool | None = given(_IS_NULL)


@strawberry.input(description="A member of a tree, by id, code or name, with everything below it (成员筛选).")
class MemberFilter:
    eq: str | None = given("This one and what is below it (等于)")
    in_: list[str] | None = given("One of these, or below one (属于)", "in")
    under: str | None = given("The same as eq (及其下级)")
    is_null: bool | None = given(_IS_NULL)


@strawberry.input(description="A whole number; everything given must hold (整数筛选).")
class IntegerFilter:
    eq: int | None = given("Exactly this (等于)")
    in_: list[int] | None = given("One of these (属于)", "in")
    gt: int | None = given("More than this (大于)")
    gte: int | None = given("This or more (不小于)")
    lt: int | None = given("Less than this (小于)")
    lte: int | None = given("This or less (不大于)")
    is_null: bool | None = given(_IS_NULL)


@strawberry.input(description="An exact decimal, such as a rate in percent; everything given must hold (小数筛选).")
class NumberFilter:
    eq: Decimal | None = given("Exactly this (等于)")
    gt: Decimal | None = given("More than this (大于)")
    gte: Decimal | None = given("This or more (不小于)")
    lt: Decimal | None = given("Less than this (小于)")
    lte: Decimal | None = given("This or less (不大于)")
    is_null: bool | None = given(_IS_NULL)


@strawberry.input(description="An amount of money, compared exactly; everything given must hold (金额筛选).")
class MoneyFilter:
    eq: Decimal | None = given("Exactly this (等于)")
    gt: Decimal | None = given("More than this (大于)")
    gte: Decimal | None = given("This or more (不小于)")
    lt: Decimal | None = given("Less than this (小于)")
    lte: Decimal | None = given("This or less (不大于)")
    is_null: bool | None = given(_IS_NULL)
    unit: AmountUnit = strawberry.field(
        default=AmountUnit.WAN_YUAN, description="The unit of the amounts given (金额单位)"
    )


@strawberry.input(description="True or false (是非筛选).")
class BooleanFilter:
    eq: bool | None = given("This (等于)")
    is_null: bool | None = given(_IS_NULL)


_FILTERS: Mapping[Kind, type] = {
    Kind.TEXT: TextFilter,
    Kind.MEMBER: MemberFilter,
    Kind.YEAR: YearFilter,
    Kind.INTEGER: IntegerFilter,
    Kind.DECIMAL: NumberFilter,
    Kind.MONEY: MoneyFilter,
    Kind.FLAG: BooleanFilter,
}
_OF_ENUMS: dict[type[Enum], type] = {}


def _declared(name: str, description: str, fields: Mapping[str, tuple[Any, str, str | None]]) -> type:
    """An input type whose fields may all be left out: annotation, description and name in the API of each."""
    body: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
    for attribute, (annotation, told, shown) in fields.items():
        body["__annotations__"][attribute] = annotation
        body[attribute] = given(told, shown)
    made = strawberry.input(type(name, (), body), name=name, description=description)
    setattr(sys.modules[__name__], name, made)
    return made


def _enum_filter(members: type[Enum]) -> type:
    if members not in _OF_ENUMS:
        fields = {
            "eq": (members | None, "This one (等于)", None),
            "in_": (list[members] | None, "One of these (属于)", "in"),  # type: ignore[valid-type]
            "is_null": (bool | None, _IS_NULL, None),
        }
        name = graphql_name(members)
        _OF_ENUMS[members] = _declared(f"{name}Filter", "One of an enumeration (枚举筛选).", fields)
    return _OF_ENUMS[members]


def _title(of: ListType) -> str:
    """Project of projects, BudgetDeviation of budgetDeviations."""
    return f"{of.name[0].upper()}{of.name[1:-1]}"


def _where(of: ListType) -> Any:
    name = f"{_title(of)}Where"
    own: Any = Annotated[name, strawberry.lazy(__name__)]
    fields: dict[str, tuple[Any, str, str | None]] = {
        "and_": (list[own] | None, "All of these hold (且)", "and"),
        "or_": (list[own] | None, "One of these holds (或)", "or"),
        "not_": (own | None, "This does not hold (非)", "not"),
    }
    for each in _shown(of):
        found = _FILTERS.get(each.kind) or _enum_filter(cast(type[Enum], each.members))
        fields[each.name] = (found | None, each.meaning, each.name)
    return _declared(name, f"Which {of.name}; everything given must hold (筛选条件).", fields)


def _order(of: ListType) -> Any:
    names = {_upper(each.name): each.name for each in _shown(of)}
    kind = Enum(f"{_title(of)}Field", names, module=__name__)  # type: ignore[misc]
    strawberry.enum(kind, description=f"The fields of {of.name} (字段).")
    for value, each in zip(cast(Any, kind).__strawberry_definition__.values, _shown(of), strict=True):
        value.description = each.meaning
    body = {
        "__module__": __name__,
        "__annotations__": {"field": kind, "direction": OrderDirection},
        "field": strawberry.field(description="The field (字段)"),
        "direction": strawberry.field(default=OrderDirection.ASC, description="Which way (排序方向)"),
    }
    told = f"One step of the order of {of.name}; ties fall to the next, null comes last (排序)."
    return strawberry.input(type(f"{_title(of)}Order", (), body), description=told)


def _shown(of: ListType) -> Sequence[Field]:
    return [each for each in of.fields if not each.hidden]


def _upper(name: str) -> str:
    """EXECUTION_RATE of executionRate."""
    return "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in name)


_INPUTS = {of.name: (_where(of), _order(of)) for of in LISTS}

if TYPE_CHECKING:
    ProjectWhere: TypeAlias = Any
    ProjectOrder: TypeAlias = Any
    IndicatorWhere: TypeAlias = Any
    IndicatorOrder: TypeAlias = Any
    FindingWhere: TypeAlias = Any
    FindingOrder: TypeAlias = Any
    BudgetDeviationWhere: TypeAlias = Any
    BudgetDeviationOrder: TypeAlias = Any
    AccountWhere: TypeAlias = Any
    AccountOrder: TypeAlias = Any
    TermWhere: TypeAlias = Any
    TermOrder: TypeAlias = Any
    FactWhere: TypeAlias = Any
    FactOrder: TypeAlias = Any
    DepartmentWhere: TypeAlias = Any
    DepartmentOrder: TypeAlias = Any
    UnitWhere: TypeAlias = Any
    UnitOrder: TypeAlias = Any
    SubjectWhere: TypeAlias = Any
    SubjectOrder: TypeAlias = Any
else:
    for _where_type, _order_type in _INPUTS.values():
        for _each in (_where_type, _order_type):
            setattr(sys.modules[__name__], _each.__name__, _each)


def mapping_of(value: Any) -> Any:
    """What an input object holds, by the names of the API; what was left out is not there."""
    if isinstance(value, list):
        return [mapping_of(each) for each in value]
    definition = get_object_definition(value)
    if definition is None:
        return value
    names = ((each.graphql_name or _camel(each.python_name), each.python_name) for each in definition.fields)
    told = ((name, getattr(value, own)) for name, own in names)
    return {name: mapping_of(each) for name, each in told if each is not strawberry.UNSET and each is not None}


def order_of(order: Sequence[Any] | None) -> list[tuple[str, bool]]:
    """The steps of an order: names of fields, and whether descending."""
    return [(each.field.value, each.direction is OrderDirection.DESC) for each in order or ()]


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(each.capitalize() for each in rest)
