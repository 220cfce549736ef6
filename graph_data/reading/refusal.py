"""What is refused, decided before anything else: a document that is no published final account, told by what it is.

Whatever is one is read as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from graph_data.core import vocabulary as words
from graph_data.core.errors import NoAccountError
from graph_data.reading.identity import Title, title_of
from graph_data.reading.layout import Document, Paragraph, Region, Table
from graph_data.reading.layout.asides import set_apart
from graph_data.reading.layout.regions import RegionKind

MANY_BLANKS = 20  # lines with XX, of a template that somebody began to fill in
TOP = 30  # lines in which a document says what it is
LONGEST = 70  # characters of a line that may be a title
JOINED = 3  # lines that a title may take
MANY_ARTICLES = 5  # paragraphs 第N条 that only a law has
RARE = 5  # a budget speaks of budgets so many times as often as of final accounts

_ACCOUNT = "a published final account (部门决算 or 单位决算)"
_READABLE = (RegionKind.STATEMENT, RegionKind.SUMMARY, RegionKind.SHEET)
_ENDS = re.compile(r"[。！？!?…；;)）」”》】]$|^无$")
_OPEN_END = re.compile(r"[，、：,:（(“]$")
LONG_LINE = 30


def refuse_other_kinds(document: Document, regions: Sequence[Region]) -> None:
    """Raise NoAccountError, saying which it is, for a template, a budget, another kind of document, or none known."""
    title = title_of(regions)
    tops = [(text, place) for text, place in _tops(regions)]
    is_read = any(r.kind is RegionKind.REPORT or (r.rows and r.kind in _READABLE) for r in regions)
    _refuse_template(document, tops)
    if is_read:
        return
    _refuse_budget(document, tops, title)
    _refuse_others(document, tops, title)
    if title is None and not any(_speaks_of_accounts(region) for region in regions):
        first = next(iter(tops), ("nothing", document.end))
        place = f"{document.name}, {first[1]}"
        raise NoAccountError(place, f"nothing of a final account; it opens with {first[0][:40]!r}", _ACCOUNT)


def breaks_off(document: Document) -> str | None:
    """How a text breaks off, where it does: its last sentence has no end, or its last row lacks cells."""
    inside, _ = set_apart(document.blocks)
    last = inside[-1] if inside else None
    if isinstance(last, Table) and len(last.rows) > 1 and len(last.rows[-1].cells) < len(last.rows[-2].cells):
        cells, before = len(last.rows[-1].cells), len(last.rows[-2].cells)
        return f"{document.name} breaks off within a row: {cells} cells, the one before has {before}"
    if isinstance(last, Paragraph) and not _ENDS.search(last.text):
        is_open = _OPEN_END.search(last.text) or len(last.text) >= LONG_LINE or "，" in last.text
        return f"{document.name} breaks off within a sentence" if is_open else None
    return None


def _tops(regions: Sequence[Region]) -> Iterator[tuple[str, object]]:
    """The first lines of a document and what they give when joined, in plain form."""
    lines = list(islice(((words.plain(p.text).strip("*#_"), p.place) for p in _paragraphs(regions)), TOP))
    for first, (_, place) in enumerate(lines):
        joined = ""
        for text, _ in lines[first : first + JOINED]:
            joined += text
            if joined and len(joined) <= LONGEST:
                yield joined, place


def _paragraphs(regions: Sequence[Region]) -> Iterator[Paragraph]:
    for region in regions:
        if region.kind is RegionKind.CONTENTS:
            return
        if region.title:
            yield Paragraph(region.title, region.place)
        yield from region.paragraphs


def _refuse_template(document: Document, tops: Sequence[tuple[str, object]]) -> None:
    blanks = [
        b for b in document.blocks if isinstance(b, Paragraph) and words.TEMPLATE.search(b.text.replace("**", ""))
    ]
    own = takewhile(lambda top: not words.OTHER_TITLE.search(top[0]), tops)
    titled = next((place for text, place in own if words.TEMPLATE_TITLE.search(text)), None)
    named = next((p for t, p in tops if words.TEMPLATE.search(t.replace("**", "")) and "决算" in t), None)
    if titled is None and named is None and len(blanks) <= MANY_BLANKS:
        return
    place = titled or named or blanks[0].place
    shown = f"{len(blanks)} lines with {blanks[0].text[:20]!r} and the like" if blanks else "by its title"
    found = f"a blank template (模板): {shown}"
    raise NoAccountError(f"{document.name}, {place}", found, f"{_ACCOUNT} with its figures")


def _refuse_budget(document: Document, tops: Sequence[tuple[str, object]], title: Title | None) -> None:
    budget = next(
        ((text, place) for text, place in tops if words.BUDGET_TITLE.search(text) and "决算" not in text), None
    )
    if budget is None:
        return
    text = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    if title is None or RARE * text.count("决算") < text.count("预算"):
        found = f"a budget (部门预算): {budget[0][:40]!r}"
        raise NoAccountError(f"{document.name}, {budget[1]}", found, _ACCOUNT)


def _refuse_others(document: Document, tops: Sequence[tuple[str, object]], title: Title | None) -> None:
    """A law, a notice, a report of another kind, or the account of a whole government."""
    articles = [b for b in document.blocks if isinstance(b, Paragraph) and words.ARTICLE.match(words.plain(b.text))]
    if len(articles) >= MANY_ARTICLES:
        found = f"a law or regulation: {len(articles)} articles from {articles[0].text[:20]!r} on"
        raise NoAccountError(f"{document.name}, {articles[0].place}", found, _ACCOUNT)
    for text, place in tops:
        if (match := words.OTHER_TITLE.search(text)) is not None:
            raise NoAccountError(
                f"{document.name}, {place}", f"another kind of document ({match['kind']}): {text[:40]!r}", _ACCOUNT
            )
        if words.GOVERNMENT_TITLE.search(text) and not re.search(r"(?:部门|单位)决算", text):
            found = f"the final accounts of a government (财政决算), not of a department: {text[:40]!r}"
            raise NoAccountError(f"{document.name}, {place}", found, _ACCOUNT)
        if title is not None and place == title.place:
            return


def _speaks_of_accounts(region: Region) -> bool:
    """Is a title or a part of the region about final accounts, or a table under one?"""
    texts = (region.title, *(paragraph.text for paragraph in region.paragraphs[:3]))
    return region.kind is not RegionKind.COVER and any("决算" in text or "绩效" in text for text in texts)
