"""HTML: as an editor publishes it, and as a spreadsheet saves it, with titles inside the table's own first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from tests.made_up.render.merges import Merge, merges_of
from tests.made_up.render.parts import Piece, Table, take_apart

_HEAD = '<!DOCTYPE html>\n<html><head><meta charset="{}"><title>部门决算公开</title>\n<style>{}</style></head>'
_STYLE = "td { border: 1px solid; mso-number-format: General }"
_SCRIPT = "<script>var visits = '12345'; document.title += visits;</script><nav><a href='/'>首页</a></nav>"


def as_page(text: str, charset: str = "utf-8") -> bytes:
    """A published page: headings and paragraphs around tables whose merged headings span rows and columns."""
    return _document(text, charset, _plain_table, "<p>{}</p>")


def as_saved_sheet(text: str, charset: str = "utf-8") -> bytes:
    """A page that a spreadsheet saved: title, 公开01表, 部门, 金额单位 and notes are rows of the tables."""
    return _document(text, charset, _titled_table, "<p class=MsoNormal><span>{}<o:p></o:p></span></p>")


def _document(text: str, charset: str, table: Callable[[Table], Iterator[str]], paragraph: str) -> bytes:
    lines = [_HEAD.format(charset, _STYLE), "<body>", _SCRIPT, "<div class='content'>"]
    for part in take_apart(text):
        if isinstance(part, str):
            lines.append(paragraph.format(escape(part)))
        else:
            lines += table(part)
    lines.append("</div></body></html>\n")
    return "\n".join(lines).encode(charset)


def _plain_table(table: Table) -> Iterator[str]:
    yield f"<h3>{escape(table.title)}</h3>"
    yield from (f"<p>{escape(line)}</p>" for line in table.above)
    for piece in table.pieces:
        yield f"<table border=1><thead>{_rows(piece, 0, piece.headings, '&nbsp;')}</thead>"
        yield f"<tbody>{_rows(piece, piece.headings, len(piece.rows), '&nbsp;')}</tbody></table>"
    yield from (f"<p>{escape(line)}</p>" for line in table.notes)


def _titled_table(table: Table) -> Iterator[str]:
    yield "<table cellspacing=0 x:str>"
    yield f"<colgroup>{'<col width=80>' * table.width}</colgroup>"
    yield from (_across(table, line) for line in (table.title, *table.above[:-2]))
    if len(table.above) > 1:
        left, right = table.above[-2:]
        yield f"<tr><td colspan={table.width - 1}>{escape(left)}</td><td align=right>{escape(right)}</td></tr>"
    elif table.above:
        yield _across(table, table.above[0])
    for piece in table.pieces:
        yield _rows(piece, 0, len(piece.rows), "<br>")
    yield from (_across(table, line) for line in table.notes)
    yield "</table><br clear=all>"


def _across(table: Table, line: str) -> str:
    return f"<tr><td colspan={table.width}><b>{escape(line)}</b></td></tr>"


def _rows(piece: Piece, first: int, last: int, blank: str) -> str:
    merges = merges_of(piece)
    corners = {(merge.row, merge.column): merge for merge in merges}
    hidden = {place for merge in merges for place in merge.covered} - corners.keys()
    return "\n".join(
        f"<tr>{''.join(_cells(piece.rows[row], row, corners, hidden, blank))}</tr>" for row in range(first, last)
    )


def _cells(
    cells: Iterable[str], row: int, corners: dict[tuple[int, int], Merge], hidden: set[tuple[int, int]], blank: str
) -> Iterator[str]:
    for column, cell in enumerate(cells):
        if (row, column) in hidden:
            continue
        merge = corners.get((row, column))
        spans = f" rowspan={merge.rows} colspan={merge.columns}" if merge else ""
        yield f"<td{spans}>{escape(cell) or blank}</td>"
