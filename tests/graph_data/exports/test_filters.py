"""Filters of an export are those of the API: the same names, the same figures, a refusal with an example."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from graphql import GraphQLInputObjectType
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.core.errors import QuestionError
from graph_data.exports.asked import asked
from graph_data.lists import FIGURE_FIELDS, FIGURE_OPERATORS, figure_where
from schema import schema
from schema.context import Context
from tests.graph_data.example import example
from tests.graph_data.exports.exporting import rows

WHERES: list[dict[str, Any]] = [
    {},
    {"fiscalYear": {"eq": 2022}},
    {"fiscalYear": {"in": [2021], "lte": 2021, "gte": None}},
    {"division": {"eq": "990100"}},
    {"department": {"in": ["101", "示例市气象服务局"]}},
    {"department": {"under": "division:990100"}, "nature": "PROJECT"},
    {"unit": {"eq": "101002"}},
    {"project": {"eq": "project:990100/101/2022/1"}, "fundSource": "FISCAL_APPROPRIATION"},
    {"functionalSubject": {"under": "208"}},
    {"functionalSubject": {"underAny": ["201", "220"], "level": 3}},
    {"economicSubject": {"under": "302"}},
    {"fund": "GOVERNMENT_MANAGED_FUNDS"},
    {"amount": {"gt": "10", "lte": "60.00"}},
    {"amount": {"gte": 100000, "unit": "YUAN"}},
    {"and": [{"fiscalYear": {"eq": 2022}}, {"not": {"nature": "BASIC"}}]},
    {"or": [{"functionalSubject": {"eq": "2012601"}}, {"amount": {"eq": "12.5"}}]},
    {"or": []},
]
QUERY = "query ($where: FigureWhere) { figures(where: $where, first: 500) { nodes { id } } }"


@pytest.mark.parametrize("where", WHERES, ids=json.dumps)
def test_where_lets_the_same_figures_through_as_the_api(where: dict[str, Any]) -> None:
    result = schema.execute_sync(QUERY, {"where": where}, context_value=Context(example()))
    assert result.errors is None
    assert result.data is not None
    wanted = [node["id"] for node in result.data["figures"]["nodes"]]
    assert [row["id"] for row in rows(example(), "figures", ("where", json.dumps(where)))] == wanted


FIELDS = {field.name: FIGURE_OPERATORS[field.kind] for field in FIGURE_FIELDS}


def of_figures(pairs: list[tuple[str, str]]) -> Any:
    where = asked(pairs, FIGURE_FIELDS, FIGURE_OPERATORS).where
    return None if where is None else figure_where(where)


def test_every_field_of_the_api_s_filters_is_known_here() -> None:
    types = schema._schema.type_map
    where = types["FigureWhere"]
    assert isinstance(where, GraphQLInputObjectType)
    assert set(where.fields) == set(FIELDS) | {"and", "or", "not"}
    for name, field in where.fields.items():
        if name in FIELDS and isinstance(field.type, GraphQLInputObjectType):
            assert set(field.type.fields) == set(FIELDS[name])


@pytest.mark.parametrize(
    ("pairs", "where"),
    [
        ([("fiscalYear", "2022")], {"fiscalYear": {"eq": 2022}}),
        ([("fiscalYear.in", "2021,2022")], {"fiscalYear": {"in": [2021, 2022]}}),
        ([("department", "102")], {"department": {"eq": "102"}}),
        ([("functionalSubject.under", "208")], {"functionalSubject": {"under": "208"}}),
        ([("functionalSubject.level", "3")], {"functionalSubject": {"level": 3}}),
        ([("economicSubject.underAny", "301,302")], {"economicSubject": {"underAny": ["301", "302"]}}),
        ([("amount.gte", "100.50")], {"amount": {"gte": "100.50"}}),
        ([("nature", "PROJECT")], {"nature": "PROJECT"}),
    ],
)
def test_a_dotted_name_is_one_condition_of_the_same_filter(pairs: list[tuple[str, str]], where: dict[str, Any]) -> None:
    assert of_figures(pairs) == figure_where(where)


def test_conditions_and_where_must_all_hold() -> None:
    pairs = [("where", '{"nature": "PROJECT"}'), ("fiscalYear", "2022"), ("amount.gt", "1"), ("amount.lt", "5")]
    others = {"fiscalYear": {"eq": 2022}, "amount": {"gt": "1", "lt": "5"}}
    assert of_figures(pairs) == figure_where({"and": [{"nature": "PROJECT"}, others]})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("measure", "PROFIT", "REVENUE, EXPENDITURE"),
        ("includeTotals", "yes", "includeTotals=true"),
        ("colour", "red", "fiscalYear=2022"),
        ("fiscalYear", "twenty", "fiscalYear=2022"),
        ("fiscalYear.under", "2022", "there are eq, in, gte, lte"),
        ("nature.eq", "BASIC", "there are none"),
        ("nature", "LAVISH", "expected one of BASIC"),
        ("amount.gte", "1e3", "a decimal in plain notation"),
        ("amount.unit", "DOLLAR", "expected one of YUAN"),
        ("where", "{", "not JSON"),
        ("where", "[" * 100_000, "20000"),
        ("where", "[" * 20_000, "not JSON"),
        ("where", "[]", "expected an object"),
        ("where", '{"colour": "red"}', "there are fiscalYear"),
        ("where", '{"amount": {"gt": 1.5}}', "as text"),
        ("where", '{"amount": {"gt": NaN}}', "not JSON"),
        ("where", '{"fiscalYear": {"eq": 99999999999}}', "32 bits"),
        ("where", '{"fiscalYear": {"eq": true}}', "whole number"),
        ("where", '{"department": {"in": "102"}}', "a list"),
        ("where", '{"department": {"eq": 102}}', "expected text"),
        ("where", '{"and": {}}', "expected a list"),
        ("where", '{"department": {"\\ud800": "1"}}', "not JSON"),
        ("where", '{"not":' * 30 + "{}" + "}" * 30, "nested more than 20 deep"),
    ],
)
def test_what_is_no_filter_is_refused_with_what_would_do(name: str, text: str, message: str) -> None:
    with pytest.raises(QuestionError, match=re.escape(message)) as refusal:
        of_figures([(name, text)])
    assert len(str(refusal.value)) < 1_000
    str(refusal.value).encode()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [("department", " ", "an empty code"), ("functionalSubject.level", "9", "levels 1 to 3")],
)
def test_what_cannot_be_looked_up_is_refused_before_the_first_row(name: str, text: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        rows(example(), "figures", (name, text))


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"department\.in=101,102"):
        of_figures([("department", "101"), ("department", "102")])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FIELDS, "and", "or", "not", "x"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
@settings(derandomize=True, max_examples=200)
def test_whatever_is_given_is_a_filter_or_refused(value: Any) -> None:
    try:
        figure_where(value)
    except QuestionError as refusal:
        str(refusal).encode()
