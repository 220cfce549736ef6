"""The GraphQL schema: Strawberry types that wrap records and compute nothing. `schema` runs it, `sdl()` prints it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.execution import ExecutionContext
from strawberry.types.field import StrawberryField

from schema.enums import ENUMS
from schema.fields import CURSOR, DECIMAL, Cursor
from schema.guard import Guard
from schema.query import Query
from schema.stated import Term, ThreePublicItem
from schema.statements import StatementLine

__all__ = ["schema", "sdl"]


class _Schema(strawberry.Schema):
    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """An argument that may be left out has no default: Python's None is not the null of a question."""
        for found in type_definition.fields:
            for argument in found.arguments:
                argument.default = strawberry.UNSET if argument.default is None else argument.default
        return type_definition.fields

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Errors are logged where they are coded, with the request's id and without the query's variables."""


schema = _Schema(
    query=Query,
    types=[*ENUMS, StatementLine, Term, ThreePublicItem],
    extensions=[Guard],
    config=StrawberryConfig(scalar_map={Decimal: DECIMAL, Cursor: CURSOR}),
)


@cache
def sdl() -> str:
    """The schema in its own language, as committed in schema.graphql."""
    return schema.as_str() + "\n"
