"""What is looked at before a document runs: its size and depth, its variables, and which operation is meant.

The size is that of the document with its fragments written out, found without writing them out, in linear time and
without recursion: two spreads of each of sixty fragments in the next are a billion billion fields, and they are counted
as fast as sixty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry.extensions import SchemaExtension

from graph_data.core.errors import QuestionError
from schema.context import Context

MAX_TOKENS = 15_000
MAX_FIELDS = 10_000
MAX_VALUES = 5_000
MAX_DEPTH = 15  # what the introspection query of every tool needs

# Comparing fields that share a name is quadratic. The library's own bound lets one document take a second; it is read
# from its module at each validation, and is meant to be set there.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 100_000


class TooLargeError(QuestionError):
    """A question of more fields, or with more values in its variables, than is answered at once."""


class TooDeepError(QuestionError):
    """A document whose fields stand too deep inside each other."""


class Guard(SchemaExtension):
    """Bounds what the parser reads and what is validated, and tells the context when execution begins."""

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        yield
        document = self.execution_context.graphql_document
        if document is None:
            return
        require_measure(document)
        require_few_values(self.execution_context.variables)
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        if self._context.operation_name is None and len(operations) > 1:
            raise QuestionError("the document holds several operations; say which one to run as operationName")

    def on_execute(self) -> Iterator[None]:
        self._context.executing = True
        yield

    @property
    def _context(self) -> Context:
        return cast(Context, self.execution_context.context)


def require_measure(document: DocumentNode) -> None:
    """Raises TooLargeError or TooDeepError for a document that is larger, fragments written out, than allowed."""
    extent = extent_of(document)
    if extent.depth > MAX_DEPTH:
        raise TooDeepError(
            f"the document is nested {_shown(extent.depth)} fields deep; ask for at most {MAX_DEPTH}, "
            "or for descendantNodes in one go"
        )
    if extent.fields > MAX_FIELDS:
        raise TooLargeError(
            f"the document asks for {_shown(extent.fields)} fields, its fragments written out; "
            f"ask for at most {MAX_FIELDS:,} at once"
        )


def require_few_values(variables: object) -> None:
    """Raises TooLargeError where variables hold more values, lists and objects in each other, than allowed."""
    waiting, values = [variables], 0
    while waiting:
        value = waiting.pop()
        values += 1
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    if values > MAX_VALUES:
        raise TooLargeError(f"the variables hold {values:,} values; give at most {MAX_VALUES:,} at once")


def _shown(number: int) -> str:
    """A count for a message, which fragments can make astronomical."""
    return f"{number:,}" if number < 10**9 else "billions of"


@dataclass(frozen=True, slots=True)
class Extent:
    """The fields of a selection with all its fragments, and how many of them stand inside each other at most."""

    fields: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Own:
    """A definition without what it spreads: its extent, and each spread fragment with the depth that it begins at."""

    extent: Extent
    spreads: tuple[tuple[str, int], ...]


def extent_of(document: DocumentNode) -> Extent:
    """The extent of the largest and that of the deepest operation. A fragment inside itself adds nothing."""
    fragments = {
        node.name.value: _own(node.selection_set)
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    known = _fragment_extents(fragments)
    operations = [
        _whole(_own(node.selection_set), known)
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    ]
    return Extent(
        max((each.fields for each in operations), default=0), max((each.depth for each in operations), default=0)
    )


def _own(selections: SelectionSetNode) -> _Own:
    fields = deepest = 0
    spreads: list[tuple[str, int]] = []
    waiting = [(selections, 0)]
    while waiting:
        inside, depth = waiting.pop()
        for selection in inside.selections:
            if isinstance(selection, FragmentSpreadNode):
                spreads.append((selection.name.value, depth))
                continue
            below = depth
            if isinstance(selection, FieldNode):
                below = depth + 1
                fields, deepest = fields + 1, max(deepest, below)
            nested: SelectionSetNode | None = getattr(selection, "selection_set", None)
            if nested is not None:
                waiting.append((nested, below))
    return _Own(Extent(fields, deepest), tuple(spreads))


def _fragment_extents(fragments: Mapping[str, _Own]) -> dict[str, Extent]:
    """Each fragment after those that it spreads; what closes a circle is left out, as validation refuses it."""
    known: dict[str, Extent] = {}
    opened: set[str] = set()
    waiting = list(fragments)
    while waiting:
        name = waiting[-1]
        if name not in opened:
            opened.add(name)
            waiting += [spread for spread, _ in fragments[name].spreads if spread in fragments and spread not in opened]
            continue
        waiting.pop()
        if name not in known:
            known[name] = _whole(fragments[name], known)
    return known


def _whole(own: _Own, known: Mapping[str, Extent]) -> Extent:
    fields, depth = own.extent.fields, own.extent.depth
    for name, begins in own.spreads:
        spread = known.get(name)
        if spread is not None:
            fields, depth = fields + spread.fields, max(depth, begins + spread.depth)
    return Extent(fields, depth)


# What a field costs that does more than hand on what it has: in fields, by its time.
WEIGHTS = {
    "Query.rollup": 1_000,
    "Query.analyze": 3_000,
    "Query.figures": 500,
    "Query.path": 500,
    "Query.search": 100,
    "Query.documentLines": 500,
    "Query.indicators": 100,
    "Query.facts": 500,
    "Query.findings": 100,
    "Query.budgetDeviations": 100,
    "Query.projects": 50,
    "Department.rollup": 50,
    "Unit.rollup": 50,
    "Subject.rollup": 50,
    "Subject.departments": 50,
    "Subject.projects": 50,
    "Rollup.figures": 50,
    "AccountVersion.differences": 500,
    "SourceDocument.lines": 50,
}
