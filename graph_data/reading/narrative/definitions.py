"""名词解释: each term with its definition, and the subject that the term names by (类)(款)(项)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph_data.core.records import AccountKey, NarrativeRecord, TermRecord
from graph_data.core.terms import Classification, NarrativeKind
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.subjects import SubjectIndex

_TERM = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[、.])\s*(?P<term>[^:。]{2,80}?)\s*:\s*(?P<definition>.+)$")


def read_definitions(
    passages: Iterable[Passage], account: AccountKey, subjects: SubjectIndex
) -> tuple[tuple[TermRecord, ...], tuple[NarrativeRecord, ...]]:
    """The terms in order, and their definitions in the document's words."""
    terms: list[TermRecord] = []
    definitions: list[NarrativeRecord] = []
    for passage in passages:
        match = _TERM.match(passage.text)
        if match is None:
            continue
        position = len(terms) + 1
        named = subjects.named(match["term"])
        code = named.code if named else None
        classification = Classification.FUNCTIONAL if code else None
        source = passage.source(0, match["term"])
        terms.append(TermRecord(account, position, match["term"], classification, code, source))
        text = re.split(r"[:：]", passage.original, maxsplit=1)[1].strip()
        definitions.append(NarrativeRecord(account, NarrativeKind.DEFINITION, str(position), 1, text, source))
    return tuple(terms), tuple(definitions)
