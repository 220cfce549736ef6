"""XLSX, a workbook for officials: the rows under Chinese or English headings, and a sheet that says what they are.

Numbers are numbers, codes and all other texts are texts and never formulas. A number of more digits than a spreadsheet
keeps (15) is text, exactly. Nothing is held whole: the sheets grow in files beside, which go when it is written.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from graph_data.core.amount import AmountUnit
from graph_data.core.terms import Language
from graph_data.exports.columns import Column, Kind, Row, chunks

_AT_ONCE = 2048
_PIECE = 1 << 18
_MOST_ROWS = 1_000_000  # of a sheet, which holds 1,048,576
_MOST_CHARACTERS = 32_767  # of a cell
_MOST_DIGITS = 15
_EVERYWHERE = "A1:XFD1048576"
_NARROW, _WIDE = 12, 28
_BETWEEN = "; "
_WAN_YUAN = len(str(AmountUnit.WAN_YUAN.fen)) - 1
_NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPELLED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FLAGS = {Language.ZH: {True: "是", False: "否"}, Language.EN: {True: "yes", False: "no"}}
_SHEETS = {Language.ZH: ("数据", "说明"), Language.EN: ("Data", "About")}
_COLUMN_HEADS = {Language.ZH: ("栏目", "字段", "含义"), Language.EN: ("Heading", "Field", "Meaning")}


@dataclass(frozen=True, slots=True)
class About:
    """What a table is, for who opens it without us: lines of a heading in both languages and a text.

    `bom` is for CSV alone: whether it opens with a byte order mark.
    """

    language: Language = Language.ZH
    notes: tuple[tuple[str, str, str], ...] = ()
    bom: bool = False


PLAIN = About()


def encode_workbook(columns: Sequence[Column], rows: Iterable[Row], about: About = PLAIN) -> Iterator[bytes]:
    """The rows as a workbook; empty pieces while it is made, so that who gives up waiting is noticed."""
    shown = [(at, column) for at, column in enumerate(columns) if column.kind is not Kind.FEN]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.xlsx")
        book = xlsxwriter.Workbook(
            path, {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"created": datetime.combine(datetime.now(UTC).date(), time())})
        try:
            yield from _data(book, shown, rows, about.language)
            _about(book, columns, about)
        finally:
            book.close()
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _data(
    book: xlsxwriter.Workbook, shown: Sequence[tuple[int, Column]], rows: Iterable[Row], language: Language
) -> Iterator[bytes]:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0.00####"})
    writers = [_writer(column, language, money) for _, column in shown]
    name = _SHEETS[language][0]
    sheet, line, number = None, 0, 0
    for chunk in chain([[]], chunks(rows, _AT_ONCE)):
        if sheet is None or line + len(chunk) > _MOST_ROWS:
            number += 1
            sheet, line = book.add_worksheet(name if number == 1 else f"{name} {number}"), 1
            sheet.freeze_panes(1, 0)
            sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
            for at, (_, column) in enumerate(shown):
                sheet.set_column(at, at, _WIDE if column.kind in (Kind.TEXT, Kind.LIST) else _NARROW)
                sheet.write_string(0, at, heading(column, language), bold)
        for row in chunk:
            for at, ((place, _), write) in enumerate(zip(shown, writers, strict=True)):
                if row[place] is not None:
                    write(sheet, line, at, row[place])
            line += 1
        yield b""


def heading(column: Column, language: Language) -> str:
    """预算金额（万元）; Initial budget (万元)."""
    unit = "万元" if column.kind is Kind.MONEY else ""
    if language is Language.ZH:
        term = column.term
        return f"{term}（{unit}）" if unit and unit not in term else term
    words = _SPELLED.sub(" ", column.name.removesuffix("WanYuan") or "amount")
    words = words[:1].upper() + words[1:].lower() if words.isascii() else words
    return f"{words} ({unit})" if unit else words


_Write = Callable[[Worksheet, int, int, Any], None]


def _writer(column: Column, language: Language, money: Any) -> _Write:
    match column.kind:
        case Kind.MONEY:
            return lambda sheet, line, at, fen: _number(sheet, line, at, Decimal(fen).scaleb(-_WAN_YUAN), money)
        case Kind.INTEGER | Kind.DECIMAL | Kind.NUMBER:
            return lambda sheet, line, at, value: _number(sheet, line, at, Decimal(value), None)
        case Kind.FLAG:
            words = _FLAGS[language]
            return lambda sheet, line, at, value: _text(sheet, line, at, words[value])
        case Kind.LIST:
            return lambda sheet, line, at, values: _text(
                sheet, line, at, _BETWEEN.join(_worded(column, each, language) for each in values)
            )
        case _:
            return lambda sheet, line, at, text: _text(sheet, line, at, _worded(column, text, language))


def _worded(column: Column, text: str, language: Language) -> str:
    """The Chinese word of an enumeration's name, in a Chinese workbook."""
    if column.words is None or language is not Language.ZH or text not in column.words.__members__:
        return text
    word = column.words[text].value
    return word if isinstance(word, str) else text


def _number(sheet: Worksheet, line: int, at: int, value: Decimal, form: Any) -> None:
    if len(value.normalize().as_tuple().digits) > _MOST_DIGITS or value.adjusted() > _MOST_DIGITS:
        sheet.write_string(line, at, f"{value:f}")
    else:
        sheet.write_number(line, at, value, form)


def _text(sheet: Worksheet, line: int, at: int, text: str) -> None:
    text = _NOT_PRINTED.sub("", text)
    sheet.write_string(line, at, text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…")


def _about(book: xlsxwriter.Workbook, columns: Sequence[Column], about: About) -> None:
    sheet = book.add_worksheet(_SHEETS[about.language][1])
    sheet.set_column(0, 1, _WIDE)
    bold = book.add_format({"bold": True})
    line = 0
    for chinese, english, text in about.notes:
        sheet.write_string(line, 0, chinese if about.language is Language.ZH else english, bold)
        _text(sheet, line, 1, text)
        line += 1
    line += 1
    for at, head in enumerate(_COLUMN_HEADS[about.language]):
        sheet.write_string(line, at, head, bold)
    for column in columns:
        if column.kind is not Kind.FEN:
            line += 1
            for at, text in enumerate((heading(column, about.language), column.name, column.meaning)):
                _text(sheet, line, at, text)
