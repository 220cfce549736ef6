"""Writing out what a function would calculate."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any, NewType, TypeAlias, cast

from serving.straight.arguments import bound, classified, made
from serving.straight.code import Block, Code
from serving.straight.expressions import folded, is_foldable, rendered, verbatim
from serving.straight.known import KEPT, Bound, Constant, Known, Local, Made, Mapped, Names
from serving.straight.reading import Reading, reading_of

_DEEPEST = 12  # functions inside of each other
_MOST_BRANCHES = 3
_MOST_VARIABLES = 500  # of a program; past them everything is called
_QUICK = (isinstance, len, id, str, int, bool, list, tuple, format, enumerate, zip, reversed)

_ANYTHING = "\0"

Ends: TypeAlias = list[tuple[Block, Known]]


class Evaluator:
    """Writes code to a `Code`; every `raise` that it meets becomes the line `giving_up`.

    What has conditions in it ends in several blocks, with a value in each; writing goes on in every one of them.
    """

    def __init__(self, code: Code, giving_up: str) -> None:
        self.code, self.giving_up = code, giving_up
        self._depth = 0

    def after(self, ends: Ends, step: Callable[[Known], Ends]) -> Ends:
        """What comes of going on in every block that has a value."""
        if len(ends) == 1 and ends[0][0] is self.code.block:
            return step(ends[0][1])
        found: Ends = []
        for block, value in ends:
            with self.code.at(block):
                found += step(value)
        return found

    def here(self, value: Known) -> Ends:
        return [(self.code.block, value)]

    def call(self, function: Any, given: Sequence[Known], named: Mapping[str, Known]) -> Ends:
        """What a function gives for some arguments."""
        if isinstance(function, NewType) or function is cast:
            return self.here(given[-1])
        if isinstance(function, type) and (new := made(function, given, named)) is not None:
            return self.here(new)
        reading = reading_of(function) if isinstance(function, FunctionType) else None
        if reading is None or self._depth >= _DEEPEST or self.code.program.size > _MOST_VARIABLES:
            quick = any(function is each for each in _QUICK)
            ends = self._called(self.code.constant(function), given, named, quick)
            return [(block, classified(value, function, given)) for block, value in ends]
        return self._written_out(function, reading, bound(reading, given, named))

    def _written_out(self, function: object, reading: Reading, given: dict[str, Known]) -> Ends:
        key = (function, *(self._key(value) for value in given.values()))
        found = next((each.results[key] for each in self.code.block.outwards() if key in each.results), None)
        if found is not None:
            return self.here(found)
        calls = self.code.calls
        self._depth += 1
        ends = self._statements(reading.body, reading.names(given))
        self._depth -= 1
        if calls == self.code.calls and len(ends) == 1 and ends[0][0] is self.code.block:
            self.code.block.results[key] = ends[0][1]
        return ends

    def _key(self, value: Known) -> object:
        return self.text(value) if isinstance(value, Constant | Local) else value

    def _statements(self, body: Sequence[ast.stmt], names: Names) -> Ends:
        if not body:
            return self.here(Constant(None))
        rest = body[1:]
        match body[0]:
            case ast.Return(value=ast.expr() as value):
                return self.evaluate(value, names)
            case ast.Raise():
                self.code.put(self.giving_up)
                return []
            case ast.Expr(value=value):
                self._alone(value, names)
                return self._statements(rest, names)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                ends = self._gathered(self.evaluate(value, names))
                return self.after(ends, lambda found: self._statements(rest, self._with(names, name, found)))
            case ast.If(test=test, body=[ast.Raise()], orelse=[]):
                return self._unless(self.value(test, names), lambda: self._statements(rest, names))
            case ast.If(test=test, body=yes, orelse=no):
                return self._either(
                    self.value(test, names),
                    lambda: self._statements((*yes, *rest), names),
                    lambda: self._statements((*no, *rest), names),
                )
            case _:
                return self.here(Constant(None))  # return alone

    def _gathered(self, ends: Ends) -> Ends:
        """Many branches are led together again, unless they are a value and nothing."""
        return ends if len(ends) < _MOST_BRANCHES else self.here(self.joined(ends))

    def _with(self, names: Names, name: str, found: Known) -> Names:
        return Names(names.module, {**names.own, name: self._settled(found)})

    def _alone(self, node: ast.expr, names: Names) -> None:
        """A statement that is an expression. A call that is the same each time is called once, before all else."""
        if isinstance(node, ast.Constant):
            return
        if isinstance(node, ast.Call) and not node.keywords:
            parts = [self.value(each, names) for each in (node.func, *node.args)]
            if all(isinstance(each, Constant) for each in parts):
                function, *given = map(self.text, parts)
                self.code.before(f"{function}({', '.join(given)})")
                return
        self.value(node, names)

    def _unless(self, test: Known, go_on: Callable[[], Ends]) -> Ends:
        if not isinstance(test, Constant):
            with self.code.inside(f"if {self.text(test)}:"):
                self.code.put(self.giving_up)
        elif test.value:
            self.code.put(self.giving_up)
            return []
        return go_on()

    def _either(self, test: Known, yes: Callable[[], Ends], no: Callable[[], Ends]) -> Ends:
        if isinstance(test, Constant):
            return (yes if test.value else no)()
        with self.code.inside(f"if {self.text(test)}:"):
            ends = yes()
        with self.code.inside("else:"):
            return ends + no()

    def evaluate(self, node: ast.expr, names: Names) -> Ends:
        """What an expression gives."""
        match node:
            case ast.Name(id=name):
                return self.here(names[name])
            case ast.Constant(value=value):
                return self.here(Constant(value))
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self._either(
                    self.value(test, names), lambda: self.evaluate(yes, names), lambda: self.evaluate(no, names)
                )
            case ast.Call(keywords=keywords) if all(each.arg for each in keywords):
                return self._evaluate_call(node, names)
            case ast.Attribute(value=value, attr=name):
                return self.after(self.evaluate(value, names), lambda found: self.attribute(found, name))
            case ast.ListComp(generators=[ast.comprehension(is_async=0)]):
                return self.here(Mapped(node, names))
            case _:
                return self.here(self._expression(node, names))

    def _evaluate_call(self, node: ast.Call, names: Names) -> Ends:
        match node.func:
            case ast.Attribute(value=value, attr=method):
                functions = self.after(self.evaluate(value, names), lambda found: self._method(found, method))
            case other:
                functions = self.evaluate(other, names)
        parts = [*node.args, *(each.value for each in node.keywords)]
        return self.after(functions, lambda function: self._all(parts, names, (), node, function))

    def _all(
        self, parts: Sequence[ast.expr], names: Names, found: tuple[Known, ...], node: ast.Call, function: Known
    ) -> Ends:
        """The arguments of a call, one after the other, then the call itself."""
        if len(found) < len(parts):
            return self.after(
                self.evaluate(parts[len(found)], names),
                lambda value: self._all(parts, names, (*found, self._settled(value)), node, function),
            )
        given = found[: len(node.args)]
        named = {str(each.arg): value for each, value in zip(node.keywords, found[len(node.args) :], strict=True)}
        if isinstance(function, Bound):
            return self.call(function.function, [function.object, *given], named)
        if isinstance(function, Constant):
            return self.call(function.value, given, named)
        return self._called(self.text(function), given, named)

    def _method(self, value: Known, name: str) -> Ends:
        """The function that a method of a value is: known, or looked for by its name when the code runs."""
        if isinstance(value, Made) or (isinstance(value, Constant) and isinstance(value.value, ModuleType | type)):
            return self.attribute(value, name)
        return self.here(Local(f"{self.text(value)}.{name}"))

    def _called(self, function: str, given: Sequence[Known], named: Mapping[str, Known], quick: bool = False) -> Ends:
        arguments = [*map(self.text, given), *(f"{name}={self.text(value)}" for name, value in named.items())]
        self.code.calls += not quick
        return self.here(Local(self.code.set(f"{function}({', '.join(arguments)})")))

    def attribute(self, value: Known, name: str) -> Ends:
        """What an attribute of a value is."""
        if isinstance(value, Constant) and isinstance(value.value, ModuleType | type) and hasattr(value.value, name):
            return self.here(Constant(getattr(value.value, name)))
        if isinstance(value, Constant) and isinstance(value.value, Enum) and name in ("name", "value"):
            return self.here(Constant(getattr(value.value, name)))
        if isinstance(value, Local) and value.class_ is not None and name == "__class__":
            return self.here(Constant(value.class_))
        if isinstance(value, Made):
            if name in value.attributes:
                return self.here(value.attributes[name])
            found = inspect.getattr_static(value.class_, name, None)
            if isinstance(found, property) and found.fget is not None:
                return self.call(found.fget, [value], {})
            if isinstance(found, FunctionType):
                return self.here(Bound(found, value))
        return self.here(Local(self.code.read(self.text(value), name)))

    def value(self, node: ast.expr, names: Names) -> Known:
        """What an expression gives, in one place: where there are branches, they meet again."""
        return self.joined(self.evaluate(node, names))

    def joined(self, ends: Ends) -> Known:
        """The one value of what may have ended in several blocks; None where it ended in none."""
        if not ends:
            return Constant(None)
        if ends[0][0] is self.code.block:
            return ends[0][1]
        variable = self.code.fresh("j")
        for block, value in ends:
            with self.code.at(block):
                self.code.put(f"{variable} = {self.text(value)}")
        return Local(variable)

    def each(self, mapped: Mapped) -> tuple[Block, Ends]:
        """A loop over a comprehension: its block, and where in it there is a value."""
        (generator,), names = mapped.node.generators, mapped.names
        iterable = self.text(self.value(generator.iter, names))
        own = {node.id: self.code.fresh("n") for node in ast.walk(generator.target) if isinstance(node, ast.Name)}
        inside = Names(names.module, {**names.own, **{name: Local(variable) for name, variable in own.items()}})
        with self.code.inside(f"for {verbatim(generator.target, inside, self.text)} in {iterable}:") as block:
            for condition in generator.ifs:
                test = self.text(self.value(condition, inside))
                with self.code.inside(f"if not {test}:"):
                    self.code.put("continue")
            return block, self.evaluate(mapped.node.elt, inside)

    def _expression(self, node: ast.expr, names: Names) -> Known:
        """What any other expression gives."""
        if isinstance(node, ast.BoolOp):
            return self._bool_op(node, names)
        if not is_foldable(node):
            self.code.calls += not isinstance(node, ast.JoinedStr | ast.List | ast.Dict | ast.Set)
            return Local(self.code.set(rendered(node, names, self.value, self.text)))
        parts: dict[int, Known] = {}

        def placed(child: ast.expr, among: Names) -> Known:
            return parts.setdefault(id(child), self.value(child, among))

        text = rendered(node, names, placed, self.text)
        known = folded(node, parts)
        if known is not None:
            return known
        return Local(text if isinstance(node, ast.Tuple | ast.Compare | ast.UnaryOp) else self.code.set(text))

    def _bool_op(self, node: ast.BoolOp, names: Names) -> Known:
        """`a or b` where a is known is one of them; everything after the first stands where it stood."""
        first, *rest = node.values
        value = self.value(first, names)
        if isinstance(value, Constant):
            if bool(value.value) is isinstance(node.op, ast.Or):
                return value
            return self.value(rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest), names)
        word = " or " if isinstance(node.op, ast.Or) else " and "
        others = [f"({verbatim(each, names, self.text)})" for each in rest]
        return Local(self.code.set(word.join([f"({self.text(value)})", *others])))

    def text(self, value: Known) -> str:
        """The expression of a value; an object that has not been made is made."""
        match value:
            case Constant(value=constant):
                return self.code.constant(constant)
            case Local(text=text):
                return text
            case Made(class_=class_, attributes=attributes):
                given = ", ".join(f"{name}={self.text(each)}" for name, each in attributes.items())
                return f"{self.code.constant(class_)}({given})"
            case Bound(function=function, object=object_):
                return f"{self.text(object_)}.{function.__name__}"
            case Mapped(node=node, names=names):
                return self._comprehension(node, names)

    def _comprehension(self, node: ast.ListComp, names: Names) -> str:
        """A comprehension as it stands, but for what it runs over, which is worked out before."""
        iterable = Local(self.text(self.value(node.generators[0].iter, names)))
        return verbatim(_over_anything(node), names.with_({_ANYTHING: iterable}), self.text)

    def _settled(self, value: Known) -> Known:
        """A value that may be used many times: a comprehension is run."""
        if isinstance(value, Mapped):
            self.code.calls += 1
            return Local(self.code.set(self.text(value)))
        return value


@lru_cache(KEPT)
def _over_anything(node: ast.ListComp) -> ast.ListComp:
    first, *others = node.generators
    over = ast.comprehension(first.target, ast.Name(_ANYTHING, ast.Load()), first.ifs, 0)
    return ast.ListComp(node.elt, [over, *others])
