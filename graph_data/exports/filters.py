"""What an export is asked for: pairs of a name and a text, as an address or a command line gives them.

Two ways to say the same, which may be mixed and must then both hold: `where` is the API's FigureWhere as JSON, with the
same names, the same rules, and an example in every refusal; a dotted name is one condition of it, such as
functionalSubject.under=208 or amount.gte=100, and a bare name is its eq.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias, TypeVar

from graph_data.core.amount import AmountUnit
from graph_data.core.errors import QuestionError
from graph_data.core.terms import (
    ExpenditureNature,
    Fund,
    FundSource,
    Language,
    Measure,
    RevenueSource,
    ThreePublicItemKind,
)
from graph_data.figures.filters import MAX_DEPTH, AmountFilter, TreeFilter, Where, YearFilter, check_where

MAX_DIGITS = 40
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_INTEGER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_LARGEST = 2**31
_EXAMPLES = {
    "fiscalYear": '{"fiscalYear": {"gte": 2021}}',
    "division": '{"division": {"eq": "370300"}}',
    "department": '{"department": {"in": ["101", "102"]}}',
    "unit": '{"unit": {"eq": "102004"}}',
    "project": '{"project": {"eq": "project:370300/102/2022/9"}}',
    "functionalSubject": '{"functionalSubject": {"under": "208"}}',
    "economicSubject": '{"economicSubject": {"under": "302"}}',
    "nature": '{"nature": "PROJECT"}',
    "revenueSource": '{"revenueSource": "OTHER"}',
    "threePublicItem": '{"threePublicItem": "OFFICIAL_HOSPITALITY"}',
    "fund": '{"fund": "GENERAL_PUBLIC_BUDGET"}',
    "fundSource": '{"fundSource": "FISCAL_APPROPRIATION"}',
    "amount": '{"amount": {"gte": "100.50", "unit": "WAN_YUAN"}}',
    "and": '{"and": [{"nature": "PROJECT"}]}',
    "or": '{"or": [{"nature": "PROJECT"}]}',
    "not": '{"not": {"nature": "PROJECT"}}',
}
_CHOICES: Mapping[str, type[Enum]] = {
    "nature": ExpenditureNature,
    "revenueSource": RevenueSource,
    "fund": Fund,
    "fundSource": FundSource,
    "threePublicItem": ThreePublicItemKind,
}
_TREE = {"eq": "eq", "in": "any_of", "under": "under", "underAny": "under_any", "level": "level"}
_YEAR = {"eq": "eq", "in": "any_of", "gte": "gte", "lte": "lte"}
_AMOUNT = {name: name for name in ("eq", "gt", "gte", "lt", "lte", "unit")}
FIELDS: Mapping[str, Mapping[str, str]] = {
    "fiscalYear": _YEAR,
    **dict.fromkeys(("division", "department", "unit", "project", "functionalSubject", "economicSubject"), _TREE),
    **{name: {} for name in _CHOICES},
    "amount": _AMOUNT,
}
_LISTS = ("in", "underAny")
_Value = TypeVar("_Value")
_Reader: TypeAlias = Callable[[str, Any], Any]


def where_of(value: Any, depth: int = 0) -> Where:
    """The filter that a FigureWhere is. Raises QuestionError for anything that the API would not take."""
    if depth > MAX_DEPTH:
        raise QuestionError(f"where: nested more than {MAX_DEPTH} deep; ask with fewer levels of and, or, not")
    fields = {name: each for name, each in _object(value, "where", "fiscalYear").items() if each is not None}
    unknown = sorted(set(fields) - set(_EXAMPLES))
    if unknown:
        known = ", ".join(_EXAMPLES)
        raise QuestionError(f"where: {unknown[0][:60]!r} is no field; there are {known}; {_such('fiscalYear')}")
    return Where(
        all_of=_several(fields, "and", depth) or (),
        any_of=_several(fields, "or", depth),
        negated=where_of(fields["not"], depth + 1) if "not" in fields else None,
        **{_snake(name): _reader(name)(name, fields[name]) for name in FIELDS if name in fields},
    )


def condition_of(field: str, operator: str, text: str) -> Any:
    """What FigureWhere holds under a field for one condition written as text; lists are separated by commas."""
    operators = FIELDS[field]
    if not operators and not operator:
        return text
    name = operator or "eq"
    if name not in operators:
        raise _no_operator(field, name)
    values: list[Any] = text.split(",") if name in _LISTS else [text]
    if field == "fiscalYear" or name == "level":
        values = [_whole(field, each) for each in values]
    return {name: values if name in _LISTS else values[0]}


def _several(fields: Mapping[str, Any], name: str, depth: int) -> tuple[Where, ...] | None:
    if name not in fields:
        return None
    if not isinstance(fields[name], list):
        raise _refusal(name, fields[name], "a list of filters")
    return tuple(where_of(each, depth + 1) for each in fields[name])


def _reader(name: str) -> _Reader:
    if name in _CHOICES:
        return _choice
    return {"fiscalYear": _years, "amount": _amounts}.get(name, _tree)


def _tree(name: str, value: Any) -> TreeFilter:
    readers = {"any_of": _texts, "under_any": _texts, "level": _integer}
    return TreeFilter(**_given(name, value, _TREE, readers, _text))


def _years(name: str, value: Any) -> YearFilter:
    return YearFilter(**_given(name, value, _YEAR, {"any_of": _integers}, _integer))


def _amounts(name: str, value: Any) -> AmountFilter:
    return AmountFilter(**_given(name, value, _AMOUNT, {"unit": _unit}, _decimal))


def _given(
    name: str, value: Any, operators: Mapping[str, str], readers: Mapping[str, _Reader], other: _Reader
) -> dict[str, Any]:
    """What a filter holds, by our own names of its operators; null is as good as nothing."""
    found = _object(value, name, name)
    for operator in found:
        if operator not in operators:
            raise _no_operator(name, operator)
    given = {operators[operator]: each for operator, each in found.items() if each is not None}
    return {field: readers.get(field, other)(name, each) for field, each in given.items()}


def _no_operator(name: str, operator: str) -> QuestionError:
    there = ", ".join(FIELDS[name]) or "none"
    return QuestionError(f"{name}: no operator {operator[:60]!r}; there are {there}; {_such(name)}")


def _object(value: Any, name: str, example: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _refusal(example, value, "an object", name)
    return value


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _refusal(name, value, "text")
    return value


def _integer(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value < _LARGEST:
        raise _refusal(name, value, "a whole number of at most 32 bits")
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    return _all(name, value, _text)


def _integers(name: str, value: Any) -> tuple[int, ...]:
    return _all(name, value, _integer)


def _all(name: str, value: Any, read: Callable[[str, Any], _Value]) -> tuple[_Value, ...]:
    if not isinstance(value, list):
        raise _refusal(name, value, "a list")
    return tuple(read(name, each) for each in value)


def _decimal(name: str, value: Any) -> Decimal:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > MAX_DIGITS or not _DECIMAL.fullmatch(text):
        raise _refusal(name, value, f"a decimal in plain notation of at most {MAX_DIGITS} characters, as text")
    return Decimal(text)


def _unit(name: str, value: Any) -> Any:
    return _member(name, value, AmountUnit)


def _choice(name: str, value: Any) -> Any:
    return _member(name, value, _CHOICES[name])


def _member(name: str, value: Any, kind: type[Enum]) -> Enum:
    if not isinstance(value, str) or value not in kind.__members__:
        raise _refusal(name, value, f"one of {', '.join(kind.__members__)}")
    return kind[value]


def _whole(field: str, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise QuestionError(f"{field}: {text[:60]!r} is no whole number; give one such as {field}=2022")
    return int(text)


def _refusal(name: str, value: Any, expected: str, place: str = "") -> QuestionError:
    return QuestionError(f"{place or name}: found {str(value)[:60]!r}; expected {expected}, {_such(name)}")


def _such(name: str) -> str:
    return f"such as where={_EXAMPLES[name]}"


def _snake(name: str) -> str:
    """fiscalYear → fiscal_year"""
    if name == "threePublicItem":
        return "item"
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


MAX_LENGTH = 20_000
_FLAGS = {"true": True, "false": False}
_OWN = ("measure", "includeTotals", "acrossYears", "where", "language")
_EXAMPLE = 'where={"functionalSubject": {"under": "208"}}'


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures; everything given must hold. As in the API, printed totals only where they are asked for, and sums
    of several years only with `across_years`. `language` is that of words for people.
    """

    measure: Measure | None = None
    include_totals: bool = False
    where: Where | None = None
    language: Language = Language.ZH
    across_years: bool = False


def asked(pairs: Iterable[tuple[str, str]]) -> Asked:
    """The question that pairs of name and text are. Raises QuestionError with an example of what would do."""
    given: dict[str, str] = {}
    for name, text in pairs:
        if name in given:
            raise QuestionError(f"{_shown(name)}: given twice; several values go into one, as in department.in=101,102")
        given[name] = text
    wheres = [_parsed(given["where"])] if "where" in given else []
    wheres += [_condition(name, text) for name, text in given.items() if name not in _OWN]
    where = wheres[0] if len(wheres) == 1 else Where(all_of=tuple(wheres)) if wheres else None
    measure = measure_named(given["measure"]) if "measure" in given else None
    if where is not None:
        check_where(measure, where)
    totals, across = (_flag(name, given.get(name, "false")) for name in ("includeTotals", "acrossYears"))
    return Asked(measure, totals, where, _language(given.get("language", "ZH")), across)


def measure_named(name: str) -> Measure:
    """The measure of this name. Raises QuestionError with all of them."""
    if name not in Measure.__members__:
        raise QuestionError(f"measure: {_shown(name)} is no measure; give one of {', '.join(Measure.__members__)}")
    return Measure[name]


def _language(text: str) -> Language:
    if text.upper() not in Language.__members__:
        raise QuestionError(f"language: {_shown(text)} is no language; give one of {', '.join(Language.__members__)}")
    return Language[text.upper()]


def _flag(name: str, text: str) -> bool:
    if text not in _FLAGS:
        raise QuestionError(f"{name}: {_shown(text)} is neither true nor false; give {name}=true or leave it out")
    return _FLAGS[text]


def _parsed(text: str) -> Where:
    """A FigureWhere written as JSON; its decimals as strings, since a JSON number may have been rounded."""
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"where: {len(text)} characters; expected at most {MAX_LENGTH}")
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"where: not JSON; give a FigureWhere, such as {_EXAMPLE}") from error
    return where_of(value)


def _condition(name: str, text: str) -> Where:
    field, _, operator = name.partition(".")
    if field not in FIELDS:
        known = ", ".join((*_OWN, *FIELDS))
        raise QuestionError(f"{_shown(name)}: no filter of an export; there are {known}; such as fiscalYear=2022")
    return where_of({field: condition_of(field, operator, text)})


def _shown(text: str) -> str:
    return repr(text[:60])
