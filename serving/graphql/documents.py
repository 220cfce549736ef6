"""Documents prepared to run: parsed, measured against the limits, validated, and cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    Source,
    specified_rules,
)
from graphql.language import Lexer, Location, Token, TokenKind
from graphql.language.parser import Parser
from strawberry.schema.schema import validate_document

from graph_data.core.cache import LruCache
from graph_data.core.errors import QuestionError
from schema.guard import TooDeepError, TooLargeError
from serving.graphql.cost import CostAnalysis, Measures
from serving.process.settings import Settings

_SEVERAL = "the document holds several operations; say which one to run as operationName"
_NONE = "the document holds no operation of the name that operationName gives"
_QUERIES_ONLY = "this service answers queries only: it has no mutations and no subscriptions"
_PROFILES = 4  # sizes of variables whose profiles a document has
_SHORT = 1_000  # characters of a document that is cached at once
_ASKED_ONCE = 10_000  # documents of which is known that they were asked once
_OVERHEAD = 16  # characters that a document counts for beside its own
_FIELDS_OF_A_CHARACTER = 100
_NO_TOKEN = Token(TokenKind.SOF, 0, 0, 0, 0)
BYTES_OF_A_CHARACTER = 150  # of memory that a document takes at most for each character it counts


class NotAQueryError(QuestionError):
    """A document with a mutation or a subscription in it."""

    def __init__(self) -> None:
        super().__init__(_QUERIES_ONLY)


@dataclass(slots=True)
class Profile:
    """What an operation asks for, how long it took to answer (the longest of late, in nanoseconds of computing), and
    whether its last answer was a long one; None where it has none."""

    operation: OperationDefinitionNode
    measures: Measures
    usual: int | None = None
    is_long: bool | None = None

    def took(self, nanoseconds: int) -> None:
        """Once more. A long run is forgotten little by little, so that few long ones are taken for short."""
        self.usual = nanoseconds if self.usual is None else max(nanoseconds, self.usual * 7 // 8)


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document that may run: valid, and within every limit but that of cost, which variables decide."""

    schema: GraphQLSchema
    document: DocumentNode
    operations: tuple[OperationDefinitionNode, ...]
    weights: Mapping[str, int]
    sized: tuple[str, ...]
    _profiles: LruCache[tuple[object, ...], Profile] = field(default_factory=lambda: LruCache(_PROFILES))

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation that is meant; QuestionError where that cannot be told."""
        found = [each for each in self.operations if name is None or (each.name and each.name.value == name)]
        if len(found) == 1:
            return found[0]
        raise QuestionError(_SEVERAL if found else _NONE)

    def profile(self, name: str | None, variables: Mapping[str, Any]) -> Profile:
        """What an operation asks for with these variables. QuestionError where no one operation is meant."""
        profile = self.known_profile(name, variables)
        if profile is None:
            operation = self.operation(name)
            analysis = CostAnalysis(self.schema, self.document, self.weights, variables)
            profile = Profile(operation, analysis.measure(operation))
            self._profiles.put(self._key(name, variables), profile)
        return profile

    def known_profile(self, name: str | None, variables: Mapping[str, Any]) -> Profile | None:
        """The same where it is known already: else it takes as long as the document is."""
        return self._profiles.get(self._key(name, variables))

    def _key(self, name: str | None, variables: Mapping[str, Any]) -> tuple[object, ...]:
        return (name, *[(each, _size(variables.get(each, ...))) for each in self.sized])


@dataclass(slots=True)
class DocumentCache:
    """Prepares the documents of one schema, those asked before from memory.

    A document that is not short is cached when it is asked again: what it is parsed to is a hundred times as large, and
    the garbage collector, which stops everything, looks all of it over.
    """

    schema: GraphQLSchema
    settings: Settings
    weights: Mapping[str, int]
    _documents: LruCache[str, PreparedDocument | tuple[GraphQLError, ...]] = field(init=False)
    _asked_once: LruCache[int, bool] = field(default_factory=lambda: LruCache(_ASKED_ONCE))

    def __post_init__(self) -> None:
        self._documents = LruCache(self.settings.document_cache)

    def get(self, text: str) -> PreparedDocument | tuple[GraphQLError, ...] | None:
        """What `prepare` gave for a text before; None where that is not cached."""
        return self._documents.get(text)

    @staticmethod
    def cost(text: str) -> int:
        """What it costs to prepare a text that is not cached, in fields: by its time, a hundred for each character."""
        return _FIELDS_OF_A_CHARACTER * len(text)

    def prepare(self, text: str) -> PreparedDocument | tuple[GraphQLError, ...]:
        """The document that a text is, or every error that keeps it from running. Raises NotAQueryError."""
        document = self._made(text)
        if not isinstance(document, PreparedDocument) or len(text) <= _SHORT or self._asked_once.get(hash(text)):
            self._documents.put(text, document, len(text) + _OVERHEAD)
        else:
            self._asked_once.put(hash(text), True)
        return document

    def _made(self, text: str) -> PreparedDocument | tuple[GraphQLError, ...]:
        try:
            document = _parsed(text, self.settings.max_tokens)
            analysis = CostAnalysis(self.schema, document, self.weights)
            found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
            _require_queries(found)
            _require_few("definitions", _definitions(document), self.settings.max_definitions)
            for operation in found:
                self._require_within_limits(analysis.measure(operation))
        except GraphQLError as error:
            return (_slim(error),)
        except NotAQueryError:
            raise
        except (QuestionError, RecursionError) as error:
            return (GraphQLError(str(error), original_error=error.with_traceback(None)),)
        errors = validate_document(self.schema, document, self._rules())
        sized = tuple(sorted(analysis.sized))
        return tuple(map(_slim, errors)) or PreparedDocument(self.schema, document, tuple(found), self.weights, sized)

    def _rules(self) -> tuple[Any, ...]:
        return tuple(specified_rules) + (() if self.settings.introspection else (NoSchemaIntrospectionCustomRule,))

    def _require_within_limits(self, measures: Measures) -> None:
        limits = self.settings
        if measures.depth > limits.max_depth:
            raise TooDeepError(
                f"the document is nested {measures.depth} fields deep; ask for at most {limits.max_depth}, "
                "or for descendantNodes in one go"
            )
        _require_few("fields", measures.fields, limits.max_fields)
        _require_few("aliases", measures.aliases, limits.max_aliases)
        _require_few("directives", measures.directives, limits.max_directives)


def _parsed(text: str, max_tokens: int) -> DocumentNode:
    """The document of a text, without its tokens.

    They name each other in both directions, and so nothing but a collection of all garbage, which stops everything,
    would free them or what refers to them. Raises GraphQLSyntaxError, also for one that is nested too deeply.
    """
    lexer = Lexer(Source(text))
    try:
        return _TokenlessParser(lexer.source, max_tokens=max_tokens, lexer=lexer).parse_document()
    except RecursionError:
        pass
    finally:
        last = lexer.token
        while last.next is not None:
            last = last.next
        while (before := last.prev) is not None:
            last.prev = before.next = None
            last = before
    raise GraphQLSyntaxError(lexer.source, 0, "Document is nested too deeply. Parsing aborted.")


class _TokenlessParser(Parser):
    """Says of each node where it stands in the text, by numbers alone."""

    def loc(self, start_token: Token) -> Location | None:
        found = super().loc(start_token)
        if found is not None:
            found.start_token = found.end_token = _NO_TOKEN
        return found


def _slim(error: GraphQLError) -> GraphQLError:
    """The same error without the parser and the document that it was found in, for as long as it is cached."""
    if isinstance(error, GraphQLSyntaxError):
        return error.with_traceback(None)
    cause = error.original_error
    return GraphQLError(error.message, None, error.source, error.positions, error.path, cause)


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
    return ("list", len(value)) if isinstance(value, list) else value if isinstance(value, int | float) else None
