"""How a field is declared, and the values that fields give: exact decimals, cursors, money, printed numbers.

A field that hands on what its record holds is one line: `text: str = attribute("As printed (原文)")`. Every field has a
description, English first and the Chinese term behind it.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Annotated, Any, NewType, TypeVar, cast

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from graph_data.core.amount import AmountUnit, Number, in_unit
from graph_data.core.errors import QuestionError

Cursor = NewType("Cursor", str)

_Method = TypeVar("_Method", bound=Callable[..., Any])
_Value = TypeVar("_Value")

MAX_DIGITS = 40
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


def field(
    description: str, name: str | None = None, deprecation_reason: str | None = None
) -> Callable[[_Method], _Method]:
    """Make a method a GraphQL field, as `strawberry.field` does, without losing the method's type."""
    made = strawberry.field(description=description, name=name, deprecation_reason=deprecation_reason)
    return cast(Callable[[_Method], _Method], made)


class _Declared(StrawberryField):
    """A field that is declared by an assignment, `name: type = …`, and stands where it is declared.

    Strawberry would put annotated names before all methods, so the annotation is taken from the class into the field.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.type_annotation = StrawberryAnnotation(owner.__annotations__.pop(name))


class _Attribute(_Declared):
    """A field that is read, never set: its default is a property of the class, which leads to another attribute.

    `metadata["path"]` is where it leads, for whoever reads it without asking the property.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.init = self.repr = self.compare = False

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        path = self.metadata["path"]
        path = f"{path}{name}" if path.endswith(".") else path
        self.metadata = MappingProxyType({"path": path})
        self.default = property(attrgetter(path))


def attribute(description: str, path: str = "record.") -> Any:
    """A field without a method: the attribute at a dotted path of the object.

    A path that ends in a dot goes on with the field's own name.
    """
    return _Attribute(description=description, metadata={"path": path})


def recorded(description: str, path: str = "") -> Any:
    """As `attribute`, of the record behind the node of the graph that the object shows."""
    return attribute(description, f"graph_node.record.{path}")


def resolved(
    description: str, resolver: Callable[..., object], deprecation_reason: str | None = None, **metadata: object
) -> Any:
    """A field whose method several types share."""
    return _Declared(
        description=description,
        base_resolver=StrawberryResolver(resolver),
        deprecation_reason=deprecation_reason,
        metadata=metadata,
    )


def made(description: str, path: str, make: Callable[[Any], object]) -> Any:
    """A field that is made of the attribute at a dotted path of the object; null where that is None.

    Its metadata say the path and what makes it, as those of an attribute do.
    """
    read = attrgetter(path)

    def resolve(self: Any) -> Any:
        found = read(self)
        return None if found is None else make(found)

    return resolved(description, resolve, path=path, make=make)


def given(description: str, name: str | None = None) -> Any:
    """An input field that may be left out, which is not the same as null."""
    return strawberry.field(default=strawberry.UNSET, description=description, name=name)


def told(value: _Value | None) -> _Value | None:
    """What an input field holds; None where it was left out."""
    return None if value is strawberry.UNSET else value


def decimal_text(value: decimal.Decimal | str) -> str:
    """Plain notation: no exponent, every digit that the value carries. Text is taken to be such already."""
    if value.__class__ is str:
        return value
    text = str(value)
    return format(value, "f") if "E" in text else text


def read_decimal(value: object) -> decimal.Decimal:
    """An exact decimal from a string or a whole number; QuestionError for everything that is not plainly one."""
    text = (
        str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MAX_DIGITS else value
    )
    if not isinstance(text, str) or len(text) > MAX_DIGITS + 2 or not _PLAIN.fullmatch(text):
        raise QuestionError(_refusal(value))
    if sum(character.isdigit() for character in text) > MAX_DIGITS:
        raise QuestionError(_refusal(value))
    return decimal.Decimal(text)


def _refusal(value: object) -> str:
    if isinstance(value, float):
        return f'the number {value!r} is not exact as it stands; give it as text, such as "10839.03"'
    shown = str(value) if isinstance(value, str | int) else type(value).__name__
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return f'{shown!r} is not a decimal in plain notation of at most {MAX_DIGITS} digits, such as "10839.03"'


def read_cursor(value: object) -> Cursor:
    """A cursor as this service hands them out; what it holds is looked at where it is used."""
    if not isinstance(value, str):
        raise QuestionError("a cursor is the text that pageInfo.endCursor gave")
    return Cursor(value)


DECIMAL = strawberry.scalar(
    name="Decimal",
    description="An exact decimal as a JSON string in plain notation: no exponent, NaN, Infinity, grouping (精确小数).",
    specified_by_url="https://www.w3.org/TR/xmlschema11-2/#decimal",
    serialize=decimal_text,
    parse_value=read_decimal,
)
CURSOR = strawberry.scalar(
    name="Cursor",
    description="Opaque keyset cursor, bound to the dataset version and the order it was made for (游标).",
    specified_by_url="https://relay.dev/graphql/connections.htm#sec-Cursor",
    serialize=str,
    parse_value=read_cursor,
)
MoneyUnit = Annotated[AmountUnit, strawberry.argument(description="The unit of the answer (金额单位)")]


@strawberry.type(
    description="Held as whole 分 (1/100 yuan); converted exactly; at least two decimals, trailing zeros trimmed "
    "beyond them (金额)."
)
class Money:
    amount_fen: strawberry.Private[int]

    @field("The amount in a unit, exactly (金额)")
    def amount(self, unit: MoneyUnit = AmountUnit.WAN_YUAN) -> Decimal:
        return cast(Decimal, in_unit(self.amount_fen, unit))  # the scalar takes the text of a decimal as it is

    @field("The amount in whole 分, as text because it may pass 32 bits (以分计)")
    def fen(self) -> str:
        return str(self.amount_fen)

    @field("ISO 4217 code of the currency: CNY, 人民币 (币种)")
    def currency(self) -> str:
        return "CNY"


def money(fen: int | None) -> Money | None:
    """Money where the document states an amount; None where it is silent or prints a dash."""
    return None if fen is None else Money(amount_fen=fen)


@strawberry.type(description="A number exactly as printed (数字原文).")
class PrintedNumber:
    record: strawberry.Private[Number]

    text: str = attribute("As printed (原文)")
    unit: str = attribute("What its place says it counts: 万元, %, 分, 个 (计量单位)")
    decimals: int = attribute("Decimals of its place (小数位数)")
    value: Decimal | None = attribute("Its exact value in that unit; null for a printed dash (数值)")
    money: Money | None = made("The amount, where it is money (金额)", "record.fen", money)


def printed(number: Number) -> PrintedNumber:
    """A number as the API shows it."""
    return PrintedNumber(record=number)
