"""Is the document all there? Its own contents say which parts and tables it holds, and a text ends with a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph_data.core import vocabulary as words
from graph_data.core.errors import DocumentError
from graph_data.reading.layout import Document, Paragraph, Region, Table
from graph_data.reading.layout.regions import RegionKind, statement_form

_ENDS = re.compile(r"[。！？!?…；;)）」”]$|^无$|^[\d年月日\-—\s]+$")


def refuse_truncated(document: Document, regions: Sequence[Region]) -> None:
    """Raise DocumentError where the contents promise what the body lacks, or the text breaks off."""
    forms = {region.form for region in regions if region.kind is RegionKind.STATEMENT and region.rows}
    parts = {region.part for region in regions if region.kind is RegionKind.PART}
    contents = [p for region in regions if region.kind is RegionKind.CONTENTS for p in region.paragraphs]
    for paragraph in contents:
        form = statement_form(words.plain(paragraph.text))
        if form is not None and form not in forms:
            raise _promised(paragraph, document, f"the table {form.value}, its title and headings")
    promised = [(match.group(), p) for p in contents if (match := words.PART.match(words.plain(p.text)))]
    if promised and promised[-1][0] not in parts:
        raise _promised(promised[-1][1], document, f"its last part, {promised[-1][0]}")
    last = document.blocks[-1]
    if isinstance(last, Table) and len(last.rows) > 1 and len(last.rows[-1].cells) < len(last.rows[-2].cells):
        found = f"the document ends with a row of {len(last.rows[-1].cells)} cells"
        raise DocumentError(str(last.rows[-1].place), found, f"{len(last.rows[-2].cells)}, as in the row before")
    if isinstance(last, Paragraph) and not _ENDS.search(last.text):
        raise DocumentError(str(last.place), f"the document ends with {last.text[-20:]!r}", "the end of a sentence")


def _promised(paragraph: Paragraph, document: Document, expected: str) -> DocumentError:
    found = f"nothing of the kind before the document ends at {document.end}"
    return DocumentError(f"the contents, {paragraph.place}", found, expected)
