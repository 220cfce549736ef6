"""A subject's nature against its definition (支出性质与科目释义)."""

from __future__ import annotations

import re
from decimal import Decimal

from graph_data.checks.book import Book, Table
from graph_data.checks.examination import Examination
from graph_data.checks.wording import CLASSIFICATION, EXPLAIN, Case, Check, Text, say
from graph_data.core.records import TermRecord
from graph_data.core.terms import ColumnKey, ExpenditureNature, NarrativeKind, Severity, StatementForm

EXCLUDED = {
    ExpenditureNature.BASIC: ColumnKey.PROJECT,
    ExpenditureNature.PROJECT: ColumnKey.BASIC,
}
COLUMNS = {ExpenditureNature.BASIC: ColumnKey.BASIC, ExpenditureNature.PROJECT: ColumnKey.PROJECT}
ZERO = Decimal(0)
BEYOND = re.compile(r"以外|之外|除|不含|不包括(?:基本|项目)支出")


def examine(book: Book, exam: Examination) -> Examination:
    """Hold each definition against the subject's row."""
    table = book.table(StatementForm.EXPENDITURE)
    texts = {n.about: n.text for n in book.account.narratives if n.kind is NarrativeKind.DEFINITION}
    defined = [term for term in book.account.terms if term.code and texts.get(str(term.position))]
    if table is None or not defined:
        return exam.insufficient(
            "本文件未同时公开该表及其科目的名词解释",
            "the document does not print both the table and definitions of its subjects",
        )
    for term in defined:
        _compare(book, exam, table, term, texts[str(term.position)])
    return exam.or_insufficient(
        "没有将科目限定于一种支出性质的名词解释", "no definition limits its subject to one nature"
    )


def _compare(book: Book, exam: Examination, table: Table, term: TermRecord, definition: str) -> None:
    named = [nature for nature in EXCLUDED if nature.value in definition]
    line = table.line(code=term.code)
    if len(named) != 1 or BEYOND.search(definition) or line is None:
        return
    exam.compared += 1
    column = EXCLUDED[named[0]]
    cell = table.cell(line, table.column(column))
    if cell is not None and cell.number.fen:
        said = say("nature", row=line.source.row, nature=column, defined=COLUMNS[named[0]])
        sources = (cell.source, term.source)
        node = book.subject_node(term.code or "")
        exam.counted(cell.number.value or ZERO, ZERO, cell.number.unit, node, sources, said, Severity.WARNING)


CHECK = Check(
    id="meaning.natures",
    title=Text("支出性质与科目释义", "A subject's nature against its definition"),
    rule=Text(
        "本文件名词解释将某科目限定为基本支出的，该科目没有项目支出，反之亦然。解释可能过于简略，故为存疑；同时提到"
        "两者或以“以外”等词排除的解释不作限定。",
        "A subject that the document's own definition limits to basic expenditure has no project expenditure, and "
        "the other way round. Doubtful, since the words may be short for more; a definition that speaks of both, or "
        "of what lies beyond one (以外), limits nothing.",
    ),
    basis=CLASSIFICATION,
    cases={
        "nature": Case(
            Text(
                "“{row}”列有{nature:term}{reported}，而其名词解释只涉及{defined:term}",
                "{row}: {reported} of {nature:term}, while its definition speaks of {defined:term} alone",
            ),
            EXPLAIN,
        ),
    },
    examine=examine,
)
