"""The GraphQL schema: Strawberry types that wrap records and compute nothing. `schema` runs it, `sdl()` prints it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext

from schema.enums import declare
from schema.guard import Guard
from schema.query import Query
from schema.scalars import CURSOR, DECIMAL, Cursor
from schema.statements import StatementLine
from schema.terms import Term
from schema.three_public import ThreePublicItem

__all__ = ["schema", "sdl"]

declare()


class _Schema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Errors are logged where they are coded, with the request's id and without the query's variables."""


schema = _Schema(
    query=Query,
    types=[StatementLine, Term, ThreePublicItem],
    extensions=[Guard],
    config=StrawberryConfig(scalar_map={Decimal: DECIMAL, Cursor: CURSOR}),
)


@cache
def sdl() -> str:
    """The schema in its own language, as committed in schema.graphql."""
    return schema.as_str() + "\n"
