"""Is the document all there? Its own contents say which parts and tables it holds."""

from __future__ import annotations

from collections.abc import Sequence

from graph_data.core import vocabulary as words
from graph_data.reading.layout import Region
from graph_data.reading.layout.regions import RegionKind, statement_form
from graph_data.reading.tally import Tally


def note_absent(regions: Sequence[Region], tally: Tally) -> None:
    """Note what the contents promise and the body lacks: tables by their titles, and the last part."""
    forms = {region.form for region in regions if region.kind is RegionKind.STATEMENT}
    parts = {region.part for region in regions if region.kind is RegionKind.PART}
    contents = [p for region in regions if region.kind is RegionKind.CONTENTS for p in region.paragraphs]
    for paragraph in contents:
        title = words.unnumbered(paragraph.text)
        form = statement_form(title)
        if form is not None and not {form, words.IN_AND_OUT_FORMS.get(form)} & forms:
            tally.absent(title, form, paragraph.place, words.CONTENTS)
    promised = [(match.group(), p) for p in contents if (match := words.PART.match(words.plain(p.text)))]
    for name, paragraph in promised[-1:]:
        if name not in parts:
            tally.absent(words.printed(paragraph.text), None, paragraph.place, words.CONTENTS)
