"""Questions written from the schema itself: every field of a type, some levels down."""

from __future__ import annotations

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema import sdl

SERVED: GraphQLSchema = build_schema(sdl())
NEEDED = {
    ("rollup", "Project"): "(measure: PROJECT_EXECUTED)",
    ("rollup", "Unit"): "(measure: PROJECT_EXECUTED)",
    ("rollup", "Department"): "(measure: EXPENDITURE)",
    ("rollup", "Division"): "(measure: EXPENDITURE)",
    ("statement", "FinalAccounts"): "(form: EXPENDITURE)",
}


def node_types() -> list[GraphQLObjectType]:
    """The types that implement Node."""
    node = SERVED.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return list(SERVED.get_implementations(node).objects)


def selection(type_: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
    """Every field of a type that needs no argument (or one of NEEDED), `depth` levels of objects down."""
    parts = [_field(name, field, type_, depth) for name, field in type_.fields.items()]
    return "{ __typename " + " ".join(part for part in parts if part) + " }"


def _field(name: str, field: GraphQLField, parent: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
    arguments = NEEDED.get((name, parent.name), "")
    if not arguments and any(map(is_required_argument, field.args.values())):
        return ""
    inner = get_named_type(field.type)
    marked = str(field.type).translate({ord("["): "L", ord("]"): None, ord("!"): "N"})
    alias = f"{name}_{marked}: {name}{arguments}"
    if is_leaf_type(inner):
        return alias
    assert isinstance(inner, GraphQLObjectType | GraphQLInterfaceType)
    return f"{alias} {selection(inner, depth - 1)}" if depth else ""
