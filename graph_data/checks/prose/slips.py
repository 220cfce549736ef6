"""Slips of the pen in the text (文字疏漏)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import DISCLOSURE, Case, Check, Text, say
from graph_data.core.terms import Severity

CORRECT = Text("核对并更正文字。", "Check the words and correct them.")
HAN = "\u4e00-\u9fff"
OTHER_SCRIPT = (
    "職業喪費務區國產業資產總預決辦關機構應當員財稅據實際項標準與對從為導辦經濟們個這會議發處報運營繳納醫療險險養"
)
SIMPLE = "应当"  # written alike in both scripts
SLIPS = {
    "twice": re.compile(rf"(?P<words>[{HAN}]{{3,10}})(?P=words)"),
    "foreign": re.compile(rf"(?<=[{HAN}])(?P<words>and|or|of|the|with)(?=[{HAN}])"),
    "script": re.compile(f"(?P<words>[{OTHER_SCRIPT}]+)"),
    "no-unit": re.compile(r"(?P<words>(?:增长|下降|上升|提高|降低)\d+(?:\.\d+)?)(?=[。，,；;])"),
    "no-yuan": re.compile(r"(?P<words>\d+(?:\.\d+)?万)(?=[（(。，,；;、])"),
}
LONG, SHOWN = 20, 12  # letters of a paragraph that is told where it stands twice over, and how many of it are shown
OPENING, CLOSING = "（(", "）)"


def examine(book: Book, exam: Examination) -> Examination:
    """Look for each kind of slip, once a passage."""
    before = ""
    for note, text in book.texts:
        exam.compared += 1
        if text == before and len(text) >= LONG and any(map(str.isdigit, text)):
            exam.note(Severity.INFO, say("paragraph", words=text[:SHOWN]), book.node, (note.source,))
        before = text
        for case, pattern in SLIPS.items():
            match = pattern.search(text)
            if match is not None:
                exam.note(Severity.INFO, say(case, words=match["words"]), book.node, (note.source,))
        opened, closed = (sum(map(text.count, marks)) for marks in (OPENING, CLOSING))
        if opened > closed and text.endswith(("。", "；")):
            exam.note(Severity.INFO, say("open"), book.node, (note.source,))
    return exam.or_insufficient("未保留本文件的文字", "the document's words are not kept")


CHECK = Check(
    id="prose.slips",
    title=Text("文字疏漏", "Slips of the pen in the text"),
    rule=Text(
        "公开文字没有重复的词语和段落、夹杂的外文或异体文字、没有单位的增减率、缺“元”的金额、未闭合的括号。均仅作提示。",
        "The published words hold no phrase or paragraph printed twice over, no word of another language or script, no "
        "rate of change without its unit, no amount without its 元, no bracket left open. All are observations.",
    ),
    basis=DISCLOSURE,
    cases={
        "twice": Case(Text("文字说明中“{words}”重复", "the text prints {words} twice over"), CORRECT),
        "paragraph": Case(
            Text("文字说明中“{words}……”一段连续出现两次", "the paragraph “{words}…” stands twice over"), CORRECT
        ),
        "foreign": Case(
            Text("文字说明中夹有外文“{words}”", "the text holds a word of another language: {words}"), CORRECT
        ),
        "script": Case(
            Text("文字说明中夹有繁体字“{words}”", "the text holds characters of another script: {words}"), CORRECT
        ),
        "no-unit": Case(Text("文字说明中“{words}”之后没有单位", "the text gives no unit after {words}"), CORRECT),
        "no-yuan": Case(Text("文字说明中金额“{words}”缺“元”", "the text gives {words} without 元"), CORRECT),
        "open": Case(Text("文字说明中有未闭合的括号", "the text leaves a bracket open"), CORRECT),
    },
    examine=examine,
)
