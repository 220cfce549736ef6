"""Writing the source of a plan: attributes read where they stand, resolvers called, lists as loops, objects as dicts.

A function takes the object (`_s`), the info (`_i`), the arguments that depend on variables (`_a`), and the time by
which it must be done (`_end`). There is one for the root; one for each pair of a type and the fields that are asked of
it where the type is found out only then, where answers are cached, where the same is asked in several places, and where
a document has grown large.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

from graph_data.core.deadline import OutOfTimeError
from serving.compiler import scalars
from serving.compiler.fields import (
    Arguments,
    AttributePath,
    Dispatch,
    GaveUpError,
    ResolverCall,
    TypeCheck,
    UncompilableError,
    class_of,
    definition_of,
    iterated,
    resolution_of,
)
from serving.compiler.selections import Group, Groups, Selections

ROOT = "f0"
INLINE_FIELDS = 200  # past them every object has a function
_SHARED_FIELDS = 8  # so many fields have a function of their own where they are asked in several places
_DEEPEST_BLOCK = 16  # Python itself allows 20 loops in each other
_LATE = "if now() > _end: raise OutOfTimeError"
_LITERALS = (str, int, bool, type(None))


@dataclass(slots=True)
class Function:
    """One function: the type of its objects, its source, the functions that it calls, and the variables that it reads.

    `cached` is whether its answers are, `inside` whether it is part of an answer that is.
    """

    type_: GraphQLObjectType
    inside: bool
    cached: bool = False
    lines: list[str] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)


@dataclass(slots=True)
class CodeWriter:
    """Writes the functions of one operation.

    `caches` tells the types whose objects' answers are cached. `names` are what the source reads, `varying` the
    arguments that it takes, `functions` what it consists of, and `dispatches` the functions by type of each place where
    the type of an object is found out.
    """

    selections: Selections
    caches: Callable[[GraphQLObjectType], bool]
    names: dict[str, Any] = field(default_factory=dict)
    varying: list[Arguments] = field(default_factory=list)
    fields: int = 0
    dispatches: list[tuple[Dispatch, dict[str, str]]] = field(default_factory=list)
    functions: dict[str, Function] = field(default_factory=dict)
    _here: Function = field(init=False)
    _indent: int = 1
    _variables: int = 0
    _reads: dict[str, str] = field(default_factory=dict)
    _constants: dict[object, str] = field(default_factory=dict)
    _functions: dict[tuple[object, ...], str] = field(default_factory=dict)
    _waiting: list[tuple[str, Function, Callable[[], str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names |= {"now": time.monotonic_ns, "OutOfTimeError": OutOfTimeError, "GaveUpError": GaveUpError}
        self.names["iterated"] = iterated

    def write(self) -> None:
        """Write every function. Raises UncompilableError for what plans do not do."""
        root = self.selections.schema.query_type
        if root is None or any(node.variable_definitions for node in self.selections.fragments.values()):
            raise UncompilableError("no query, or fragments with variables of their own")
        try:
            groups = self.selections.root(root)
            self._add(ROOT, Function(root, inside=False), lambda: self._root(root, groups))
            while self._waiting:
                self._write_function(*self._waiting.pop())
        except GraphQLError as error:
            raise UncompilableError(error.message) from error

    @property
    def source(self) -> str:
        return "\n".join(line for function in self.functions.values() for line in function.lines)

    def _add(self, name: str, function: Function, body: Callable[[], str]) -> None:
        """A function is to be written; `body` writes what its expression needs, and gives that."""
        self.functions[name] = function
        self._waiting.append((name, function, body))

    def _write_function(self, name: str, function: Function, body: Callable[[], str]) -> None:
        self._here, self._reads = function, {}
        function.lines.append(f"def {name}(_s, _i, _a, _end):")
        self._put(f"return {body()}")

    def _put(self, line: str) -> None:
        self._here.lines.append("    " * self._indent + line)

    @contextmanager
    def _block(self, head: str) -> Iterator[None]:
        """Lines under a line such as `if x:`. What is read there is not known after it."""
        self._put(head)
        reads, self._reads = self._reads, dict(self._reads)
        self._indent += 1
        yield
        self._indent -= 1
        self._reads = reads

    def _set(self, expression: str) -> str:
        """A new variable with what an expression gives."""
        self._variables += 1
        self._put(f"_v{self._variables} = {expression}")
        return f"_v{self._variables}"

    def _read(self, expression: str) -> str:
        """The variable with what an expression gives, which is worked out once in each place."""
        if expression not in self._reads:
            self._reads[expression] = self._set(expression)
        return self._reads[expression]

    def _constant(self, value: Any) -> str:
        """The expression of a value that is the same in every run."""
        return repr(value) if type(value) in _LITERALS else self._name(id(value), value)

    def _name(self, key: object, value: Any) -> str:
        """The name of a value, which is the same for all values of a key."""
        if key not in self._constants:
            self._constants[key] = f"_k{len(self._constants)}"
            self.names[self._constants[key]] = value
        return self._constants[key]

    def _root(self, type_: GraphQLObjectType, groups: Groups) -> str:
        """The root, each field of which has a function where the root's answers are cached."""
        if not self.caches(type_):
            return self._object(type_, groups, "_s")
        return f"{{{', '.join(f'{key!r}: {self._root_field(type_, group)}' for key, group in groups.items())}}}"

    def _root_field(self, type_: GraphQLObjectType, group: Group) -> str:
        self.fields += 1
        name = f"f{len(self.functions)}"
        self._here.calls.add(name)
        function = Function(type_, inside=False, cached=self._holds_objects(type_, group))
        self._add(name, function, lambda: self._field(type_, group, "_s"))
        return f"{name}(_s, _i, _a, _end)"

    def _object(self, type_: GraphQLObjectType, groups: Groups, source: str) -> str:
        """Write what gives an object its fields; the expression of it."""
        self.fields += len(groups)
        parts = [f"{key!r}: {self._field(type_, group, source)}" for key, group in groups.items()]
        return f"{{{', '.join(parts)}}}"

    def _field(self, parent: GraphQLObjectType, group: Group, source: str) -> str:
        """Write what gives a field its value; the expression that holds it."""
        node = group[0].node
        definition = parent.fields.get(node.name.value)
        if definition is None:
            if node.name.value == "__typename":
                return repr(parent.name)
            raise UncompilableError(f"{parent.name}.{node.name.value}")
        arguments = Arguments(self.selections.schema, definition, node)
        return self._completed(definition.type, self._resolved(arguments, source), group)

    def _resolved(self, arguments: Arguments, source: str) -> str:
        """Write what resolves a field; the variable that holds it."""
        resolution = resolution_of(arguments.field)
        if isinstance(resolution, AttributePath):
            for name in resolution.path.split("."):
                source = self._read(f"{source}.{name}")
            if resolution.make is None:
                return source
            return self._read(f"None if {source} is None else {self._constant(resolution.make)}({source})")
        given = [source] if resolution.takes_source else []
        given += [f"{name}={source}" for name in resolution.source_names]
        given += [f"{resolution.info_name}=_i"] if resolution.info_name else []
        given += self._varying(arguments, resolution) if arguments.vary else self._fixed(arguments)
        call = f"{self._constant(resolution.function)}({', '.join(given)})"
        if source == "_s" and self._here.type_ is self.selections.schema.query_type:
            self._put(_LATE)
        return self._set(call) if _is_list(arguments.field.type) else self._read(call)  # an iterator is read once

    def _fixed(self, arguments: Arguments) -> list[str]:
        values = arguments.values(self.selections.variables)
        return [f"{name}={self._constant(value)}" for name, value in values.items()]

    def _varying(self, arguments: Arguments, call: ResolverCall) -> list[str]:
        """Arguments that are looked up in those of the run."""
        self._here.variables |= arguments.variables
        given = f"_a[{len(self.varying)}]"
        self.varying.append(arguments)
        names = [each.python_name for each in definition_of(arguments.field).arguments]
        return [f"{name}={given}.get({name!r}, {self._constant(call.default(name))})" for name in names]

    def _completed(self, type_: GraphQLOutputType, value: str, group: Group) -> str:
        """Write what turns what a resolver gives into what the reply holds; the expression of it."""
        nullable = not isinstance(type_, GraphQLNonNull)
        inner: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if is_leaf_type(inner):
            return scalars.expression(inner, nullable, value, self._name)
        if not nullable:
            return self._composite(inner, value, group)
        self._variables += 1
        result = f"_v{self._variables}"
        with self._block(f"if {value} is None:"):
            self._put(f"{result} = None")
        with self._block("else:"):
            self._put(f"{result} = {self._composite(inner, value, group)}")
        return result

    def _composite(self, type_: Any, value: str, group: Group) -> str:
        """Write what makes a list or an object of a value that is not None; the expression of it."""
        if isinstance(type_, GraphQLList):
            return self._list(type_.of_type, value, group)
        if is_abstract_type(type_):
            return f"{self._dispatched(type_, value, group)}({value}, _i, _a, _end)"
        inside = self.selections.inside(type_, group)
        full = self.fields > INLINE_FIELDS or self._indent > _DEEPEST_BLOCK
        if full or self.selections.is_shared(type_, group, _SHARED_FIELDS) or self._is_cached(type_, inside):
            return f"{self._function(type_, group)}({value}, _i, _a, _end)"
        self._check(value, type_)
        return self._object(type_, inside, value)

    def _list(self, item: GraphQLOutputType, value: str, group: Group) -> str:
        inner: Any = item.of_type if isinstance(item, GraphQLNonNull) else item
        iterable = f"({value} if {value}.__class__ is list else iterated({value}))"
        if is_leaf_type(inner):
            return self._set(f"[{scalars.expression(inner, inner is item, '_n', self._name)} for _n in {iterable}]")
        items = self._set("[]")
        each = items.replace("_v", "_n")
        with self._block(f"for {each} in {iterable}:"):
            self._put(_LATE)
            self._put(f"{items}.append({self._completed(item, each, group)})")
        return items

    def _check(self, value: str, type_: GraphQLObjectType) -> None:
        check = self._name(("check", type_.name), TypeCheck(type_, self.selections.schema))
        self._put(f"if {value}.__class__ is not {self._constant(class_of(type_))}: {check}({value})")

    def _is_cached(self, type_: GraphQLObjectType, groups: Groups) -> bool:
        """Not what holds no objects, and not what is asked inside of another such."""
        if self._here.inside or not self.caches(type_):
            return False
        return any(self._holds_objects(type_, group) for group in groups.values())

    def _holds_objects(self, type_: GraphQLObjectType, group: Group) -> bool:
        found = type_.fields.get(group[0].node.name.value)
        return found is not None and not is_leaf_type(get_named_type(found.type))

    def _dispatched(self, type_: Any, value: str, group: Group) -> str:
        """The expression of the function for an object whose type is found out."""
        possible = {each.name: self._function(each, group) for each in self.selections.possible(type_)}
        field_name = group[0].node.name.value
        key = (field_name, *self._key(type_, group))
        if key not in self._functions:
            dispatch = Dispatch(self.selections.schema, type_, field_name)
            self._functions[key] = self._constant(dispatch)
            self.dispatches.append((dispatch, possible))
        name = self._functions[key]
        return f"({name}.by_class.get({value}.__class__) or {name}({value}))"

    def _function(self, type_: GraphQLObjectType, group: Group) -> str:
        """The name of the function for objects of a type, which is written later if it is not yet."""
        key = self._key(type_, group)
        if key not in self._functions:
            name = self._functions[key] = f"f{len(self.functions)}"
            inside = self.selections.inside(type_, group)
            cached = self._is_cached(type_, inside)
            function = Function(type_, inside=cached or self._here.inside, cached=cached)
            self._add(name, function, lambda: self._whole(type_, inside))
        self._here.calls.add(self._functions[key])
        return self._functions[key]

    def _whole(self, type_: GraphQLObjectType, groups: Groups) -> str:
        self._check("_s", type_)
        return self._object(type_, groups, "_s")

    def _key(self, type_: GraphQLCompositeType, group: Group) -> tuple[object, ...]:
        return (self._here.inside, *self.selections.key(type_, group))


def _is_list(type_: GraphQLOutputType) -> bool:
    return isinstance(type_.of_type if isinstance(type_, GraphQLNonNull) else type_, GraphQLList)
