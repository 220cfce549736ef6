"""What the document refers to is in it (所称附件是否附上)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import COMPLETE, DISCLOSURE, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.terms import ReadingStatus, Severity

NUMBERED = re.compile(r"附件(?P<number>\d{1,2})(?![\d、.]*\d)")
HEADING = re.compile(r"附件(?P<number>\d{1,2})[^。；]{0,40}")
ATTACHED = re.compile(r"\(附(?!件|表|后)(?P<what>[\u4e00-\u9fff]{4,20})\)")
KEY = 4  # characters at the end of what is said to be attached that its title shares


def examine(book: Book, exam: Examination) -> Examination:
    """Look each attachment up that a passage names."""
    texts = [(note, words.plain(text)) for note, text in book.texts]
    titles = [words.plain(table.title) for table in book.account.read_tables]
    headings = [text for _, text in texts if HEADING.fullmatch(text)] + titles
    there = {match["number"] for text in headings if (match := HEADING.match(text))}
    is_whole = all(table.status in (ReadingStatus.READ, ReadingStatus.IN_PART) for table in book.account.read_tables)
    missing: dict[str, list[int]] = {}
    for place, (_, text) in enumerate(texts):
        if text not in headings:
            for number in {match["number"] for match in NUMBERED.finditer(text)}:
                exam.compared += 1
                if there and number not in there:
                    missing.setdefault(number, []).append(place)
    for number, places in missing.items():
        said = say("number", number=number, there="、".join(f"附件{each}" for each in sorted(there)))
        severity = Severity.WARNING if is_whole else Severity.INFO
        exam.note(severity, said, book.node, tuple(texts[place][0].source for place in places))
    seen = set()
    for note, _ in texts:
        match = ATTACHED.search(words.plain(note.source.section or ""))
        if match is not None and match["what"] not in seen:
            seen.add(match["what"])
            exam.compared += 1
            if not any(match["what"][-KEY:] in title for title in titles):
                exam.note(Severity.INFO, say("attached", what=match["what"]), book.node, (note.source,))
    return exam if exam.compared else exam.not_applicable("文字说明未提及附件", "the text names no attachment")


CHECK = Check(
    id="document.references",
    title=Text("所称附件是否附上", "What the document refers to is in it"),
    rule=Text(
        "文件附有编号附件的，文字所提及编号的附件均已附上（存疑）；标题称附有某内容的，该内容可在文件中找到（提示）。",
        "Where numbered attachments are there, each that the text names is (else doubtful); what a heading says to be "
        "attached can be found (else an observation).",
    ),
    basis=DISCLOSURE,
    cases={
        "number": Case(
            Text(
                "文字说明提及附件{number}，文件中只有{there}",
                "the text names attachment {number}; the document has only {there}",
            ),
            COMPLETE,
        ),
        "attached": Case(
            Text("标题称附有“{what}”，文件中未见", "a heading says that {what} is attached; it is not there"),
            COMPLETE,
        ),
    },
    examine=examine,
)
