"""What a document asks for, found before it is validated or run: depth, fields, aliases, directives and cost.

One pass over the document without recursion, in which each selection is looked at once however often it is spread.
Cost counts the fields to be returned: what lies in a page counts `first` times, as the literal, the variable or the
variable's default gives it, and a usual number of times where `first` is left out or the list takes none. A document
that is not valid is measured as far as it makes sense, so that this can come before validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from graph_data.core.errors import QuestionError
from schema.guard import TooLargeError

CEILING = 10**18  # counts stop here: fragments can make them astronomical
LIST = 5  # items of a list that takes no `first`
PAGE = 10  # items of a page whose `first` is left out: more than most have, and fewer than it may

_Inside = tuple[SelectionSetNode, GraphQLNamedType | None]
LONG_LISTS = {"links": 500}  # lists without `first` that are longer, and how long they may be
FILTERS = {"nameContains": 30_000}  # arguments that have every name looked at, and what that costs
_LONG = 12  # digits of a number that is larger than any page


@dataclass(frozen=True, slots=True)
class Cost:
    """What `extensions.cost` says: what the question costs, what one may cost, and what is left of that."""

    requested: int
    limit: int

    def shown(self) -> dict[str, int]:
        remaining = max(0, self.limit - self.requested)
        return {"requested": self.requested, "limit": self.limit, "remaining": remaining}


@dataclass(frozen=True, slots=True)
class Measures:
    """A selection with its fragments written out. `each` is the cost inside one item of the page that it selects from,
    which only the field that holds the selection knows the length of; `ids` is the longest list of ids given."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    each: int = 0
    ids: int = 0

    def beside(self, other: Measures) -> Measures:
        """Both in one selection."""
        return Measures(
            max(self.depth, other.depth),
            min(CEILING, self.fields + other.fields),
            min(CEILING, self.aliases + other.aliases),
            min(CEILING, self.directives + other.directives),
            min(CEILING, self.cost + other.cost),
            min(CEILING, self.each + other.each),
            max(self.ids, other.ids),
        )


_NOTHING = Measures()


@dataclass(slots=True)
class CostAnalysis:
    """Measures the operations of one document of a schema, with the variables of one request.

    `weights` are the costs of the fields, as Type.field, that cost more than 1; `sized` becomes the variables that
    decided how long a list may be.
    """

    schema: GraphQLSchema
    document: DocumentNode
    weights: Mapping[str, int]
    variables: Mapping[str, Any] = field(default_factory=dict)
    sized: set[str] = field(default_factory=set)
    _measured: dict[int, Measures] = field(default_factory=dict)
    _opened: set[int] = field(default_factory=set)
    _fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    _defaults: dict[str, ValueNode] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = (node for node in self.document.definitions if isinstance(node, FragmentDefinitionNode))
        self._fragments = {node.name.value: node for node in found}

    def measure(self, operation: OperationDefinitionNode) -> Measures:
        """What an operation asks for; what closes a circle of fragments adds nothing, as validation refuses it."""
        self._defaults = {
            each.variable.name.value: each.default_value
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        root: GraphQLNamedType | None = self.schema.get_root_type(operation.operation)
        waiting: list[_Inside] = [(operation.selection_set, root)]
        while waiting:
            selections, parent = waiting[-1]
            if id(selections) not in self._opened:
                self._opened.add(id(selections))
                inner = (self._inside(each, parent) for each in selections.selections)
                waiting += [found for found in inner if found is not None and id(found[0]) not in self._opened]
                continue
            waiting.pop()
            if id(selections) not in self._measured:
                self._measured[id(selections)] = self._sum(selections, parent)
        whole = self._measured[id(operation.selection_set)]
        return whole.beside(Measures(directives=len(operation.directives or ())))

    def _inside(self, selection: SelectionNode, parent: GraphQLNamedType | None) -> _Inside | None:
        """The selections inside a selection and the type that they are of; None where there are none."""
        match selection:
            case FieldNode(selection_set=SelectionSetNode() as inner):
                definition = _definition(parent, selection.name.value)
                return inner, get_named_type(definition.type) if definition is not None else None
            case InlineFragmentNode(type_condition=None):
                return selection.selection_set, parent
            case InlineFragmentNode(type_condition=NamedTypeNode() as condition):
                return selection.selection_set, self.schema.get_type(condition.name.value)
            case FragmentSpreadNode() if selection.name.value in self._fragments:
                fragment = self._fragments[selection.name.value]
                return fragment.selection_set, self.schema.get_type(fragment.type_condition.name.value)
            case _:
                return None

    def _sum(self, selections: SelectionSetNode, parent: GraphQLNamedType | None) -> Measures:
        """Each selection once, but fields of one kind without anything inside together: they may be thousands."""
        total, leaves, aliases, directives = Measures(), 0, 0, 0
        for each in selections.selections:
            directives += len(each.directives or ())
            if isinstance(each, FieldNode) and each.selection_set is None and not each.arguments:
                leaves, aliases = leaves + 1, aliases + (each.alias is not None)
                continue
            inside = self._inside(each, parent)
            inner = self._measured.get(id(inside[0]), _NOTHING) if inside is not None else _NOTHING
            total = total.beside(self._field(each, parent, inner) if isinstance(each, FieldNode) else inner)
        return total.beside(Measures(min(leaves, 1), leaves, aliases, directives, leaves))

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, inner: Measures) -> Measures:
        """A field with what is selected inside it."""
        name = node.name.value
        definition = _definition(parent, name)
        ids = self._ids(node)
        below = min(CEILING, inner.cost + inner.each * self._first(node, definition))
        own = self.weights.get(f"{parent.name}.{name}", 1) if parent is not None else 1
        own += sum(FILTERS.get(each.name.value, 0) for each in node.arguments or ())
        each = 0
        if definition is not None and is_list_type(get_nullable_type(definition.type)):
            if _is_connection(parent):
                below, each = 0, below
            else:
                below *= LONG_LISTS.get(name, LIST) if ids is None else ids
        return Measures(
            inner.depth + 1,
            min(CEILING, inner.fields + 1),
            min(CEILING, inner.aliases + (node.alias is not None)),
            inner.directives,
            min(CEILING, own + below),
            min(CEILING, each),
            max(inner.ids, ids or 0),
        )

    def _first(self, node: FieldNode, definition: GraphQLField | None) -> int:
        """How many items the page may have that begins at a field."""
        argument = definition.args.get("first") if definition is not None else None
        if argument is None:
            return PAGE
        given = next((each.value for each in node.arguments or () if each.name.value == "first"), None)
        first = _whole(self._value(given)) if given is not None else None
        return PAGE if first is None else first

    def _ids(self, node: FieldNode) -> int | None:
        """How many ids a field is asked for; None where it takes none."""
        given = next((each.value for each in node.arguments or () if each.name.value == "ids"), None)
        found = self._value(given) if given is not None else None
        return len(found) if isinstance(found, list) else None

    def _value(self, node: ValueNode) -> Any:
        match node:
            case IntValueNode():
                return int(node.value) if len(node.value) < _LONG else CEILING
            case ListValueNode():
                return list(node.values)
            case FloatValueNode():
                return float(node.value)
            case VariableNode():
                name = node.name.value
                self.sized.add(name)
                default = self._defaults.get(name)
                if name in self.variables or default is None:
                    return self.variables.get(name)
                return self._value(default)
            case _:
                return None


def _whole(value: Any) -> int | None:
    """A number of items as GraphQL reads it, which takes 500.0 for 500; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < CEILING:
        return CEILING if isinstance(value, int | float) and value >= CEILING else None
    return int(value)


def _definition(parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    return parent.fields.get(name) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None


def _is_connection(parent: GraphQLNamedType | None) -> bool:
    return _definition(parent, "pageInfo") is not None


def require_affordable(cost: Cost, measures: Measures, max_ids: int) -> None:
    """Raises TooLargeError for a question that costs more, QuestionError for one with more ids, than one may."""
    if measures.ids > max_ids:
        raise QuestionError(f"{measures.ids:,} ids are asked for at once; give at most {max_ids:,}")
    if cost.requested > cost.limit:
        raise TooLargeError(
            f"the question costs {cost.requested:,}, at most {cost.limit:,} may be; ask for pages such as first: 10"
        )
