"""Requests that were never asked before, a kind after the other: number n is the same request in every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

_TIMES = 3  # that what is to be kept whole, or compiled, is asked
_DEEP = 40
_MANY = 150


def request(number: int) -> bytes:
    """The bytes of one request."""
    turn, place = divmod(number, len(ROUND))
    kind = ROUND[place]
    body = json.dumps(kind(turn if kind in _BY_TURN else number)).encode()
    head = (
        b"POST /graphql HTTP/1.1\r\nhost: service\r\ncontent-type: application/json\r\n%bcontent-length: %d\r\n\r\n%b"
    )
    return head % (_named(number), len(body), body)


def _named(number: int) -> bytes:
    """Headers: some name an origin, or an encoding, that nobody named before."""
    if number % 50 == 0:
        return b"origin: https://%d.example\r\n" % number
    return b"accept-encoding: gzip, x-%d\r\n" % number if number % 50 == 1 else b""


def _short(n: int) -> dict[str, Any]:
    return {"query": f"query Q{n} {{ dataset {{ version }} }}"}


def _asked_again(n: int) -> dict[str, Any]:
    divisions = "divisions { nodes { name departments(first: 5) { nodes { name } } } }"
    query = f"query Again{n // _TIMES}($n: Int) {{ subjects(first: $n) {{ nodes {{ code }} }} {divisions} }}"
    return {"query": query, "variables": {"n": n % _TIMES + 1}}


def _variables(n: int) -> dict[str, Any]:
    return {"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": f"department:{n}"}}


def _nested_variables(n: int) -> dict[str, Any]:
    query = "query($w: FigureWhere) { figures(measure: EXPENDITURE, where: $w, first: 2) { nodes { id } } }"
    return {"query": query, "variables": {"w": {"fiscalYears": [n]}}}


def _fragments(n: int) -> dict[str, Any]:
    inner = f"fragment b{n} on Division {{ departments(first: {n % 5 + 1}) {{ nodes {{ name }} }} }}"
    outer = f"fragment a{n} on Division {{ name ...b{n} }}"
    return {"query": f"{{ divisions {{ nodes {{ ...a{n} }} }} }} {outer} {inner}"}


def _aliased(n: int) -> dict[str, Any]:
    return {"query": f"{{ a{n}: subjects(first: {n % 60 + 1}) {{ nodes {{ code name children {{ totalCount }} }} }} }}"}


def _searching(n: int) -> dict[str, Any]:
    return {"query": "query($t: String!) { search(text: $t, first: 3) { totalCount } }", "variables": {"t": f"经费{n}"}}


def _unknown_field(n: int) -> dict[str, Any]:
    return {"query": f"{{ dataset {{ nothing{n} }} }}"}


def _unparsable(n: int) -> dict[str, Any]:
    return {"query": f"{{ dataset{n} {{ "}


def _too_deep(n: int) -> dict[str, Any]:
    return {"query": f"query D{n} " + "{ subjects { nodes { children " * _DEEP + "{ totalCount }" + " } } }" * _DEEP}


def _too_many(n: int) -> dict[str, Any]:
    return {"query": "{ " + " ".join(f"a{n}_{each}: __typename" for each in range(_MANY)) + " }"}


def _too_costly(n: int) -> dict[str, Any]:
    inner = (
        "subjects(first: 500) { nodes { children(first: 500) { nodes { children(first: 500) { nodes { id } } } } } }"
    )
    return {"query": f"query C{n} {{ {inner} }}"}


def _registering(n: int) -> dict[str, Any]:
    query = f"query P{n} {{ dataset {{ figures projects }} }}"
    return {"query": query, "extensions": _persisted(query)}


def _registered(n: int) -> dict[str, Any]:
    return {"extensions": _persisted(f"query P{n} {{ dataset {{ figures projects }} }}")}


def _unregistered(n: int) -> dict[str, Any]:
    return {"extensions": _persisted(f"query U{n} {{ nobody }}")}


def _persisted(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}


def _operation(n: int) -> dict[str, Any]:
    return {"query": f"query A {{ __typename }} query B{n} {{ __typename }}", "operationName": f"B{n}"}


Kind = Callable[[int], dict[str, Any]]

_BY_TURN: tuple[Kind, ...] = (_asked_again, _registering, _registered)  # which come once a round, and are asked again
_RARE: tuple[Kind, ...] = (_fragments, _aliased, _too_deep, _too_many, _too_costly, *_BY_TURN)
_CHEAP: tuple[Kind, ...] = (*[_variables] * 4, _searching, _searching, _unparsable, _unregistered)
_USUAL: tuple[Kind, ...] = (_short, _unknown_field, _operation, _nested_variables)
ROUND: tuple[Kind, ...] = tuple(
    kind for place, rare in enumerate(_RARE) for kind in (rare, _USUAL[place % len(_USUAL)], *_CHEAP)
)
