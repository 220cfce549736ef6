"""What turns the value of a resolver into what the reply holds, as an expression of a plan."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from serving.endings import GaveUpError
from serving.leaves import values
from serving.straight import Constant, Ends, Evaluator, Known, Local


def completed(type_: Any, nullable: bool, ends: Ends, evaluator: Evaluator) -> str:
    """The expression of a leaf, after the lines that work it out."""
    code = evaluator.code
    if len(ends) != 2:
        return _expression(type_, nullable, evaluator.joined(ends), evaluator)
    variable = code.fresh("v")
    for block, value in ends:
        with code.at(block):
            code.put(f"{variable} = {_expression(type_, nullable, value, evaluator)}")
    return variable


def _expression(type_: Any, nullable: bool, value: Known, evaluator: Evaluator) -> str:
    """The expression of a leaf that is set to a value."""
    if nullable and isinstance(value, Constant) and value.value is None:
        return "None"
    code = evaluator.code
    otherwise = code.program.constant(("leaf", type_.name, nullable), values.completing(type_, nullable))
    text = evaluator.text(value)
    if isinstance(value, Constant):
        with suppress(GaveUpError, Exception):
            return code.constant(values.completing(type_, nullable)(value.value))
        return f"{otherwise}({text})"
    text = code.named(text)
    otherwise = f"{otherwise}({text})"
    if (class_ := values.named_members(type_)) is not None:
        return (
            f"{text}._name_ if {text}.__class__ is {code.constant(class_)} else {_or_none(text, otherwise, nullable)}"
        )
    if (names := values.members(type_)) is not None:
        return f"{code.program.constant(('enum', type_.name), names)}.get(id({text})) or {otherwise}"
    if (test := values.unchanged(type_)) is not None:
        return f"{text} if {test.format(text)} else {_or_none(text, otherwise, nullable)}"
    serialize = values.serializing(type_)
    if serialize is None:
        return _or_none(text, otherwise, nullable)
    return _serialized(serialize, text, otherwise, nullable, evaluator)


def _or_none(text: str, otherwise: str, nullable: bool) -> str:
    return f"None if {text} is None else {otherwise}" if nullable else otherwise


def _serialized(serialize: Any, text: str, otherwise: str, nullable: bool, evaluator: Evaluator) -> str:
    """A scalar with a function of its own, which is written out for the classes of values that scalars have."""
    code, variable = evaluator.code, evaluator.code.fresh("v")
    word = "if"
    for class_ in values.FIT:
        with code.inside(f"{word} {text}.__class__ is {code.constant(class_)}:"):
            for block, found in evaluator.call(serialize, [Local(text, class_)], {}):
                with code.at(block):
                    code.put(f"{variable} = {evaluator.text(found)}")
                    if not (isinstance(found, Local) and found.class_ is str):
                        with code.inside(f"if {variable}.__class__ is not str:"):
                            code.put(f"{variable} = {otherwise}")
        word = "elif"
    with code.inside("else:"):
        code.put(f"{variable} = {_or_none(text, otherwise, nullable)}")
    return variable
