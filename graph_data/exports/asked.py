"""What an export is asked for: as an object, as the API's arguments are, or as pairs of a name and a text.

`where` and `orderBy` are those of the API as JSON. In an address or on a command line a dotted name is one condition
of `where`, such as functionalSubject.under=208 or executionRate.lt=80, and a bare name is its eq.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Language, Measure
from graph_data.lists import OPERATORS, Field, Kind, order_of

MAX_LENGTH = 20_000
_SHOWN = 60
_MOST_DEEP = 60
_INTEGER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_FLAGS = {"true": True, "false": False}
_SEVERAL = ("in", "underAny")
ARGUMENTS = ("where", "orderBy", "measure", "includeTotals", "language")
"""What an export takes beside the conditions that an address may hold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows, in which order: `where` as the API takes it. `measure` and `include_totals` are of figures alone.

    `language` is that of words for people.
    """

    where: Mapping[str, Any] | None = None
    order: tuple[tuple[str, bool], ...] = ()
    measure: Measure | None = None
    include_totals: bool = False
    language: Language = Language.ZH

    @property
    def told(self) -> str:
        """The same as one line of JSON, alike for whatever asks the same."""
        given: dict[str, Any] = {"where": self.where or None, "includeTotals": self.include_totals or None}
        if self.order:
            given["orderBy"] = [{"field": name, "direction": "DESC" if down else "ASC"} for name, down in self.order]
        given["measure"] = None if self.measure is None else self.measure.name
        given = {name: each for name, each in given.items() if each is not None}
        return json.dumps(given, ensure_ascii=False, sort_keys=True, default=str)

    def require_plain(self, what: str) -> None:
        """Raises QuestionError where rows that are no figures are asked for what only figures have."""
        if self.measure is not None or self.include_totals:
            raise QuestionError(f"{what}: measure and includeTotals are for figures; leave them out, or export figures")

    def require_unordered(self, what: str) -> None:
        """Raises QuestionError where rows that only have one order are asked for in another."""
        if self.order:
            raise QuestionError(f"{what}: always in the order of the documents; leave orderBy out")


def asked_of(given: Mapping[str, Any]) -> Asked:
    """The question that an object is. Raises QuestionError with an example of what would do."""
    unknown = next((name for name in given if name not in ARGUMENTS), None)
    if unknown is not None:
        raise QuestionError(f"{_shown(unknown)}: no argument of an export; there are {', '.join(ARGUMENTS)}")
    _require_shallow(given)
    told = {name: each for name, each in given.items() if each is not None}
    where, totals = told.get("where"), told.get("includeTotals", False)
    if where is not None and not isinstance(where, Mapping):
        raise QuestionError(f"where: found {str(where)[:_SHOWN]!r}; expected an object, {_EXAMPLE}")
    if not isinstance(totals, bool):
        raise QuestionError(
            f"includeTotals: {_shown(totals)} is neither true nor false; give includeTotals=true or leave it out"
        )
    measure = measure_named(told["measure"]) if "measure" in told else None
    return Asked(where, order_of(told.get("orderBy", [])), measure, totals, _language(told.get("language", "ZH")))


def asked(
    pairs: Iterable[tuple[str, str]], fields: Sequence[Field], operators: Mapping[Kind, tuple[str, ...]] = OPERATORS
) -> Asked:
    """The question that pairs of name and text are, about rows with these fields.

    Raises QuestionError with an example of what would do.
    """
    given: dict[str, Any] = {}
    conditions: dict[str, Any] = {}
    named = {field.name: field for field in fields if not field.hidden}
    seen = set()
    for name, text in pairs:
        if name in seen:
            raise QuestionError(f"{_shown(name)}: given twice; several values go into one, as in department.in=101,102")
        seen.add(name)
        if name in ("where", "orderBy"):
            given[name] = _parsed(name, text)
        elif name == "includeTotals":
            given[name] = _FLAGS.get(text, text)
        elif name in ARGUMENTS:
            given[name] = text
        else:
            _add(conditions, name, text, named, operators)
    if conditions:
        where = given.get("where")
        given["where"] = conditions if where is None else {"and": [where, conditions]}
    return asked_of(given)


def _add(
    conditions: dict[str, Any],
    name: str,
    text: str,
    named: Mapping[str, Field],
    operators: Mapping[Kind, tuple[str, ...]],
) -> None:
    """One condition more, beside others on the same field."""
    name, _, operator = name.partition(".")
    field = named.get(name)
    if field is None:
        known = ", ".join((*ARGUMENTS, *named))
        raise QuestionError(f"{_shown(name)}: nothing to filter by; there are {known}; such as fiscalYear=2022")
    possible = operators[field.kind]
    if not possible and not operator:
        conditions[name] = text
        return
    operator = operator or "eq"
    if operator not in possible:
        raise QuestionError(f"{name}: no operator {_shown(operator)}; there are {', '.join(possible) or 'none'}")
    values = [_value(field, operator, each) for each in (text.split(",") if operator in _SEVERAL else [text])]
    conditions.setdefault(name, {})[operator] = values if operator in _SEVERAL else values[0]


def _value(field: Field, operator: str, text: str) -> str | int | bool:
    if operator == "isNull" or field.kind is Kind.FLAG:
        if text not in _FLAGS:
            raise QuestionError(f"{field.name}: {_shown(text)} is neither true nor false")
        return _FLAGS[text]
    if operator == "level" or field.kind in (Kind.YEAR, Kind.INTEGER):
        if not _INTEGER.fullmatch(text):
            raise QuestionError(f"{field.name}: {_shown(text)} is no whole number; give one such as {field.name}=2022")
        return int(text)
    return text


def measure_named(name: Any) -> Measure:
    """The measure of this name. Raises QuestionError with all of them."""
    if not isinstance(name, str) or name not in Measure.__members__:
        raise QuestionError(f"measure: {_shown(name)} is no measure; give one of {', '.join(Measure.__members__)}")
    return Measure[name]


def _language(text: Any) -> Language:
    if not isinstance(text, str) or text.upper() not in Language.__members__:
        raise QuestionError(f"language: {_shown(text)} is no language; give one of {', '.join(Language.__members__)}")
    return Language[text.upper()]


_EXAMPLE = 'such as where={"functionalSubject": {"under": "208"}}'
_EXAMPLES = {"where": _EXAMPLE, "orderBy": 'such as orderBy=[{"field": "EXECUTION_RATE"}]'}


def _parsed(name: str, text: str) -> Any:
    """JSON of the API; its decimals as strings, since a JSON number may have been rounded."""
    if len(text) > MAX_LENGTH:
        raise QuestionError(f"{name}: {len(text)} characters; expected at most {MAX_LENGTH}")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise QuestionError(f"{name}: not JSON; give it as the API takes it, {_EXAMPLES[name]}") from error


def _require_shallow(value: Any) -> None:
    """Raises QuestionError where an object is nested so deeply that nothing which goes into it could be told."""
    level = [value]
    for _ in range(_MOST_DEEP):
        inner = [each.values() if isinstance(each, Mapping) else each for each in level]
        level = [each for some in inner for each in some if isinstance(each, Mapping | list)]
        if not level:
            return
    raise QuestionError(f"where: nested more than {_MOST_DEEP} deep; ask with fewer levels of and, or, not")


def _shown(text: Any) -> str:
    return repr(str(text)[:_SHOWN])
