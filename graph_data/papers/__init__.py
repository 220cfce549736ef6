"""Working papers (审计底稿) of one account, to be read, signed and handed on: `content` says it, `word` and `workbook`
write it. Nothing is worked out here that the checks did not find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph_data.papers.content import Paper, paper_of
from graph_data.papers.word import as_document
from graph_data.papers.workbook import as_workbook

__all__ = ["FORMATS", "Paper", "PaperFormat", "paper_of"]


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """A format of working papers: its content type, and how a paper becomes bytes."""

    media_type: str
    encode: Callable[[Paper], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, PaperFormat] = {
    "docx": PaperFormat(f"{_OFFICE}.wordprocessingml.document", as_document),
    "xlsx": PaperFormat(f"{_OFFICE}.spreadsheetml.sheet", as_workbook),
}
