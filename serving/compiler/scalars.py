"""Scalars and enumerations as the reply holds them: expressions for the classes of values that they mostly have.

Where a value is of none of these, the type itself is asked, as graphql-core asks it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)
from graphql.pyutils import UndefinedType
from strawberry.types.enum import StrawberryEnumDefinition

from serving.compiler.fields import GaveUpError

Name = Callable[[object, Any], str]
_NO_VALUES = (Exception, UndefinedType)

# where a test holds for a value, the reply holds the value as it is
_UNCHANGED = {
    GraphQLString.name: (GraphQLString, "{0}.__class__ is str"),
    GraphQLID.name: (GraphQLID, "{0}.__class__ is str"),
    GraphQLBoolean.name: (GraphQLBoolean, "{0}.__class__ is bool"),
    GraphQLInt.name: (GraphQLInt, "{0}.__class__ is int and -2147483648 <= {0} <= 2147483647"),
}


def expression(type_: GraphQLLeafType, nullable: bool, value: str, name: Name) -> str:
    """The expression of a scalar or enumeration that is set to a variable; `name` gives constants of a plan names."""
    otherwise = f"{name(('scalar', type_.name, nullable), completing(type_, nullable))}({value})"
    or_none = f"None if {value} is None else {otherwise}" if nullable else otherwise
    if (class_ := named_members(type_)) is not None:
        return f"{value}._name_ if {value}.__class__ is {name(class_, class_)} else {or_none}"
    if (names := member_names(type_)) is not None:
        return f"{name(('enum', type_.name), names)}.get(id({value})) or {otherwise}"
    if (test := unchanged(type_)) is not None:
        return f"{value} if {test.format(value)} else {or_none}"
    if (serialize := serializing(type_)) is not None:
        text = f"_t if (_t := {name(serialize, serialize)}({value})).__class__ is str else {otherwise}"
        is_usual = f"{value}.__class__ is {name(Decimal, Decimal)} or {value}.__class__ is str"
        return f"({text}) if {is_usual} else {or_none}"
    return or_none


def unchanged(type_: GraphQLLeafType) -> str | None:
    """A test, as source over the variable {0}, that a value needs no change; None where a type has none such."""
    known, test = _UNCHANGED.get(type_.name, (None, None))
    return test if known is type_ else None


def named_members(type_: GraphQLLeafType) -> type[Enum] | None:
    """The class of an enumeration whose members are written as Python names them; None for any other type."""
    names = member_names(type_)
    class_: Any = getattr((type_.extensions or {}).get("strawberry-definition"), "wrapped_cls", ())
    return class_ if names and all(names[id(member)] == member._name_ for member in class_) else None


def member_names(type_: GraphQLLeafType) -> dict[int, str] | None:
    """The names of an enumeration's members by their identity; None for what is no enumeration of Python's."""
    definition = (type_.extensions or {}).get("strawberry-definition")
    if not isinstance(type_, GraphQLEnumType) or not isinstance(definition, StrawberryEnumDefinition):
        return None
    return {id(member): type_.coerce_output_value(member) for member in cast(type[Enum], definition.wrapped_cls)}


def serializing(type_: GraphQLLeafType) -> Callable[[Any], Any] | None:
    """The function that a scalar of Strawberry's is written by, where it alone decides; None for others."""
    definition = (type_.extensions or {}).get("strawberry-definition")
    serialize = getattr(definition, "serialize", None)
    return serialize if serialize is not None and serialize is type_.coerce_output_value else None


def completing(type_: GraphQLLeafType, nullable: bool) -> Callable[[Any], Any]:
    """What turns any value that a resolver gives for a leaf into what the reply holds."""
    coerce = type_.coerce_output_value

    def completed(value: Any) -> Any:
        if value is None and nullable:
            return None
        if value is None or isinstance(value, _NO_VALUES):
            raise GaveUpError
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise GaveUpError
        return coerced

    return completed
