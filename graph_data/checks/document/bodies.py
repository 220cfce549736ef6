"""The body and the year that the document speaks of are its own (单位名称和年度)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.places import printed_for
from graph_data.checks.wording import DISCLOSURE, Case, Check, Text, say
from graph_data.core.records import Source
from graph_data.core.terms import Content, Role, Severity, Topic

CORRECT = Text("核对单位名称和年度并更正。", "Check the name and the year, and correct them.")
HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+部分)?(?:(?P<first>20\d\d)年度?)?(?P<name>[\u4e00-\u9fff（）()]{4,40}?)"
    r"(?:(?P<year>20\d\d)年度?)?(?:部门|单位)决算(?P<what>报?表|公开|情况说明|公开情况说明)?"
)
WHOLE_NAME = re.compile(r"(?:中共)?[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|区|县|自治州|盟|旗)[\u4e00-\u9fff]{2,}")
OPENING = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?(?P<year>20\d\d)年度?")
COMPARED = re.compile(r"(?:与|比|较)(?P<year>20\d\d)年度?(?:决算数?|支出|收入)?(?:相比|持平|增加|减少)")
LONG = 8
COUNTED = set("一二三四五六七八九十东西南北中上下前后甲乙丙丁大小老新正副")


def examine(book: Book, exam: Examination) -> Examination:
    """Look at the headings, at the dates of stocks, and for the body's own name misspelt."""
    account = book.account.department
    own = [account.department_name, account.title, account.superior or "", *(unit.name for unit in book.account.units)]
    names, year = [_plain(name) for name in own if name], str(book.account.key.fiscal_year)
    for source, text in _headings(book):
        match = HEADING.fullmatch(text)
        if match is None:
            continue
        exam.compared += 1
        name, stated = _plain(match["name"]), match["first"] or match["year"]
        if WHOLE_NAME.fullmatch(name) and not any(name in each or each in name for each in names):
            said = say("body", name=match["name"], own=account.department_name)
            exam.note(Severity.WARNING, said, book.node, (source,))
        if stated is not None and stated != year:
            exam.note(Severity.WARNING, say("year", stated=stated, year=year), book.node, (source,))
    _look_at_dates(book, exam, year)
    _look_at_passages(book, exam, year)
    _look_for_misspellings(book, exam, names)
    return exam.or_insufficient("未保留本文件的文字", "the document's words are not kept")


def _headings(book: Book) -> list[tuple[Source, str]]:
    """The headings of parts, and the lines that say of what they are headings (决算表, 决算情况说明)."""
    lines = [(note.source, text) for note, text in book.texts if (found := HEADING.fullmatch(text)) and found["what"]]
    places = {(source.page, source.line) for source, _ in lines}
    parts = [(part.source, re.sub(r"\s", "", part.title)) for part in book.account.read_tables
             if part.content is Content.PROSE and part.title.startswith("第")]  # fmt: skip
    return lines + [(source, text) for source, text in parts if (source.page, source.line) not in places]


def _plain(name: str) -> str:
    return re.sub(r"[（(].*?[）)]|\s", "", name)


def _look_at_dates(book: Book, exam: Examination, year: str) -> None:
    """Stocks that are all stated of the end of an earlier year."""
    for topic in (Topic.STATE_ASSETS, Topic.THREE_PUBLIC):
        dated = [fact for fact in book.facts(topic, role=Role.COUNT) if fact.as_of]
        if dated:
            exam.compared += 1
            if all((fact.as_of or "")[:4] < year for fact in dated):
                said = say("date", date=dated[0].as_of, year=year)
                exam.note(Severity.WARNING, said, book.node, (dated[0].source,))


def _look_at_passages(book: Book, exam: Examination, year: str) -> None:
    """Passages that call this year's amounts another year's, and that compare this year with itself."""
    others = [
        (note.source, opening["year"])
        for note, text in book.texts
        if (opening := OPENING.match(text)) and opening["year"] != year and f"{year}年" not in text
    ]
    exam.compared += len(others)
    placed = _placed(book) if others else frozenset()
    for source, stated in others:
        if (source.page, source.line) in placed:
            exam.note(Severity.WARNING, say("passage", stated=stated, year=year), book.node, (source,))
    compared = [(note.source, match["year"]) for note, text in book.texts for match in COMPARED.finditer(text)]
    if any(int(stated) == int(year) - 1 for _, stated in compared):
        for source in dict.fromkeys(source for source, stated in compared if stated == year):
            exam.note(Severity.WARNING, say("compared", year=year), book.node, (source,))


def _placed(book: Book) -> frozenset[tuple[int | None, int | None]]:
    """The pages and lines of the text that state an amount of this year's tables."""
    pairs = ((fact, printed_for(book, fact)) for fact in book.stated if fact.number.fen)
    return frozenset(
        (fact.source.page, fact.source.line)
        for fact, cell in pairs
        if cell is not None and cell.number.fen == fact.number.fen
    )


def _look_for_misspellings(book: Book, exam: Examination, names: list[str]) -> None:
    """Places that print the name but for one character: one of its halves is there, and the other nearly."""
    own, half = names[0], len(names[0]) // 2
    if len(own) < LONG:
        return
    found: dict[str, list[Source]] = {}
    for note, text in book.texts:
        for part, offset in ((own[:half], 0), (own[half:], half)):
            at = text.find(part)
            while at >= 0:
                printed = text[max(0, at - offset) : max(0, at - offset) + len(own)]
                if _is_slip(printed, own) and not any(printed in name for name in names):
                    found.setdefault(printed, []).append(note.source)
                at = text.find(part, at + 1)
    for printed, sources in found.items():
        exam.note(Severity.INFO, say("spelt", name=printed, own=own), book.node, tuple(dict.fromkeys(sources)))


def _is_slip(printed: str, own: str) -> bool:
    """Do they differ in one character, which tells no bodies apart?"""
    differing = [pair for pair in zip(printed, own, strict=False) if pair[0] != pair[1]]
    return len(printed) == len(own) and len(differing) == 1 and not COUNTED & set(differing[0])


CHECK = Check(
    id="document.bodies",
    title=Text("单位名称和年度", "The body and the year that the document speaks of are its own"),
    rule=Text(
        "各部分标题所称的单位是本部门或其所属单位，所称年度是本年度；资产截止日期在本年度；列本年数额的文字不称其为其他年"
        "度，也不将本年与本年比较。存疑。本部门名称有一字不同的，仅作提示。",
        "The body that headings name is this one or a unit of it, and the year is this year; stocks are of the end of "
        "it; text with this year's amounts does not call them another year's, nor compare the year with itself: "
        "else doubtful. This body's name but for one character is an observation.",
    ),
    basis=DISCLOSURE,
    cases={
        "body": Case(
            Text(
                "标题所称单位为“{name}”，本文件为“{own}”的决算", "a heading names {name}; the account is that of {own}"
            ),
            CORRECT,
        ),
        "year": Case(
            Text(
                "标题所称年度为{stated}，本文件为{year}年度决算", "a heading is of {stated}; the account is of {year}"
            ),
            CORRECT,
        ),
        "date": Case(
            Text(
                "资产或车辆数量截至{date}，本文件为{year}年度决算",
                "assets or vehicles are of {date}; the account is of {year}",
            ),
            CORRECT,
        ),
        "passage": Case(
            Text(
                "文字说明所称年度为{stated}，而所列数额为{year}年度的表内数",
                "the text speaks of {stated}, while its amounts are those of the tables of {year}",
            ),
            CORRECT,
        ),
        "compared": Case(
            Text("文字说明将{year}年度与其自身比较", "the text compares {year} with itself"),
            CORRECT,
        ),
        "spelt": Case(Text("单位名称写作“{name}”，应为“{own}”", "{name} is printed for {own}"), CORRECT),
    },
    examine=examine,
)
