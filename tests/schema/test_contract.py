"""What clients rely on: every type, field, argument, default and nullability of the agreed contract is served."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import build_schema, print_ast
from graphql.language import parse
from graphql.language.ast import (
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
)

from schema import sdl

CONTRACT = Path(__file__).with_name("contract.graphql")
NAMES = Path(__file__).with_name("names.txt")
Fields = dict[str, FieldDefinitionNode | InputValueDefinitionNode]


def definitions(text: str) -> dict[str, Any]:
    """The named definitions of a schema."""
    named: list[Any] = [found for found in parse(text).definitions if getattr(found, "name", None) is not None]
    return {found.name.value: found for found in named}


SERVED = definitions(sdl())


def fields_of(definition: Any) -> Fields:
    return {field.name.value: field for field in getattr(definition, "fields", ()) or ()}


def contract() -> Iterator[Any]:
    yield from definitions(CONTRACT.read_text("utf-8")).values()


def signature(field: FieldDefinitionNode | InputValueDefinitionNode) -> str:
    """Type, arguments and defaults, without descriptions and whitespace."""
    arguments = getattr(field, "arguments", ()) or ()
    parts = [f"{argument.name.value}:{shape(argument)}" for argument in arguments]
    return re.sub(r"\s", "", f"({','.join(sorted(parts))}){shape(field)}")


def shape(field: FieldDefinitionNode | InputValueDefinitionNode) -> str:
    default = getattr(field, "default_value", None)
    return print_ast(field.type) + (f"={print_ast(default)}" if default is not None else "")


def test_every_type_of_the_contract_is_served() -> None:
    assert [d.name.value for d in contract() if d.name.value not in SERVED] == []


def test_every_field_has_the_type_and_the_arguments_of_the_contract() -> None:
    wrong = []
    for definition in contract():
        served = fields_of(SERVED[definition.name.value])
        for name, field in fields_of(definition).items():
            found = signature(served[name]) if name in served else "nothing"
            expected = signature(field)
            if found != expected and not allowed(found, expected):
                wrong.append(f"{definition.name.value}.{name}: served {found}, agreed {expected}")
    assert wrong == []


def allowed(found: str, expected: str) -> bool:
    """Additions: further optional arguments, such as figures(includeTotals)."""
    (found_arguments, found_type), (arguments, type_) = (text.rsplit(")", 1) for text in (found, expected))
    agreed, served = (set(filter(None, each[1:].split(","))) for each in (arguments, found_arguments))
    is_optional = all("=" in added or not added.endswith("!") for added in served - agreed)
    return found_type == type_ and agreed <= served and is_optional


GROWING = {
    "StatementForm",
    "ColumnKey",
    "Dimension",
    "MoneyUnit",
    "Side",
    "FundSource",
    "Measure",
}  # tables beyond the nine, their columns and halves, any funds; what else is summed


def test_every_enum_value_of_the_contract_is_served_and_no_other_but_of_those_that_grow() -> None:
    for definition in contract():
        if isinstance(definition, EnumTypeDefinitionNode):
            served = SERVED[definition.name.value]
            assert isinstance(served, EnumTypeDefinitionNode)
            assert set(members(definition)) <= set(members(served))
            assert definition.name.value in GROWING or set(members(served)) <= set(members(definition))


def test_every_type_implements_what_the_contract_says() -> None:
    for definition in contract():
        if isinstance(definition, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
            served = SERVED[definition.name.value]
            assert {i.name.value for i in definition.interfaces or ()} <= {
                i.name.value for i in served.interfaces or ()
            }


def test_one_of_inputs_stay_one_of() -> None:
    for definition in contract():
        if isinstance(definition, InputObjectTypeDefinitionNode):
            directives = {directive.name.value for directive in SERVED[definition.name.value].directives or ()}
            assert {directive.name.value for directive in definition.directives or ()} <= directives


def test_the_names_that_were_once_served_are_still_served() -> None:
    served = {f"{type_}.{name}" for type_, definition in SERVED.items() for name in members(definition)}
    missing = sorted(set(NAMES.read_text("utf-8").split()) - served)
    assert missing == []


def members(definition: Any) -> list[str]:
    if isinstance(definition, EnumTypeDefinitionNode):
        return [value.name.value for value in definition.values or ()]
    return list(fields_of(definition))


def test_every_connection_has_the_relay_shape() -> None:
    connections = [name for name in SERVED if name.endswith("Connection")]
    assert len(connections) >= 15
    for name in connections:
        fields = fields_of(SERVED[name])
        assert {"edges", "nodes", "pageInfo", "totalCount"} <= set(fields)
        edge = SERVED[print_ast(fields["edges"].type).strip("[]!")]
        assert {"cursor", "node"} == set(fields_of(edge))


def test_the_schema_is_valid_by_itself() -> None:
    assert build_schema(sdl()).query_type is not None
