"""What a GraphQL question asks to have exported: a whole list with its `where` and `orderBy`, or an analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import get_argument_values, get_variable_values
from strawberry import Schema
from strawberry.types.arguments import convert_arguments

from graph_data.analysis import AnalysisQuestion
from graph_data.core.errors import QuestionError
from graph_data.dataset import Dataset
from graph_data.exports import ANALYSIS, TABLES, Asked
from graph_data.lists import LISTS
from resolvers.organization import subject_conditions
from schema.analysis import question_of
from schema.lists import mapping_of, order_of

_LISTS = {of.name for of in LISTS}
FIGURES = "figures"
EXPORTED = (*(table.name for table in TABLES if table.name in _LISTS), FIGURES, ANALYSIS)
"""The fields of Query whose answers can be exported whole."""
_MORE = {
    "fiscal_year": ("fiscalYear", "eq"),
    "name_contains": ("name", "contains"),
    "division": ("division", "eq"),
    "department": ("department", "eq"),
    "kind": ("kind", "eq"),
    "achieved": ("achieved", "eq"),
    "level": ("level", "eq"),
    "severity": ("severity", "eq"),
    "check": ("check", "eq"),
}
"""What the arguments of a list that are older than its `where` say: a field and how it is compared."""
_PAGE = ("first", "after")

ANALYZE = """query (
  $measures: [MeasureExpression!]!, $by: [GroupBy!]!, $where: FigureWhere, $having: [AnalysisHaving!],
  $orderBy: [AnalysisOrder!], $topN: TopN, $totals: AnalysisTotals, $acrossYears: Boolean
) {
  analyze(
    measures: $measures, by: $by, where: $where, having: $having, orderBy: $orderBy, topN: $topN, totals: $totals,
    acrossYears: $acrossYears
  ) { fiscalYear }
}"""
"""The question that the arguments of `analyze` are, given as variables."""
ANALYZE_ARGUMENTS = ("measures", "by", "where", "having", "orderBy", "topN", "totals", "acrossYears")


@dataclass(frozen=True, slots=True)
class Exported:
    """What is to be exported: the name of a table with which rows of it, or an analysis."""

    what: str
    asked: Asked | AnalysisQuestion


def exported(
    schema: Schema, dataset: Dataset, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> Exported:
    """What an operation that is valid asks for: the whole of its one field, whatever page and fields it selects.

    Raises QuestionError where it has not one field that can be exported, or variables that are not of their types.
    """
    field = _field(operation)
    core: GraphQLSchema = schema._schema
    values = get_variable_values(core, operation.variable_definitions or (), dict(variables))
    if isinstance(values, list):
        raise QuestionError(values[0].message)
    assert core.query_type is not None
    definition = core.query_type.fields[field.name.value]
    try:
        given = get_argument_values(definition, field, values)
    except GraphQLError as error:
        raise QuestionError(error.message) from error
    own = definition.extensions["strawberry-definition"]
    told = convert_arguments(given, own.arguments, schema.schema_converter.scalar_registry, schema.config)
    what = field.name.value
    return Exported(what, _analysis(told) if what == ANALYSIS else _asked(dataset, what, told))


def _field(operation: OperationDefinitionNode) -> FieldNode:
    selections = operation.selection_set.selections
    field = selections[0] if len(selections) == 1 else None
    if not isinstance(field, FieldNode) or field.name.value not in EXPORTED or field.directives:
        raise QuestionError(f"query: to be exported it asks for exactly one of {', '.join(EXPORTED)}")
    return field


def _analysis(told: dict[str, Any]) -> AnalysisQuestion:
    left_out = {"where": None, "having": None, "order_by": None, "top_n": None}
    given = left_out | {_ARGUMENTS.get(name, name): each for name, each in told.items()}
    return question_of(**given)


_ARGUMENTS = {"totals_": "totals"}


def _asked(dataset: Dataset, what: str, told: dict[str, Any]) -> Asked:
    where = mapping_of(told.pop("where", None))
    if what == FIGURES:
        return Asked(where, (), told.get("measure"), bool(told.get("include_totals")))
    order = tuple(order_of(told.pop("order_by", None)))
    more: dict[str, Any] = {}
    if what == "subjects":
        choice = told.pop("classification_"), told.pop("level", None), told.pop("under", None)
        more = {name: each for name, each in subject_conditions(dataset, *choice).items() if each is not None}
    for name, value in told.items():
        if name not in _PAGE and value is not None:
            field, operator = _MORE[name]
            more[field] = {operator: value}
    conditions = [each for each in (where, more) if each]
    return Asked({"and": conditions} if conditions else None, order)
