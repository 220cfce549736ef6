"""Items listed as spent are printed with an amount (所列支出项目与明细表)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.records import LineRecord, NarrativeRecord
from graph_data.core.terms import Severity, StatementForm

LIST = re.compile(r"(?:主要包括[:：]?|包括[:：])(?P<items>[^。；;]+)")
TAIL = re.compile(r"等(?:支出|费用)?$")


def examine(book: Book, exam: Examination) -> Examination:
    """Look each listed item up in the detail."""
    table = book.table(StatementForm.BASIC_EXPENDITURE)
    if table is None:
        return exam.insufficient("基本支出明细表没有数据或未公开", "the detail of basic expenditure has no figures")
    for item, (line, note) in _listed(book, table).items():
        exam.compared += 1
        cells = list(table.row(line).values())
        if not any(cell.number.fen for cell in cells):
            sources = (note.source, *(cell.source for cell in cells)) if cells else (note.source, line.source)
            said = say("nothing", item=item, table=table.record.title)
            exam.note(Severity.WARNING, said, book.line_node(line), sources)
    return exam.or_insufficient("文字说明未列举基本支出的项目", "the text lists no items of basic expenditure")


def _listed(book: Book, table: Table) -> dict[str, tuple[LineRecord, NarrativeRecord]]:
    """The items that the passages on basic expenditure list and the table has a row for: where each is named first."""
    lines = {words.subject_name(line.label): line for line in table.lines if line.code}
    found: dict[str, tuple[LineRecord, NarrativeRecord]] = {}
    for note in book.passages:
        for match in LIST.finditer(note.text) if "基本支出" in (note.source.section or "") else ():
            for item in re.split("[、，,]", re.sub(r"\s", "", match["items"])):
                name = TAIL.sub("", item)
                line = lines.get(words.subject_name(name))
                if line is not None:
                    found.setdefault(name, (line, note))
    return found


CHECK = Check(
    id="prose.listed",
    title=Text("所列支出项目与明细表", "Items listed as spent are printed with an amount"),
    rule=Text(
        "文字说明列举的基本支出项目（主要包括……），在基本支出明细表的同名行列有金额。明细表没有该行的，不作判断。",
        "Each item that the text lists under basic expenditure (主要包括…) has an amount in the row of that name in "
        "the detail. An item without such a row decides nothing.",
    ),
    basis=BUDGET_LAW,
    cases={
        "nothing": Case(
            Text(
                "文字说明将“{item}”列为主要支出项目，而《{table}》该行没有金额",
                "{item} is listed among what was spent, while {table} prints no amount for it",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
