"""Documents made ready to run: parsed, weighed against the limits, validated. Each is kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
)
from strawberry.schema.schema import validate_document

from graph_data.core.cache import LruCache
from graph_data.core.errors import QuestionError
from schema.guard import TooDeepError, TooLargeError
from serving.settings import Settings
from serving.weighing import Scale, Weight

_SEVERAL = "the document holds several operations; say which one to run as operationName"
_NONE = "the document holds no operation of the name that operationName gives"
_QUERIES_ONLY = "this service answers queries only: it has no mutations and no subscriptions"
_LETTERS = 8  # of a document that take as long to make ready as a field to run
_COSTS = 4  # sizes of variables whose cost a document remembers
_EACH = 16  # letters that a document counts for beside its own
OF_A_LETTER = 150  # bytes of memory that a document takes at most for each letter it counts


class NotAQueryError(QuestionError):
    """A document with a mutation or a subscription in it."""

    def __init__(self) -> None:
        super().__init__(_QUERIES_ONLY)


@dataclass(slots=True)
class Weighed:
    """What an operation asks for, and how long it took to answer: the longest of late, in nanoseconds of computing."""

    weight: Weight
    usual: int | None = None

    def took(self, nanoseconds: int) -> None:
        """Once more. A long run is forgotten little by little, so that few long ones are taken for short."""
        self.usual = nanoseconds if self.usual is None else max(nanoseconds, self.usual * 7 // 8)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that may run: valid, and within every limit but that of cost, which variables decide."""

    schema: GraphQLSchema
    document: DocumentNode
    operations: tuple[OperationDefinitionNode, ...]
    weights: Mapping[str, int]
    sized: tuple[str, ...]
    _weighed: LruCache[tuple[object, ...], Weighed] = field(default_factory=lambda: LruCache(_COSTS))

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation that is meant; QuestionError where that cannot be told."""
        found = [each for each in self.operations if name is None or (each.name and each.name.value == name)]
        if len(found) == 1:
            return found[0]
        raise QuestionError(_SEVERAL if found else _NONE)

    def weigh(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Weighed:
        """What an operation asks for with these variables."""
        key = (id(operation), *[(name, _size(variables.get(name))) for name in self.sized])
        found = self._weighed.get(key)
        if found is None:
            found = Weighed(Scale(self.schema, self.document, self.weights, variables).weigh(operation))
            self._weighed.put(key, found, 1)
        return found


@dataclass(slots=True)
class Documents:
    """Makes documents of one schema ready, those asked before from memory."""

    schema: GraphQLSchema
    settings: Settings
    weights: Mapping[str, int]
    _kept: LruCache[str, Prepared | tuple[GraphQLError, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._kept = LruCache(self.settings.document_cache)

    def known(self, text: str) -> Prepared | tuple[GraphQLError, ...] | None:
        """What `prepare` gave for a text before; None where that is not known."""
        return self._kept.get(text)

    @staticmethod
    def effort(text: str) -> int:
        """What it costs to make a text ready that is not known, in fields, by its length."""
        return len(text) // _LETTERS

    def prepare(self, text: str) -> Prepared | tuple[GraphQLError, ...]:
        """The document that a text is, or every error that keeps it from running. Raises NotAQueryError."""
        kept = self._kept.get(text)
        if kept is None:
            kept = self._made(text)
            self._kept.put(text, kept, len(text) + _EACH)
        return kept

    def _made(self, text: str) -> Prepared | tuple[GraphQLError, ...]:
        try:
            document = parse(text, max_tokens=self.settings.max_tokens)
            scale = Scale(self.schema, document, self.weights)
            found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
            _require_queries(found)
            _require_few("definitions", _definitions(document), self.settings.max_definitions)
            for operation in found:
                self._require_measure(scale.weigh(operation))
        except GraphQLError as error:
            return (error.with_traceback(None),)  # it is kept, and would hold the whole parser
        except NotAQueryError:
            raise
        except (QuestionError, RecursionError) as error:
            return (GraphQLError(str(error), original_error=error),)
        errors = validate_document(self.schema, document, self._rules())
        sized = tuple(sorted(scale.sized))
        return tuple(errors) or Prepared(self.schema, document, tuple(found), self.weights, sized)

    def _rules(self) -> tuple[Any, ...]:
        return tuple(specified_rules) + (() if self.settings.introspection else (NoSchemaIntrospectionCustomRule,))

    def _require_measure(self, weight: Weight) -> None:
        limits = self.settings
        if weight.depth > limits.max_depth:
            raise TooDeepError(
                f"the document is nested {weight.depth} fields deep; ask for at most {limits.max_depth}, "
                "or for descendantNodes in one go"
            )
        _require_few("fields", weight.fields, limits.max_fields)
        _require_few("aliases", weight.aliases, limits.max_aliases)
        _require_few("directives", weight.directives, limits.max_directives)


def _require_queries(operations: Sequence[OperationDefinitionNode]) -> None:
    if not operations:
        raise QuestionError(_NONE)
    if any(operation.operation is not OperationType.QUERY for operation in operations):
        raise NotAQueryError


def _definitions(document: DocumentNode) -> int:
    """How many operations and fragments, and how many variables of operations, a document defines."""
    return sum(1 + len(getattr(each, "variable_definitions", None) or ()) for each in document.definitions)


def _require_few(what: str, found: int, limit: int) -> None:
    if found > limit:
        shown = f"{found:,}" if found < 10**9 else "billions of"
        raise TooLargeError(
            f"the document holds {shown} {what}, as often as fragments spread them; at most {limit:,} may be"
        )


def _size(value: Any) -> object:
    """What of a variable decides a size."""
    return ("list", len(value)) if isinstance(value, list) else value if isinstance(value, int) else None
