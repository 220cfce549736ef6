"""What resolvers and type resolvers are told of the execution."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLSchema
from graphql.execution.execute import assume_not_awaitable

from serving.compiled.endings import GaveUpError


class Known:
    """The parts of an `info` that are the same wherever it is handed out; whoever asks for any other gets a give-up."""

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        raise GaveUpError(f"a plan does not know the {name} of a field")


def known_of_type(schema: GraphQLSchema, field_name: str) -> Known:
    """What deciding the type of an object may look at."""
    return Known(schema=schema, field_name=field_name, is_awaitable=assume_not_awaitable)
