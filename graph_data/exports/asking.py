"""What an export is asked for: pairs of a name and a text, as an address or a command line gives them.

Two ways to say the same, which may be mixed and must then both hold: `where` is the API's FigureWhere as JSON; a
dotted name is one condition of it, such as functionalSubject.under=208 or amount.gte=100, and a bare name is its eq.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph_data.core.errors import QuestionError
from graph_data.core.terms import Measure
from graph_data.exports.conditions import FIELDS, condition_of, where_of
from graph_data.figures.filters import Where, check_where

MAX_LENGTH = 20_000
_FLAGS = {"true": True, "false": False}
_OWN = ("measure", "includeTotals", "where")
_EXAMPLE = 'where={"functionalSubject": {"under": "208"}}'


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures; everything given must hold. As in the API, printed totals only where they are asked for."""

    measure: Measure | None = None
    include_totals: bool = False
    where: Where | None = None


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
    return Asked(measure, _flag("includeTotals", given.get("includeTotals", "false")), where)


def measure_named(name: str) -> Measure:
    """The measure of this name. Raises QuestionError with all of them."""
    if name not in Measure.__members__:
        raise QuestionError(f"measure: {_shown(name)} is no measure; give one of {', '.join(Measure.__members__)}")
    return Measure[name]


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
