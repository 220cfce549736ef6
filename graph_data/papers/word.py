"""A working paper as .docx, for A4: names and words from documents are only ever text of a run."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from graph_data.checks.wording import Text, word
from graph_data.core.terms import ConclusionKind, Language, Severity
from graph_data.papers.content import Cause, Paper, Quotation, concluded, printable

_BODY, _HEADING, _LATIN = "宋体", "黑体", "Times New Roman"
_COLOURS = {Severity.ERROR: "A61B1B", Severity.WARNING: "8A5A00", Severity.INFO: "44546A"}
_SHADE, _RULE = "E9EDF2", "8C96A3"
_WIDTH = 16.4  # cm between the margins
_ROOM = {Severity.ERROR: 3, Severity.WARNING: 3, Severity.INFO: 1}  # empty lines for the conclusion

_TOGETHER = 450  # characters of a table, or a row, that is not parted by the end of a page

CONTENTS = (
    Text("一、核查结果汇总", "1. Summary"),
    Text("二、核查发现", "2. Findings"),
    Text("三、应公开事项清单", "3. What must be published"),
    Text("四、核查程序执行情况", "4. How each check ended"),
    Text("五、编制说明", "5. How to read this"),
)
COLUMNS = {
    "number": Text("序号", "No."), "severity": Text("程度", "Severity"), "check": Text("核查事项", "Check"),
    "fact": Text("事实", "Fact"), "amount": Text("差额", "Difference"), "materiality": Text("重要性", "Materiality"),
    "conclusion": Text("结论", "Conclusion"), "item": Text("事项", "Item"), "status": Text("公开情况", "Status"),
    "place": Text("出处或说明", "Where"), "basis": Text("依据", "Basis"), "outcome": Text("结果", "Outcome"),
    "found": Text("发现", "Found"), "reason": Text("未作比较的原因", "Why nothing was compared"),
    "difference": Text("差异", "Difference"), "rule": Text("核查规则", "Rule"),
    "quotations": Text("原文", "As printed"),
    "suggestion": Text("建议", "Suggestion"), "note": Text("说明", "Note"), "name": Text("签名", "Name"),
    "date": Text("日期", "Date"),
    "id": Text("编号", "Id"),
}  # fmt: skip
UNQUOTED = Text("另有{}处未列。", "{} more places are not listed.")
UNTOLD = Text("第{}项起仅列于汇总表。", "Causes from no. {} on are in the summary alone.")
NOTHING = Text("未发现问题。", "Nothing was found.")
_SIGNED = Text(
    "编制人：　　　　　　　日期：　　　　　　　复核人：　　　　　　　日期：",
    "Prepared by:                    Date:                    Reviewed by:                    Date:",
)
_TO_SIGN = Text("签名：　　　　　　　　　日期：", "Name:                              Date:")
_EMPTY_BOX, _TICKED = "□", "☑"
_PAGES = Text("第 {} 页　共 {} 页", "Page {} of {}")


def as_document(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx."""
    written = _Document(paper)
    written.cover()
    written.summary()
    written.causes()
    columns = ("item", "status", "place", "basis")
    written.list_of(CONTENTS[2], columns, (4.4, 2.2, 5.0, 4.8), paper.disclosure)
    written.list_of(CONTENTS[3], ("check", "outcome", "found", "reason"), (5.2, 2.2, 2.4, 6.6), paper.checks)
    written.notes()
    return written.saved()


class _Document:
    """A document that is being written, part after part."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self._styles()
        self._page()

    def saved(self) -> bytes:
        told = self.document.core_properties
        told.title, told.subject = printable(self.paper.title), printable(self.paper.account, 200)
        told.author, told.language = "Juesuan", "zh-CN" if self.paper.language is Language.ZH else "en"
        told.created = told.modified = datetime(self.paper.made.year, self.paper.made.month, self.paper.made.day)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def cover(self) -> None:
        self._paragraph("", space=54)
        self._paragraph(self.paper.title, font=_HEADING, size=24, centred=True, space=12)
        self._paragraph(self.paper.account, font=_HEADING, size=15, centred=True, space=30)
        table = self._table((3.6, _WIDTH - 3.6))
        for label, text in self.paper.cover:
            self._row(table, [label, text], labels=1)
        self._paragraph("", space=24)
        self._paragraph(self.paper.say(_SIGNED), space=0)
        self.document.add_page_break()

    def summary(self) -> None:
        self._heading(CONTENTS[0])
        self._paragraph(self.paper.summary)
        if not self.paper.causes:
            return
        names = ("number", "severity", "check", "fact", "amount", "conclusion")
        table = self._table((1.2, 1.4, 3.0, 6.5, 2.6, 1.7), names)
        for cause in self.paper.causes:
            facts = "\n".join(each.fact for each in cause.statements)
            amounts = "\n".join(dict.fromkeys(filter(None, (each.amount for each in cause.statements))))
            ends = "\n".join(dict.fromkeys(self._kind(each.conclusion.kind)
                                           for each in cause.statements if each.conclusion))  # fmt: skip
            cells = self._row(table, [str(cause.number), "", cause.title, facts, amounts, ends])
            self._run(cells[1].paragraphs[0], self._severity(cause), colour=_COLOURS[cause.severity], bold=True)

    def causes(self) -> None:
        self.document.add_page_break()
        self._heading(CONTENTS[1])
        told = [cause for cause in self.paper.causes if cause.quotations or cause.unquoted == 0]
        if not told:
            self._paragraph(self.paper.say(NOTHING))
        for cause in told:
            self._cause(cause)
        if len(told) < len(self.paper.causes):
            self._paragraph(self.paper.say(UNTOLD).format(len(told) + 1))

    def list_of(
        self, heading: Text, names: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]
    ) -> None:
        self._heading(heading)
        table = self._table(widths, names)
        for row in rows:
            self._row(table, row)
        self._paragraph("", space=6)

    def notes(self) -> None:
        self._heading(CONTENTS[4])
        for number, note in enumerate(self.paper.notes, start=1):
            self._paragraph(f"{number}. {note}")

    def _cause(self, cause: Cause) -> None:
        heading = self.document.add_heading(level=2)
        self._run(heading, f"{cause.number}. {cause.title}", font=_HEADING, size=12)
        self._run(heading, f"　{self._severity(cause)}", font=_HEADING, size=10.5, colour=_COLOURS[cause.severity])
        table = self._table((2.2, _WIDTH - 2.2))
        many = len(cause.statements) > 1
        for number, each in enumerate(cause.statements, start=1):
            mark = f" {number}" if many else ""
            self._row(table, [self._label("fact") + mark, each.fact], labels=1)
            self._row(table, [self._label("difference") + mark, each.difference], labels=1)
        self._row(table, [self._label("materiality"), cause.materiality], labels=1)
        self._row(table, [self._label("basis"), cause.basis], labels=1)
        self._row(table, [self._label("rule"), cause.rule], labels=1)
        self._quotations(self._row(table, [self._label("quotations"), ""], labels=1)[1], cause)
        self._row(table, [self._label("suggestion"), cause.suggestion], labels=1)
        self._row(table, [self._label("id"), "\n".join(each.id for each in cause.statements)], labels=1)
        _together(table)
        self._conclusion(self._row(table, [self._label("conclusion"), ""], labels=1)[1], cause)
        self._paragraph("", space=4)

    def _quotations(self, cell: Any, cause: Cause) -> None:
        if sum(len(each.text) for each in cause.quotations) < _TOGETHER:
            _whole(cell._tc.getparent())
        paragraph = cell.paragraphs[0]
        for number, quoted in enumerate(cause.quotations, start=1):
            self._run(paragraph, f"（{number}）{quoted.place}" if self._is_chinese else f"({number}) {quoted.place}",
                      size=9, colour="44546A")  # fmt: skip
            self._quoted(self._next(cell), quoted)
            if number < len(cause.quotations) or cause.unquoted:
                paragraph = self._next(cell)
        if cause.unquoted:
            self._run(paragraph, self.paper.say(UNQUOTED).format(cause.unquoted), size=9)

    def _quoted(self, paragraph: Any, quoted: Quotation) -> None:
        """The words, with the number that is meant in bold."""
        if not quoted.is_kept:
            self._run(paragraph, quoted.text, size=9.5)
            return
        before, marked, after = quoted.text.partition(quoted.marked) if quoted.marked else (quoted.text, "", "")
        opening, closing = ("“", "”")
        self._run(paragraph, opening + before, size=9.5)
        if marked:
            self._run(paragraph, marked, size=9.5, bold=True)
        self._run(paragraph, after + closing, size=9.5)

    def _conclusion(self, cell: Any, cause: Cause) -> None:
        """What was concluded already, or boxes and room to do so."""
        _whole(cell._tc.getparent())
        paragraph = cell.paragraphs[0]
        kinds = {each.conclusion.kind for each in cause.statements if each.conclusion}
        boxes = (f"{_TICKED if kind in kinds else _EMPTY_BOX} {self._kind(kind)}" for kind in ConclusionKind)
        self._run(paragraph, "　　".join(boxes))
        said = dict.fromkeys(each.conclusion for each in cause.statements if each.conclusion)
        for conclusion in said:
            self._run(self._next(cell), "　".join(filter(None, concluded(conclusion, self.paper.language))))
        if not said:
            for _ in range(_ROOM[cause.severity]):
                self._next(cell)
            self._run(self._next(cell), self.paper.say(_TO_SIGN))

    # ---------------------------------------------------------------------------------------- the pieces

    @property
    def _is_chinese(self) -> bool:
        return self.paper.language is Language.ZH

    def _label(self, name: str) -> str:
        return self.paper.say(COLUMNS[name])

    def _severity(self, cause: Cause) -> str:
        return word(cause.severity, self.paper.language)

    def _kind(self, kind: ConclusionKind) -> str:
        return word(kind, self.paper.language)

    def _styles(self) -> None:
        for name, size in (("Normal", 10.5), ("Heading 1", 15), ("Heading 2", 12)):
            style: Any = self.document.styles[name]
            own = _BODY if name == "Normal" else _HEADING
            style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for each in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{each}"), None)
            fonts.set(qn("w:eastAsia"), own)
            style.element.rPr.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))
            style.paragraph_format.space_after = Pt(3)
            if name != "Normal":
                style.paragraph_format.space_before = Pt(10)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm((21 - _WIDTH) / 2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]
        self._run(header, f"{self.paper.title}　{self.paper.account}", size=9, colour="44546A")
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, between, after = self.paper.say(_PAGES).split("{}")
        self._run(footer, before, size=9)
        _field(footer, "PAGE")
        self._run(footer, between, size=9)
        _field(footer, "NUMPAGES")
        self._run(footer, after, size=9)

    def _heading(self, text: Text) -> None:
        self._run(self.document.add_heading(level=1), self.paper.say(text), font=_HEADING, size=15)

    def _paragraph(
        self, text: str, font: str = _BODY, size: float = 10.5, centred: bool = False, space: float = 3
    ) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(space)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, text, font=font, size=size)

    def _next(self, cell: Any) -> Any:
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        return paragraph

    def _run(
        self, paragraph: Any, text: str, font: str = _BODY, size: float = 10.5, bold: bool = False,
        colour: str = "000000",
    ) -> None:  # fmt: skip
        run = paragraph.add_run(printable(text))
        run.font.name, run.font.size, run.font.bold, run.font.color.rgb = _LATIN, Pt(size), bold, _rgb(colour)
        run._element.rPr.rFonts.set(qn("w:eastAsia"), font)

    def _table(self, widths: Sequence[float], names: Sequence[str] = ()) -> Any:
        """A ruled table of columns as wide as given, with headings that every page repeats."""
        table: Any = self.document.add_table(rows=0, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        _ruled(table)
        table.juesuan_widths = widths
        if names:
            cells = self._row(table, [self._label(name) for name in names], labels=len(names))
            _repeated(cells[0]._tc.getparent())
        return table

    def _row(self, table: Any, texts: Sequence[str], labels: int = 0) -> Any:
        """A row; its first `labels` cells are headings. Short rows are kept on one page."""
        row = table.add_row()
        cells = row.cells
        for place, (cell, text, width) in enumerate(zip(cells, texts, table.juesuan_widths, strict=True)):
            cell.width = Cm(width)
            is_label = place < labels
            lines = printable(text).split("\n")
            for number, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if number == 0 else self._next(cell)
                paragraph.paragraph_format.space_after = Pt(2)
                self._run(paragraph, line, font=_HEADING if is_label else _BODY, size=10 if is_label else 9.5)
            if is_label:
                _shaded(cell)
        if all(texts) and sum(map(len, texts)) < _TOGETHER:
            _whole(row._tr)
        return cells


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for each, value in attributes.items():
        element.set(qn(f"w:{each}"), value)
    return element


def _ruled(table: Any) -> None:
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_RULE))
    table._tbl.tblPr.append(borders)


def _shaded(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))


def _repeated(row: Any) -> None:
    row.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _together(table: Any) -> None:
    """Keep a table of few words, with what comes after, on one page."""
    paragraphs = list(table._tbl.iter(qn("w:p")))
    if sum(len(text.text or "") for text in table._tbl.iter(qn("w:t"))) < _TOGETHER:
        for each in paragraphs:
            each.get_or_add_pPr().get_or_add_keepNext()


def _whole(row: Any) -> None:
    row.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def _field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(9)
    add: Callable[[Any], None] = run._element.append
    add(_element("w:fldChar", fldCharType="begin"))
    instruction = _element("w:instrText")
    instruction.text = code
    add(instruction)
    add(_element("w:fldChar", fldCharType="end"))
