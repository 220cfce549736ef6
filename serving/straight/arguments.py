"""What a function or a class is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING
from decimal import Decimal

from serving.straight.known import Constant, Known, Local, Made, attributes_of
from serving.straight.reading import Reading


def bound(reading: Reading, given: Sequence[Known], named: Mapping[str, Known]) -> dict[str, Known]:
    """The parameters of a function and what they are. Raises TypeError where a call does not fit."""
    found = reading.signature.bind(*given, **named).arguments
    parameters = reading.signature.parameters.values()
    return {each.name: found[each.name] if each.name in found else Constant(each.default) for each in parameters}


def classified(value: Known, function: object, given: Sequence[Known]) -> Known:
    """Numbers are written as plain text."""
    number = bool(given) and isinstance(given[0], Local) and given[0].class_ in (int, Decimal)
    text = number and (function is str or function is format)
    return Local(value.text, str) if text and isinstance(value, Local) else value


def made(class_: type, given: Sequence[Known], named: Mapping[str, Known]) -> Made | None:
    """An object of a class that is its attributes and no more, where all of them are known."""
    attributes = attributes_of(class_)
    if attributes is None or len(given) > len(attributes):
        return None
    defaults = {name: Constant(default) for name, default in attributes.items() if default is not MISSING}
    found = {**defaults, **dict(zip(attributes, given, strict=False)), **named}
    if found.keys() != attributes.keys():
        return None
    return Made(class_, {name: found[name] for name in attributes})
