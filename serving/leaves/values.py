"""Values of leaves and lists as the reply holds them: tests written into a plan, and what follows where they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from graphql.pyutils import UndefinedType, is_iterable
from strawberry.types.enum import StrawberryEnumDefinition

from serving.endings import GaveUpError

FIT = (Decimal, str)  # classes of the values that most scalars of one's own have
_UNFIT = (Exception, UndefinedType)

# where a test holds for a value, the reply holds the value as it is
_UNCHANGED = {
    GraphQLString.name: (GraphQLString, "{0}.__class__ is str"),
    GraphQLID.name: (GraphQLID, "{0}.__class__ is str"),
    GraphQLBoolean.name: (GraphQLBoolean, "{0}.__class__ is bool"),
    GraphQLInt.name: (GraphQLInt, "{0}.__class__ is int and -2147483648 <= {0} <= 2147483647"),
}


def unchanged(type_: GraphQLLeafType) -> str | None:
    """A test, as source over the variable {0}, that a value needs no change; None where a type has none such."""
    known, test = _UNCHANGED.get(type_.name, (None, None))
    return test if known is type_ else None


def named_members(type_: GraphQLLeafType) -> type[Enum] | None:
    """The class of an enumeration whose members are written as Python names them; None for any other type."""
    names = members(type_)
    class_: Any = getattr((type_.extensions or {}).get("strawberry-definition"), "wrapped_cls", ())
    return class_ if names and all(names[id(member)] == member._name_ for member in class_) else None


def members(type_: GraphQLLeafType) -> dict[int, str] | None:
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
        if value is None or isinstance(value, _UNFIT):
            raise GaveUpError
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise GaveUpError
        return coerced

    return completed


def listed(value: Any) -> Iterable[Any]:
    """Something that is to be a list: what it is iterated by."""
    if isinstance(value, Exception) or not is_iterable(value):
        raise GaveUpError
    return value
