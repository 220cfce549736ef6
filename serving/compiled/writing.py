"""Writing the source of a plan: lists as loops, objects as displays in document order, resolvers written out.

A function takes the object, the info, the arguments that depend on variables, and the time by which it must be done.
There is one for the root; one for each pair of a type and the fields that are asked of it where the type is found out
only then, where answers are remembered, where the same is asked in several places, and where a document has grown
large.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.type import GraphQLCompositeType

from serving.compiled.arguments import Arguments
from serving.compiled.calls import Attribute, Call, call_of, definition_of
from serving.compiled.objects import Dispatch, Verified, class_of
from serving.endings import GaveUpError, OutOfTimeError, UncompilableError
from serving.leaves import completed, listed
from serving.selections import Group, Groups, Selections
from serving.straight import Block, Code, Constant, Ends, Evaluator, Known, Local, Made, Mapped, Program

ROOT = "f0"
INLINE_FIELDS = 200  # past them every object has a function
_SHARED_FIELDS = 8  # so many fields have a function of their own where they are asked in several places
_DEEPEST_BLOCK = 16  # Python itself allows 20 loops in each other
_GIVE_UP = "raise GaveUpError"
_LATE = "if now() > _end: raise OutOfTimeError"


@dataclass(slots=True)
class Function:
    """One function: the type of its objects, its source, the functions that it calls, and the variables that it reads.

    `kept` is whether its answers are remembered, `inside` whether it is part of an answer that is.
    """

    type_: GraphQLObjectType
    inside: bool
    kept: bool = False
    lines: list[str] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Writer:
    """Writes the functions of one operation.

    `remembers` tells the types whose objects' answers are remembered. `names` are what the source reads, `varying` the
    arguments that it takes, `functions` what it consists of, and `dispatches` the functions by type of each place where
    the type of an object is found out.
    """

    selections: Selections
    remembers: Callable[[GraphQLObjectType], bool]
    names: dict[str, Any] = field(default_factory=dict)
    varying: list[Arguments] = field(default_factory=list)
    fields: int = 0
    dispatches: list[tuple[Dispatch, dict[str, str]]] = field(default_factory=list)
    functions: dict[str, Function] = field(default_factory=dict)
    _here: Function = field(init=False)
    _code: Code = field(init=False)
    _evaluator: Evaluator = field(init=False)
    _functions: dict[tuple[object, ...], str] = field(default_factory=dict)
    _program: Program = field(init=False)
    _waiting: list[tuple[str, Function, Callable[[], str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._program = Program(self.names)
        self.names |= {"now": time.monotonic_ns, "OutOfTimeError": OutOfTimeError, "GaveUpError": GaveUpError}
        self.names |= {"listed": listed}

    def write(self) -> None:
        """Write every function. Raises UncompilableError for what plans do not do."""
        root = self.selections.schema.query_type
        if root is None or any(node.variable_definitions for node in self.selections.fragments.values()):
            raise UncompilableError("no query, or fragments with variables of their own")
        try:
            groups = self.selections.root(root)
            self._await(ROOT, Function(root, inside=False), lambda: self._root(root, groups))
            while self._waiting:
                self._write_function(*self._waiting.pop())
        except GraphQLError as error:
            raise UncompilableError(error.message) from error

    @property
    def source(self) -> str:
        return "\n".join(line for function in self.functions.values() for line in function.lines)

    def _await(self, name: str, function: Function, body: Callable[[], str]) -> None:
        """A function is to be written; `body` writes what its expression needs, and gives that."""
        self.functions[name] = function
        self._waiting.append((name, function, body))

    def _write_function(self, name: str, function: Function, body: Callable[[], str]) -> None:
        self._here, self._code = function, Code(self._program)
        self._evaluator = Evaluator(self._code, _GIVE_UP)
        self._code.put(f"return {body()}")
        function.lines += [f"def {name}(_s, _i, _a, _end):", *self._code.written()]

    def _root(self, type_: GraphQLObjectType, groups: Groups) -> str:
        """The root, each field of which has a function where the root's answers are remembered."""
        if not self.remembers(type_):
            return self._object(type_, groups, Local("_s"))
        return f"{{{', '.join(f'{key!r}: {self._root_field(type_, group)}' for key, group in groups.items())}}}"

    def _root_field(self, type_: GraphQLObjectType, group: Group) -> str:
        self.fields += 1
        name = f"f{len(self.functions)}"
        self._here.calls.add(name)
        function = Function(type_, inside=False, kept=self._holds_objects(type_, group))
        self._await(name, function, lambda: self._field(type_, group, Local("_s")))
        return f"{name}(_s, _i, _a, _end)"

    def _whole(self, type_: GraphQLObjectType, groups: Groups) -> str:
        self._verify("_s", type_)
        return self._object(type_, groups, Local("_s"))

    def _verify(self, text: str, type_: GraphQLObjectType) -> None:
        self._code.put(f"if {text}.__class__ is not {self._code.constant(class_of(type_))}:")
        verified = self._program.constant(("verified", type_.name), Verified(type_, self.selections.schema))
        self._code.put(f"    {verified}({text})")

    def _object(self, type_: GraphQLObjectType, groups: Groups, source: Known) -> str:
        """Write what gives an object its fields; the expression of it."""
        self.fields += len(groups)
        parts = [f"{key!r}: {self._field(type_, group, source)}" for key, group in groups.items()]
        return f"{{{', '.join(parts)}}}"

    def _field(self, parent: GraphQLObjectType, group: Group, source: Known) -> str:
        """Write what gives a field its value; the expression that holds it."""
        node = group[0].node
        definition = parent.fields.get(node.name.value)
        if definition is None:
            if node.name.value == "__typename":
                return repr(parent.name)
            raise UncompilableError(f"{parent.name}.{node.name.value}")
        arguments = Arguments(self.selections.schema, definition, node)
        return self._completed(definition.type, self._resolved(arguments, source), group)

    def _resolved(self, arguments: Arguments, source: Known) -> Ends:
        """Write what asks the resolver."""
        call: Attribute | Call = call_of(arguments.field)
        if isinstance(call, Attribute):
            return self._evaluator.attribute(source, call.name)
        named = dict.fromkeys(call.source_names, source)
        named |= {call.info_name: Local("_i")} if call.info_name else {}
        named |= self._varying(arguments, call) if arguments.vary else self._constant(arguments)
        return self._evaluator.call(call.function, [source] if call.takes_source else [], named)

    def _constant(self, arguments: Arguments) -> dict[str, Known]:
        return {name: Constant(value) for name, value in arguments.values(self.selections.variables).items()}

    def _varying(self, arguments: Arguments, call: Call) -> dict[str, Known]:
        """Arguments that are looked up in those of the run, once for each function."""
        self._here.variables |= arguments.variables
        given = self._code.before(f"_a[{len(self.varying)}]")
        self.varying.append(arguments)
        names = [each.python_name for each in definition_of(arguments.field).arguments]
        defaults = {name: call.default(name) for name in names}
        return {
            name: Local(self._code.before(f"{given}.get({name!r}, {self._code.constant(default)})"))
            for name, default in defaults.items()
        }

    def _completed(self, type_: GraphQLOutputType, ends: Ends, group: Group) -> str:
        """Write what turns what a resolver gives into what the reply holds; the expression of it."""
        nullable = not isinstance(type_, GraphQLNonNull)
        inner: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if is_leaf_type(inner):
            return completed(inner, nullable, ends, self._evaluator)
        variable = self._code.fresh("v")
        if sum(value != Constant(None) for _, value in ends) > 1:  # so that what is asked of it is written once
            ends = self._evaluator.here(self._evaluator.joined(ends))
        for block, value in ends:
            with self._code.at(block):
                self._complete(inner, nullable, value, variable, group)
        return variable

    def _complete(self, type_: Any, nullable: bool, value: Known, variable: str, group: Group) -> None:
        """Write what sets a variable to an object or a list, made of what a resolver gives in one of its branches."""
        if value == Constant(None):
            self._code.put(f"{variable} = None" if nullable else _GIVE_UP)
        elif isinstance(value, Made | Mapped):
            self._set(type_, value, variable, group)
        elif not nullable:
            self._set(type_, Local(self._named(value)), variable, group)
        else:
            text = self._named(value)
            with self._code.inside(f"if {text} is None:"):
                self._code.put(f"{variable} = None")
            with self._code.inside("else:"):
                self._set(type_, Local(text), variable, group)

    def _named(self, value: Known) -> str:
        return self._code.named(self._evaluator.text(value))

    def _set(self, type_: Any, value: Known, variable: str, group: Group) -> None:
        if isinstance(type_, GraphQLList):
            self._set_list(type_.of_type, value, variable, group)
        elif is_abstract_type(type_):
            text = self._named(value)
            self._code.put(f"{variable} = {self._dispatched(type_, text, group)}({text}, _i, _a, _end)")
        else:
            self._set_object(type_, value, variable, group)

    def _set_list(self, item: GraphQLOutputType, value: Known, variable: str, group: Group) -> None:
        heavy = not is_leaf_type(get_named_type(item))
        if heavy:
            self._code.put(_LATE)
        kept = self._code.fresh("l")
        self._code.put(f"{kept} = []")
        calls = self._code.calls
        block, ends = self._each(value)
        for end in ends:
            with self._code.at(end[0]):
                self._code.put(f"{kept}.append({self._completed(item, [end], group)})")
        if heavy and self._code.calls > calls:
            block.lines.insert(0, _LATE)
        self._code.put(f"{variable} = {kept}")

    def _each(self, value: Known) -> tuple[Block, Ends]:
        """Write a loop over a list."""
        if isinstance(value, Mapped):
            return self._evaluator.each(value)
        text = self._named(value)
        iterable = self._code.set(f"{text} if {text}.__class__ is list else listed({text})")
        each = self._code.fresh("n")
        with self._code.inside(f"for {each} in {iterable}:") as block:
            return block, self._evaluator.here(Local(each))

    def _set_object(self, type_: GraphQLObjectType, value: Known, variable: str, group: Group) -> None:
        inside = self.selections.inside(type_, group)
        full = self.fields > INLINE_FIELDS or self._code.block.depth > _DEEPEST_BLOCK
        shared = self.selections.is_shared(type_, group, _SHARED_FIELDS)
        if full or shared or self._is_remembered(type_, inside):
            self._code.calls += 1
            text = self._evaluator.text(value)
            self._code.put(f"{variable} = {self._function(type_, group)}({text}, _i, _a, _end)")
            return
        if not (isinstance(value, Made) and value.class_ is class_of(type_)):
            value = Local(self._named(value))
            self._verify(value.text, type_)
        self._code.put(f"{variable} = {self._object(type_, inside, value)}")

    def _is_remembered(self, type_: GraphQLObjectType, groups: Groups) -> bool:
        """Not what holds no objects, and not what is asked inside of another such."""
        if self._here.inside or not self.remembers(type_):
            return False
        return any(self._holds_objects(type_, group) for group in groups.values())

    def _holds_objects(self, type_: GraphQLObjectType, group: Group) -> bool:
        found = type_.fields.get(group[0].node.name.value)
        return found is not None and not is_leaf_type(get_named_type(found.type))

    def _dispatched(self, type_: Any, text: str, group: Group) -> str:
        """The expression of the function for an object whose type is found out."""
        self._code.calls += 1
        possible = {each.name: self._function(each, group) for each in self.selections.possible(type_)}
        field_name = group[0].node.name.value
        key = (field_name, *self._key(type_, group))
        if key not in self._functions:
            dispatch = Dispatch(self.selections.schema, type_, field_name)
            self._functions[key] = self._code.constant(dispatch)
            self.dispatches.append((dispatch, possible))
        name = self._functions[key]
        return f"({name}.by_class.get({text}.__class__) or {name}({text}))"

    def _function(self, type_: GraphQLObjectType, group: Group) -> str:
        """The name of the function for objects of a type, which is written later if it is not yet."""
        key = self._key(type_, group)
        if key not in self._functions:
            name = self._functions[key] = f"f{len(self.functions)}"
            inside = self.selections.inside(type_, group)
            kept = self._is_remembered(type_, inside)
            function = Function(type_, inside=kept or self._here.inside, kept=kept)
            self._await(name, function, lambda: self._whole(type_, inside))
        self._here.calls.add(self._functions[key])
        return self._functions[key]

    def _key(self, type_: GraphQLCompositeType, group: Group) -> tuple[object, ...]:
        return (self._here.inside, *self.selections.key(type_, group))
