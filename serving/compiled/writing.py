"""Writing the source of a plan: one function for each pair of a type and the fields that are asked of it.

A function takes the object, the info, the arguments that depend on variables, and the time by which it must be done.
Its response is a dict in the order of the document; graphql-core's own code collects and merges the fields.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from serving.compiled import values
from serving.compiled.arguments import Arguments
from serving.compiled.calls import Attribute, Call, call_of
from serving.compiled.endings import OutOfTimeError, UncompilableError
from serving.compiled.fragments import ROOT, Function
from serving.compiled.objects import Dispatch, Known, Verified, class_of

MAX_FIELDS = 4_000  # of all functions of a plan together
_LITERALS = (str, int, bool)

_Group = list[FieldDetails]


@dataclass(slots=True)
class Writer:
    """Writes the functions of one operation. `variables` decide @skip and @include, and nothing else.

    `names` are what the source reads, `varying` the arguments that it takes, `functions` what it consists of, and
    `dispatches` the functions by type of each place where the type of an object is found out.
    """

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    operation: OperationDefinitionNode
    variables: VariableValues
    names: dict[str, Any] = field(default_factory=dict)
    varying: list[Arguments] = field(default_factory=list)
    fields: int = 0
    dispatches: list[tuple[Dispatch, dict[str, str]]] = field(default_factory=list)
    functions: dict[str, Function] = field(default_factory=dict)
    _here: Function = field(init=False)
    _functions: dict[tuple[object, ...], str] = field(default_factory=dict)
    _constants: dict[object, str] = field(default_factory=dict)
    _waiting: list[tuple[str, GraphQLObjectType, _Group]] = field(default_factory=list)
    _details: dict[str, FragmentDetails] = field(init=False)

    def __post_init__(self) -> None:
        self._details = {name: FragmentDetails(node) for name, node in self.fragments.items()}
        self.names |= {"now": time.monotonic_ns, "OutOfTimeError": OutOfTimeError, "listed": values.listed}

    def write(self) -> None:
        """Write every function. Raises UncompilableError for what plans do not do."""
        root = self.schema.query_type
        if root is None or any(node.variable_definitions for node in self.fragments.values()):
            raise UncompilableError("no query, or fragments with variables of their own")
        try:
            grouped = collect_fields(self.schema, self._details, self.variables, root, self.operation)
            self._write_function(ROOT, root, grouped.grouped_field_set)
            while self._waiting:
                name, type_, group = self._waiting.pop()
                self._write_function(name, type_, self._inside(type_, group).grouped_field_set)
        except GraphQLError as error:
            raise UncompilableError(error.message) from error

    @property
    def source(self) -> str:
        return "\n".join(line for function in self.functions.values() for line in function.lines)

    def _inside(self, type_: GraphQLObjectType, group: _Group) -> CollectedFields:
        return collect_subfields(self.schema, self._details, self.variables, self.operation, type_, group)

    def _write_function(self, name: str, type_: GraphQLObjectType, grouped: dict[str, _Group]) -> None:
        self.fields += len(grouped)
        if self.fields > MAX_FIELDS:
            raise UncompilableError(f"more than {MAX_FIELDS:,} fields, counted for each type that they may be asked of")
        self._here = self.functions[name] = Function(name, type_)
        self._here.lines.append(f"def {name}(s, i, a, end):")
        if name != ROOT:
            verified = Verified(type_, Known(schema=self.schema))
            self._here.lines.append(f"    if s.__class__ is not {self._constant(class_of(type_))}:")
            self._here.lines.append(f"        {self._constant(verified)}(s)")
        parts = [f"{key!r}: {self._field(f'v{at}', type_, group)}" for at, (key, group) in enumerate(grouped.items())]
        self._here.lines.append(f"    return {{{', '.join(parts)}}}")

    def _field(self, variable: str, parent: GraphQLObjectType, group: _Group) -> str:
        """Write what gives a field its value; the expression that holds it."""
        node = group[0].node
        name = node.name.value
        definition = parent.fields.get(name)
        if definition is None:
            if name == "__typename":
                return repr(parent.name)
            raise UncompilableError(f"{parent.name}.{name}")
        resolved = self._resolved(call_of(definition), Arguments(self.schema, definition, node))
        self._here.lines.append(f"    {variable} = {resolved}")
        self._complete(definition.type, variable, "    ", group)
        return variable

    def _resolved(self, call: Attribute | Call, arguments: Arguments) -> str:
        """The expression that asks the resolver."""
        if isinstance(call, Attribute):
            return f"s.{call.name}"
        given = ["s"] if call.takes_source else []
        given += [f"{name}=s" for name in call.source_names]
        given += [f"{call.info_name}=i"] if call.info_name else []
        if arguments.vary:
            given.append(f"**a[{len(self.varying)}]")
            self.varying.append(arguments)
            self._here.varies = True
        else:
            constant = arguments.values(self.variables)
            given += [f"{name}={self._constant(value)}" for name, value in constant.items()]
        return f"{self._constant(call.function)}({', '.join(given)})"

    def _complete(self, type_: GraphQLOutputType, variable: str, indent: str, group: _Group) -> None:
        """Write what turns a variable from what a resolver gave into what the reply holds."""
        nullable = not isinstance(type_, GraphQLNonNull)
        inner: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if is_leaf_type(inner):
            self._complete_leaf(inner, variable, indent, nullable)
            return
        if nullable:
            self._here.lines.append(f"{indent}if {variable} is not None:")
            indent += "    "
        if isinstance(inner, GraphQLList):
            self._complete_list(inner.of_type, variable, indent, group)
        else:
            writer = self._writer(inner, variable, group)
            self._here.lines.append(f"{indent}{variable} = {writer}({variable}, i, a, end)")

    def _complete_leaf(self, type_: Any, variable: str, indent: str, nullable: bool) -> None:
        otherwise = self._shared((type_.name, nullable), values.completing(type_, nullable))
        names = values.members(type_)
        test = values.unchanged(type_)
        if names is not None:
            found = self._shared(type_.name, names)
            self._here.lines.append(f"{indent}{variable} = {found}.get(id({variable})) or {otherwise}({variable})")
        elif test is not None:
            self._here.lines.append(f"{indent}if not ({test.format(variable)}):")
            self._here.lines.append(f"{indent}    {variable} = {otherwise}({variable})")
        else:
            start = f"{indent}if {variable} is not None:\n{indent}    " if nullable else indent
            self._here.lines.append(f"{start}{variable} = {otherwise}({variable})")

    def _complete_list(self, item: GraphQLOutputType, variable: str, indent: str, group: _Group) -> None:
        each, kept = f"{variable}x", f"{variable}k"
        self._here.lines.append(f"{indent}if {variable}.__class__ is not list:")
        self._here.lines.append(f"{indent}    {variable} = listed({variable})")
        self._here.lines.append(f"{indent}{kept} = []")
        self._here.lines.append(f"{indent}for {each} in {variable}:")
        if not is_leaf_type(get_named_type(item)):
            self._here.lines.append(f"{indent}    if now() > end:")
            self._here.lines.append(f"{indent}        raise OutOfTimeError")
        self._complete(item, each, f"{indent}    ", group)
        self._here.lines.append(f"{indent}    {kept}.append({each})")
        self._here.lines.append(f"{indent}{variable} = {kept}")

    def _writer(self, type_: Any, variable: str, group: _Group) -> str:
        """The expression of the function for an object in a variable."""
        if not is_abstract_type(type_):
            return self._here.call(self._function(type_, group))
        possible = {each.name: self._function(each, group) for each in self.schema.get_possible_types(type_)}
        self._here.calls |= set(possible.values())
        key = _key(type_, group)
        if key not in self._functions:
            dispatch = Dispatch(self.schema, type_, group[0].node.name.value)
            self._functions[key] = self._constant(dispatch)
            self.dispatches.append((dispatch, possible))
        name = self._functions[key]
        return f"({name}.by_class.get({variable}.__class__) or {name}({variable}))"

    def _function(self, type_: GraphQLObjectType, group: _Group) -> str:
        """The name of the function for objects of a type, which is written later if it is not yet."""
        key = _key(type_, group)
        if key not in self._functions:
            self._functions[key] = f"f{len(self._functions) + 1}"
            self._waiting.append((self._functions[key], type_, group))
        return self._functions[key]

    def _constant(self, value: Any) -> str:
        """The expression of a value that is the same in every run."""
        if type(value) in _LITERALS:
            return repr(value)
        return self._shared(id(value), value)

    def _shared(self, key: object, value: Any) -> str:
        """The name of a value, which is the same for all values of a key."""
        if key not in self._constants:
            self._constants[key] = f"k{len(self._constants)}"
            self.names[self._constants[key]] = value
        return self._constants[key]


def _key(type_: GraphQLNamedType, group: _Group) -> tuple[object, ...]:
    return (type_.name, *(id(details.node) for details in group))
