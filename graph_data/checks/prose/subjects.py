"""What the text calls a subject and says it is for (科目名称与用途)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from fractions import Fraction

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CHECK_TEXT, CLASSIFICATION, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.records import BudgetDeviationRecord, LineRecord, Source
from graph_data.core.terms import ColumnKey, NarrativeKind, Severity, StatementForm, Topic

NAMES = re.compile(r"(?P<category>.+?)\(类\)(?:支出)?(?P<section>.+?)\(款\)(?:支出)?(?P<item>.+?)\(项\)")
LEVELS = {"category": 3, "section": 5, "item": 7}
SPENT = re.compile(r"支出[^。]{0,12}\d")
PURPOSE = re.compile(r"主要用于[:：]?(?P<purpose>[^。]+)")
PURPOSES = {
    "pensions": re.compile("养老|年金|离退休|退休|离休"),
    "medical": re.compile("医疗|医保"),
    "housing": re.compile("公积金|购房|住房|提租|房补"),
    "death": re.compile("抚恤|丧葬"),
}
ONLY_BASIC = re.compile(r"(?:[^、，,和及]{0,8}(?:人员|公用|基本)(?:支出|经费)[、，,和及]?)+")
ALIKE = Fraction(9, 10)  # of the letters of two names


def examine(book: Book, exam: Examination) -> Examination:
    """Hold the names and the purpose of each subject that the text goes through against the table."""
    book.asked.add(Topic.BUDGET_DEVIATION)
    table = book.table(StatementForm.GENERAL_PUBLIC_BUDGET)
    if table is None:
        return exam.insufficient(
            "一般公共预算支出表没有数据或未公开", "the general public budget's table has no figures"
        )
    seen: set[str] = set()
    for deviation in book.account.budget_deviations:
        line = table.line(code=deviation.code) if deviation.code is not None else None
        text = words.plain(book.text_around(deviation.source))
        seen.add(text)
        if line is not None and text:
            _compare_names(book, exam, table, line, deviation.source, text)
            _compare_purpose(book, exam, table, deviation, line, text)
    for note, printed in book.texts:
        text = words.plain(printed)
        if note.kind is NarrativeKind.PARAGRAPH and text not in seen and SPENT.search(text):
            match = NAMES.search(text)
            line = _called(table, match["item"]) if match is not None else None
            if line is not None:
                _compare_names(book, exam, table, line, note.source, text)
    return exam.or_insufficient("文字说明未逐项说明科目", "the text does not go through the subjects")


def _called(table: Table, name: str) -> LineRecord | None:
    """The one 项 of that name; None where there is none, or several."""
    found = [
        line for line in table.lines if len(line.code or "") == LEVELS["item"] and _name(line.label) == _name(name)
    ]
    return found[0] if len(found) == 1 else None


def _compare_names(book: Book, exam: Examination, table: Table, named: LineRecord, source: Source, text: str) -> None:
    match = NAMES.search(text)
    if match is None:
        return
    for level, digits in LEVELS.items():
        code = (named.code or "")[:digits]
        line = table.line(code=code) if len(code) == digits else None
        if line is None:
            continue
        exam.compared += 1
        stated, printed = (_name(each) for each in (match[level], line.label))
        if stated in printed or printed in stated or _is_of_another(table, stated, level):
            continue
        severity = Severity.INFO if SequenceMatcher(None, stated, printed).ratio() >= ALIKE else Severity.WARNING
        said = say("name", stated=match[level].split(".")[-1], code=code, printed=line.label)
        exam.note(severity, said, book.subject_node(code), (source, line.source))


def _name(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", words.subject_name(text))


def _is_of_another(table: Table, stated: str, level: str) -> bool:
    """Is it what the table calls another subject of the level? Which one the text is about is not sure then."""
    digits = LEVELS[level]
    return any(_name(line.label) == stated for line in table.lines if len(line.code or "") == digits)


def _compare_purpose(
    book: Book, exam: Examination, table: Table, deviation: BudgetDeviationRecord, line: LineRecord, text: str
) -> None:
    match = PURPOSE.search(text)
    if match is None:
        return
    exam.compared += 1
    purpose, node, sources = match["purpose"], book.subject_node(deviation.code or ""), (deviation.source, line.source)
    own = [kind for kind, pattern in PURPOSES.items() if pattern.search(line.label)]
    told = [kind for kind, pattern in PURPOSES.items() if pattern.search(purpose)]
    if own and told and not set(own) & set(told):
        exam.note(Severity.WARNING, say("purpose", subject=line.label, purpose=purpose), node, sources)
    cell = table.cell(line, table.column(ColumnKey.PROJECT))
    if ONLY_BASIC.fullmatch(purpose) and cell is not None and cell.number.fen:
        said = say("projects", subject=line.label, purpose=purpose, amount=cell.number)
        exam.note(Severity.INFO, said, node, (deviation.source, cell.source))


CHECK = Check(
    id="prose.subjects",
    title=Text("科目名称与用途", "What the text calls a subject and says it is for"),
    rule=Text(
        "文字说明逐项所称的类、款、项名称与报表一致；所述用途与科目相符（社会保障、医疗、住房、抚恤不相混）。名称仅个别字不同，或"
        "用途只列基本支出而该科目有项目支出的，仅作提示。",
        "The names of category, section and item that the text goes through are those of the table, and what each is "
        "said to be for fits it: pensions, medical care, housing and death are not mixed up. A name that differs in a "
        "character, and a purpose of basic expenditure alone where the subject has projects, are observations.",
    ),
    basis=CLASSIFICATION,
    cases={
        "name": Case(
            Text(
                "文字说明称{code}为“{stated}”，报表称“{printed}”",
                "{code} is called {stated} in the text, {printed} in the table",
            ),
            CHECK_TEXT,
        ),
        "purpose": Case(
            Text(
                "文字说明称“{subject}”主要用于“{purpose}”，与该科目不符",
                "{subject} is said to be for {purpose}, which is another matter",
            ),
            CHECK_TEXT,
        ),
        "projects": Case(
            Text(
                "文字说明称“{subject}”主要用于“{purpose}”，而报表列有项目支出{amount:number}",
                "{subject} is said to be for {purpose}, while the table has {amount:number} of projects",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
