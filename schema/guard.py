"""What is looked at before a document runs: its length, and which of its operations is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from graphql import OperationDefinitionNode
from strawberry.extensions import SchemaExtension

from graph_data.errors import QuestionError
from schema.context import Context

MAX_TOKENS = 15_000


class Guard(SchemaExtension):
    """Bounds what the parser reads, and tells the context when execution begins."""

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        yield
        document = self.execution_context.graphql_document
        if document is None or self._context.operation_name is not None:
            return
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        if len(operations) > 1:
            raise QuestionError("the document holds several operations; say which one to run as operationName")

    def on_execute(self) -> Iterator[None]:
        self._context.executing = True
        yield

    @property
    def _context(self) -> Context:
        return cast(Context, self.execution_context.context)
