"""A working paper as .docx, for A4: names and words from documents are only ever text of a run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsmap
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from graph_data.checks.wording import Text, word
from graph_data.core.terms import ConclusionKind, Language, Severity
from graph_data.papers.content import MOST_CAUSES, MOST_LISTED, Cause, Paper, Quotation, concluded, printable

_BODY, _HEADING, _LATIN = "宋体", "黑体", "Times New Roman"
_COLOURS = {Severity.ERROR: "A61B1B", Severity.WARNING: "8A5A00", Severity.INFO: "44546A"}
_SHADE, _RULE = "E9EDF2", "8C96A3"
_WIDTH = 164  # mm between the margins
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
UNQUOTED = Text("另有{}处未列。", "{} more are not listed.")
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
    written.list_of(CONTENTS[2], columns, (44, 22, 50, 48), paper.disclosure)
    written.list_of(CONTENTS[3], ("check", "outcome", "found", "reason"), (52, 22, 24, 66), paper.checks)
    written.notes()
    return written.saved()


class _Document:
    """A document that is being written, part after part: widths in mm, sizes of letters in half points."""

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
        self._paragraph(self.paper.title, font=_HEADING, size=48, centred=True, space=12)
        self._paragraph(self.paper.account, font=_HEADING, size=30, centred=True, space=30)
        table = self._table((36, _WIDTH - 36))
        for label, text in self.paper.cover:
            table.row([label, text], labels=1)
        self._paragraph("", space=24)
        self._paragraph(self.paper.say(_SIGNED), space=0)
        self.document.add_page_break()

    def summary(self) -> None:
        self._heading(CONTENTS[0])
        self._paragraph(self.paper.summary)
        if not self.paper.causes:
            return
        names = ("number", "severity", "check", "fact", "amount", "conclusion")
        table = self._table((12, 14, 30, 65, 26, 17), names)
        for cause in self.paper.causes[:MOST_LISTED]:
            facts = "\n".join(each.fact for each in cause.statements)
            amounts = "\n".join(dict.fromkeys(filter(None, (each.amount for each in cause.statements))))
            ends = "\n".join(dict.fromkeys(self._kind(each.conclusion.kind)
                                           for each in cause.statements if each.conclusion))  # fmt: skip
            cells = table.row([str(cause.number), "", cause.title, facts, amounts, ends])
            _run(cells[1][-1], self._severity(cause), size=19, colour=_COLOURS[cause.severity], bold=True)

        if len(self.paper.causes) > MOST_LISTED:
            self._paragraph(self.paper.say(UNQUOTED).format(len(self.paper.causes) - MOST_LISTED))

    def causes(self) -> None:
        self.document.add_page_break()
        self._heading(CONTENTS[1])
        told = self.paper.causes[:MOST_CAUSES]
        if not told:
            self._paragraph(self.paper.say(NOTHING))
        for cause in told:
            self._cause(cause)
        if len(told) < len(self.paper.causes):
            self._paragraph(self.paper.say(UNTOLD).format(len(told) + 1))

    def list_of(
        self, heading: Text, names: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]
    ) -> None:
        self._heading(heading)
        table = self._table(widths, names)
        for row in rows:
            table.row(row)
        self._paragraph("", space=6)

    def notes(self) -> None:
        self._heading(CONTENTS[4])
        for number, note in enumerate(self.paper.notes, start=1):
            self._paragraph(f"{number}. {note}")

    def _cause(self, cause: Cause) -> None:
        heading = self.document.add_heading(level=2)._p
        _run(heading, f"{cause.number}. {cause.title}", font=_HEADING, size=24)
        _run(heading, f"　{self._severity(cause)}", font=_HEADING, size=21, colour=_COLOURS[cause.severity])
        table = self._table((22, _WIDTH - 22))
        many = len(cause.statements) > 1
        for number, each in enumerate(cause.statements, start=1):
            mark = f" {number}" if many else ""
            table.row([self._label("fact") + mark, each.fact], labels=1)
            table.row([self._label("difference") + mark, each.difference], labels=1)
        table.row([self._label("materiality"), cause.materiality], labels=1)
        table.row([self._label("basis"), cause.basis], labels=1)
        table.row([self._label("rule"), cause.rule], labels=1)
        quoted = sum(len(each.text) for each in cause.quotations)
        self._quotations(table.row([self._label("quotations"), ""], 1, is_whole=quoted < _TOGETHER)[1], cause)
        table.row([self._label("suggestion"), cause.suggestion], labels=1)
        table.row([self._label("id"), "\n".join(each.id for each in cause.statements)], labels=1)
        table.keep_together()
        self._conclusion(table.row([self._label("conclusion"), ""], 1, is_whole=True)[1], cause)
        self._paragraph("", space=4)

    def _quotations(self, cell: Any, cause: Cause) -> None:
        paragraph = cell[-1]
        for number, quoted in enumerate(cause.quotations, start=1):
            place = f"（{number}）{quoted.place}" if self._is_chinese else f"({number}) {quoted.place}"
            _run(paragraph, place, size=18, colour="44546A")
            _quoted(_paragraph(cell), quoted)
            if number < len(cause.quotations) or cause.unquoted:
                paragraph = _paragraph(cell)
        if cause.unquoted:
            _run(paragraph, self.paper.say(UNQUOTED).format(cause.unquoted), size=18)

    def _conclusion(self, cell: Any, cause: Cause) -> None:
        """What was concluded already, or boxes and room to do so."""
        kinds = {each.conclusion.kind for each in cause.statements if each.conclusion}
        boxes = (f"{_TICKED if kind in kinds else _EMPTY_BOX} {self._kind(kind)}" for kind in ConclusionKind)
        _run(cell[-1], "　　".join(boxes))
        said = dict.fromkeys(each.conclusion for each in cause.statements if each.conclusion)
        for conclusion in said:
            _run(_paragraph(cell), "　".join(filter(None, concluded(conclusion, self.paper.language))))
        if not said:
            for _ in range(_ROOM[cause.severity]):
                _paragraph(cell)
            _run(_paragraph(cell), self.paper.say(_TO_SIGN))

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
        for name, size in (("Normal", 21), ("Heading 1", 30), ("Heading 2", 24)):
            style = self.document.styles[name]
            own = _BODY if name == "Normal" else _HEADING
            style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(1) * size // 2, RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for each in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(f"{_W}{each}", None)
            fonts.set(f"{_W}eastAsia", own)
            _add(style.element.rPr, "lang", val="en-US", eastAsia="zh-CN")
            style.paragraph_format.space_after = Pt(3)
            if name != "Normal":
                style.paragraph_format.space_before = Pt(10)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - _WIDTH) // 2)
        section.top_margin = section.bottom_margin = Mm(22)
        section.different_first_page_header_footer = True
        _run(section.header.paragraphs[0]._p, f"{self.paper.title}　{self.paper.account}", size=18, colour="44546A")
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, between, after = self.paper.say(_PAGES).split("{}")
        _run(footer._p, before, size=18)
        _field(footer._p, "PAGE")
        _run(footer._p, between, size=18)
        _field(footer._p, "NUMPAGES")
        _run(footer._p, after, size=18)

    def _heading(self, text: Text) -> None:
        _run(self.document.add_heading(level=1)._p, self.paper.say(text), font=_HEADING, size=30)

    def _paragraph(self, text: str, font: str = _BODY, size: int = 21, centred: bool = False, space: int = 3) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(space)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph._p, text, font=font, size=size)

    def _table(self, widths: Sequence[int], names: Sequence[str] = ()) -> _Table:
        table = _Table(self.document, widths)
        if names:
            table.row([self._label(name) for name in names], labels=len(names), is_heading=True)
        return table


class _Table:
    """A ruled table of columns as wide as given. Its XML is made here: by proxies it would take ten times as long."""

    def __init__(self, document: Any, widths: Sequence[int]) -> None:
        table = document.add_table(rows=0, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        self._widths = [width * _TWIPS_IN_254_MM // 254 for width in widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        borders = _add(table._tbl.tblPr, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            _add(borders, side, val="single", sz="4", space="0", color=_RULE)
        self._element = table._tbl

    def row(
        self, texts: Sequence[str], labels: int = 0, is_whole: bool | None = None, is_heading: bool = False
    ) -> list[Any]:
        """A row, and its cells; the first `labels` are headings. A short one stays on one page, or as `is_whole` says;
        one that `is_heading` is on every page."""
        characters = sum(map(len, texts))
        row = _add(self._element, "tr")
        properties = _add(row, "trPr")
        if characters < _TOGETHER if is_whole is None else is_whole:
            _add(properties, "cantSplit")
        if is_heading:
            _add(properties, "tblHeader")
        cells = []
        for place, (text, width) in enumerate(zip(texts, self._widths, strict=True)):
            cell, is_label = _add(row, "tc"), place < labels
            shape = _add(cell, "tcPr")
            _add(shape, "tcW", w=str(width), type="dxa")
            if is_label:
                _add(shape, "shd", val="clear", color="auto", fill=_SHADE)
            for line in printable(text).split("\n"):
                paragraph = _paragraph(cell)
                if line:
                    _run(paragraph, line, _HEADING if is_label else _BODY, 20 if is_label else 19)
            cells.append(cell)
        return cells

    def keep_together(self) -> None:
        """Keep what there is so far, where it is short, with what comes after on one page."""
        if sum(len(words.text) for words in self._element.iter(f"{_W}t")) < _TOGETHER:
            for properties in self._element.iter(f"{_W}pPr"):
                properties.insert(0, properties.makeelement(f"{_W}keepNext"))


_W = f"{{{nsmap['w']}}}"
_TWIPS_IN_254_MM = 14_400


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    return etree.SubElement(parent, _W + tag, {_W + name: value for name, value in attributes.items()})


def _paragraph(cell: Any) -> Any:
    """A new paragraph at the end of a cell."""
    paragraph = _add(cell, "p")
    _add(_add(paragraph, "pPr"), "spacing", after="40")
    return paragraph


def _run(
    paragraph: Any, text: str, font: str = _BODY, size: int = 21, colour: str = "000000", bold: bool = False
) -> None:
    run = _add(paragraph, "r")
    shape = _add(run, "rPr")
    _add(shape, "rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=font)
    _add(shape, "b", val="1" if bold else "0")
    _add(shape, "color", val=colour)
    _add(shape, "sz", val=str(size))
    words = _add(run, "t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = printable(text)


def _quoted(paragraph: Any, quoted: Quotation) -> None:
    """The words, with the number that is meant in bold."""
    if not quoted.is_kept:
        _run(paragraph, quoted.text, size=19)
        return
    before, marked, after = quoted.text.partition(quoted.marked) if quoted.marked else (quoted.text, "", "")
    _run(paragraph, "“" + before, size=19)
    if marked:
        _run(paragraph, marked, size=19, bold=True)
    _run(paragraph, after + "”", size=19)


def _field(paragraph: Any, code: str) -> None:
    run = _add(paragraph, "r")
    _add(_add(run, "rPr"), "sz", val="18")
    _add(run, "fldChar", fldCharType="begin")
    _add(run, "instrText").text = code
    _add(run, "fldChar", fldCharType="end")
