"""Made-up documents in every kind of file that can be read: each renderer turns the text of one into a file's bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.made_up.render.pdf import as_ruled, as_ruled_across, as_ruled_under_titles, as_unruled
from tests.made_up.render.spreadsheet import as_numbers, as_texts
from tests.made_up.render.web import as_page, as_saved_sheet
from tests.made_up.render.word import as_docx

__all__ = ["LAYOUTS", "Layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay a document out. `keeps_texts`: are numbers there as printed, or only their values?"""

    name: str
    suffix: str
    render: Callable[[str], bytes]
    keeps_texts: bool = True


LAYOUTS: tuple[Layout, ...] = (
    Layout("text", ".txt", str.encode),
    Layout("page", ".html", as_page),
    Layout("page in GBK", ".html", partial(as_page, charset="gbk")),
    Layout("saved sheet", ".html", as_saved_sheet),
    Layout("texts", ".xlsx", as_texts),
    Layout("numbers", ".xlsx", as_numbers, keeps_texts=False),
    Layout("word", ".docx", as_docx),
    Layout("ruled", ".pdf", as_ruled),
    Layout("ruled under titles", ".pdf", as_ruled_under_titles),
    Layout("ruled across", ".pdf", as_ruled_across),
    Layout("unruled", ".pdf", as_unruled),
)
