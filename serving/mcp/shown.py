"""What an assistant is shown of nodes, figures, totals and findings: short, and always with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

import orjson

from graph_data.checks import message, suggestion
from graph_data.core.amount import AmountUnit, in_unit
from graph_data.core.records import (
    AccountKey,
    AccountRecord,
    DocumentRecord,
    IndicatorRecord,
    LineRecord,
    ProjectRecord,
    Source,
    StatementRecord,
    TermRecord,
)
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.figures import Figure
from graph_data.figures.measures import COUNTED_IN
from graph_data.findings import LocatedFinding
from graph_data.graph import DepartmentEntry, EdgeKind, LinkDirection, Node, NodeKind, SubjectEntry, UnitEntry
from graph_data.rollup import Coverage, GroupKey, Rollup
from graph_data.scope import Scope
from resolvers.nodes import ancestors, linked, maybe
from resolvers.paging import Page
from resolvers.search import TYPE_NAMES

Shown: TypeAlias = dict[str, Any]
_SOURCES = 3
_WORDS = {"zh": Language.ZH, "en": Language.EN}
_LOOKED_AT = 50
_LONGEST = 5_900  # characters of an answer, which is to stay under 6,000
_AROUND = 250  # of these what says the version, the page and how to go on


def coverage(counted: int, expected: int) -> Shown:
    return {"counted": counted, "expected": expected, "complete": counted == expected}


def covered(found: Coverage) -> Shown:
    return coverage(found.counted, found.expected) | {"complete": found.complete}


def listed(dataset: Dataset, page: Page[Any], items: Sequence[Shown], told: Shown | None = None) -> Shown:
    """A page of something beside what else is told, as much of it as an answer may be long.

    It says how many are shown of how many and how to go on; of an item that is too long by itself, what was cut.
    """
    told = told or {}
    room = _LONGEST - _length(told) - _AROUND
    held: list[Shown] = []
    for item in (_shortened(each, _LONGEST // 2) for each in items):
        room -= _length(item) + 1
        if held and room < 0:
            break
        held.append(item)
    more = page.start + len(held) < page.total
    answer = {"datasetVersion": dataset.version, "page": {"shown": len(held), "total": page.total}}
    return answer | ({"next": page.cursor(len(held) - 1)} if more and held else {}) | {"items": held} | told


def _length(value: object) -> int:
    return len(orjson.dumps(value).decode())


def _shortened(item: Shown, most: int) -> Shown:
    """An item with its lists and texts cut until it is short enough; `cut` names them, with how long each was."""
    for members, letters in ((20, 1_000), (5, 300), (2, 60)):
        if _length(item) <= most:
            break
        cut = {
            name: len(each)
            for name, each in item.items()
            if (isinstance(each, list) and len(each) > members) or (isinstance(each, str) and len(each) > letters)
        }
        kept = {name: item[name][: members if isinstance(item[name], list) else letters] for name in cut}
        item = item | kept | {"cut": cut | item.get("cut", {})}
    return item


def source(dataset: Dataset, account: AccountKey, found: Source) -> Shown:
    """A place in a document; what is not known of it is left out."""
    places = {name: getattr(found, name) for name in ("section", "page", "line", "row", "column")}
    document = dataset.document_node(account, found.document)
    return {"document": document.id} | {name: place for name, place in places.items() if place is not None}


def node(dataset: Dataset, found: Node) -> Shown:
    """A node with its way from the root and its first sources."""
    way = [each.name for each in ancestors(dataset, found)]
    known = {"code": found.code, "level": found.level or None, "under": way or None}
    return {
        "id": found.id,
        "kind": TYPE_NAMES[found.kind],
        "name": found.name,
        **{name: each for name, each in known.items() if each is not None},
        "sources": _few(dataset, _sources(dataset, found)),
    }


def _few(dataset: Dataset, places: Iterable[tuple[AccountKey, Source]]) -> list[Shown]:
    """The first few places, each once."""
    found: dict[tuple[AccountKey, Source], None] = {}
    for place in places:
        found[place] = None
        if len(found) == _SOURCES:
            break
    return [source(dataset, *place) for place in found]


def _sources(dataset: Dataset, found: Node) -> Iterator[tuple[AccountKey, Source]]:
    """Where the documents speak of a node, the newest first; the whole document for an account or department."""
    record = found.record
    if isinstance(record, DepartmentEntry):
        yield from ((key, Source(None, None, None)) for key in reversed(record.accounts))
    elif isinstance(record, UnitEntry):
        yield from ((each.account, each.source) for each in reversed(record.records))
    elif isinstance(record, SubjectEntry):
        for line in reversed(linked(dataset, found.id, EdgeKind.REPORTED_IN, LinkDirection.OUT)):
            if isinstance(line.record, LineRecord):
                yield line.record.account, line.record.source
    elif isinstance(record, AccountRecord):
        yield record.account, Source(None, None, None)
    elif isinstance(record, DocumentRecord):
        yield record.account, Source(None, None, None, document=record.position)
    elif found.kind is NodeKind.FINDING and (finding := dataset.finding(found.id)) is not None:
        yield from ((finding.account, each) for each in finding.finding.sources)
    elif isinstance(record, ProjectRecord | IndicatorRecord | StatementRecord | LineRecord | TermRecord):
        yield record.account, record.source


def figure(dataset: Dataset, found: Figure) -> Shown:
    """A published number, the names of what it belongs to, and where it stands."""
    nodes = {name: maybe(dataset, getattr(found, name)) for name in ("unit", "project", "subject")}
    members: dict[str, Enum | None] = {
        "nature": found.nature,
        "revenueSource": found.revenue_source,
        "fund": found.fund,
        "fundSource": found.fund_source,
        "threePublicItem": found.item,
        "statement": found.form,
    }
    return {
        "id": found.id,
        "measure": found.measure.name,
        "fiscalYear": found.fiscal_year,
        "department": called(dataset.graph[found.department]),
        **{name: called(each) for name, each in nodes.items() if each is not None},
        **{name: each.name for name, each in members.items() if each is not None},
        **({"money": _money(found.fen)} if found.measure not in COUNTED_IN else {"count": found.fen}),
        "text": found.number.text,
        "amountUnit": found.number.unit,
        "isTotal": found.is_total,
        "source": source(dataset, found.account, found.source),
    }


def called(found: Node) -> Shown:
    """A node by its id, name and code alone."""
    return {"id": found.id, "name": found.name} | ({"code": found.code} if found.code is not None else {})


def _money(fen: int | None) -> Shown | None:
    """An amount, exactly: 万元 as text, and whole 分."""
    return None if fen is None else {"wanYuan": in_unit(fen, AmountUnit.WAN_YUAN), "fen": fen}


def rollup(dataset: Dataset, found: Rollup, scope: Scope, keys: Sequence[GroupKey] = ()) -> Shown:
    """A total beside what the documents print, what it is of and does not say, and where its first figures stand."""
    caveats = scope.caveats_of(found, keys)
    unit = None if scope.measure is None else COUNTED_IN.get(scope.measure)

    def money(fen: int | None) -> Shown | None:
        return _money(fen) if unit is None else None if fen is None else {"count": fen, "unit": unit}

    return {
        "value": money(found.value),
        "basis": found.basis.name,
        "fiscalYear": scope.fiscal_year,
        "caveats": [
            {"code": each.name, "zh": each.text(Language.ZH), "en": each.text(Language.EN)} for each in caveats
        ],
        "derived": money(found.derived),
        "reported": money(found.reported),
        "difference": money(found.difference),
        "consistent": found.consistent,
        "coverage": covered(found.coverage),
        "figures": len(found.figures),
        "sources": _few(dataset, ((each.account, each.source) for each in found.figures[:_LOOKED_AT])),
    }


def finding(dataset: Dataset, found: LocatedFinding) -> Shown:
    """A contradiction, both of its numbers, and where every number involved stands."""
    one = found.finding
    numbers = {name: getattr(one, name) for name in ("reported", "derived", "difference", "tolerance")}
    return {
        "id": found.node.id,
        "check": one.check,
        "severity": one.severity.name,
        "message": message(one),
        "suggestion": suggestion(one),
        **{name: _plain(value) for name, value in numbers.items() if value is not None},
        **({"unit": one.unit} if one.unit is not None else {}),
        "concerns": called(found.concerns) | {"kind": TYPE_NAMES[found.concerns.kind]},
        "sources": [source(dataset, found.account, each) for each in dict.fromkeys(one.sources)],
    }


def _plain(value: Decimal) -> str:
    return f"{value:f}"
