"""部门概况: the duties and the subordinate units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph_data import vocabulary as words
from graph_data.reading.narrative.passages import Passage
from graph_data.records import AccountKey, NarrativeRecord, Source
from graph_data.terms import NarrativeKind

_ITEM = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[-•·]?\d{1,2}[、.]|[-•·])\s*")


def read_duties(passages: Iterable[Passage], account: AccountKey) -> tuple[NarrativeRecord, ...]:
    """The numbered duties under the heading of 职责 or 职能."""
    duties: list[NarrativeRecord] = []
    for passage in passages:
        if words.DUTIES.search(passage.heading) and _ITEM.match(passage.text):
            text = re.sub(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|\d{1,2}[、.．])\s*", "", passage.original)
            source = passage.source(0)
            duties.append(NarrativeRecord(account, NarrativeKind.DUTY, "", len(duties) + 1, text, source))
    return tuple(duties)


def read_units(passages: Iterable[Passage]) -> tuple[tuple[str, Source], ...]:
    """The names of the units listed under the heading of 机构设置 or 单位构成."""
    return tuple(
        (_ITEM.sub("", _ITEM.sub("", passage.text)).rstrip(";。,"), passage.source(0))
        for passage in passages
        if words.UNITS.search(passage.heading) and _ITEM.match(passage.text) and len(passage.text) < 60
    )
