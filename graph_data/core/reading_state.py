"""How far an account was read, told from its records: its status, what was not read, and the words for that.

The words, in Chinese and in English, are made here alone from a GapReason and its detail; the command line, the API,
the exports and the explorer all show these.
"""

from __future__ import annotations

from graph_data.core.records import Account, ReadTableRecord
from graph_data.core.terms import Content, GapReason, Language, ReadingStatus, StatementForm

_WHY: dict[GapReason, tuple[str, str]] = {
    GapReason.UNKNOWN_TABLE: ("不认识这张表", "no table that is known"),
    GapReason.UNKNOWN_HEADING: ("表头有不认识的栏目", "a heading that is not known"),
    GapReason.UNKNOWN_ROW: ("行名不认识，金额照录", "a row whose label is not known; its amounts are kept"),
    GapReason.UNREADABLE_AMOUNT: ("单元格不是可读的数字", "a cell that is no readable number"),
    GapReason.UNBOUND_CELL: ("单元格不在任何已知栏目之下", "a cell under no column that is known"),
    GapReason.NO_AMOUNT_UNIT: ("表上没有印已知的金额单位", "no unit of money that is known is printed with the table"),
    GapReason.NO_TABLE: ("标题之下没有表格", "no table under the title"),
    GapReason.LACKING: ("目录列有此项，文件中没有", "the contents promise it and the document lacks it"),
    GapReason.NO_CODE: ("科目编码无法确定", "the subject's code cannot be told"),
    GapReason.DUPLICATE: ("同一内容出现两次", "the same thing a second time"),
    GapReason.ARITHMETIC: ("合计与各项不符，各列含义未能确认", "columns whose sums do not confirm their meaning"),
    GapReason.UNKNOWN_PASSAGE: ("文字中有未归类的数字", "words with numbers that nothing recognised"),
    GapReason.OVER_BOUND: ("超出读取限度", "more than the bounds of reading allow"),
}
_EXPECTED: dict[GapReason, tuple[str, str]] = {
    GapReason.UNKNOWN_TABLE: ("部门决算的一张公开表、自评表或汇总表", "a published table, a sheet or a summary"),
    GapReason.UNKNOWN_HEADING: ("该表已知的栏目", "headings that the table is known to have"),
    GapReason.UNKNOWN_ROW: ("科目、收入来源、支出功能分类或合计的行名", "a subject, a source, a category or a total"),
    GapReason.UNREADABLE_AMOUNT: ("金额，如 1,883.42，或“-”、空白", "an amount such as 1,883.42, a dash or a blank"),
    GapReason.UNBOUND_CELL: ("表头之下的单元格", "cells under a heading"),
    GapReason.NO_AMOUNT_UNIT: ("金额单位，如“单位：万元”", "a unit of money, such as 单位：万元"),
    GapReason.NO_TABLE: ("表格，有表头和行", "a table with headings and rows"),
    GapReason.LACKING: ("目录所列的表或部分", "the table or part that the contents promise"),
    GapReason.NO_CODE: ("三、五或七位科目编码", "a subject code of three, five or seven digits"),
    GapReason.DUPLICATE: ("每项内容一次", "each thing once"),
    GapReason.ARITHMETIC: ("各项之和等于合计", "parts that add up to their total"),
    GapReason.UNKNOWN_PASSAGE: ("情况说明中已知的事项", "a matter that explanations are known to state"),
    GapReason.OVER_BOUND: ("限度之内的文件", "a document within the bounds"),
}


def why(reason: GapReason, detail: str | None, language: Language) -> str:
    """Why a place was not understood, in words: `no readable number (…)`."""
    return _said(_WHY[reason], detail, language)


def expected(reason: GapReason, language: Language) -> str:
    """What was expected where a gap is, in words."""
    return _said(_EXPECTED[reason], None, language)


def _said(words: tuple[str, str], detail: str | None, language: Language) -> str:
    if language is Language.EN:
        return f"{words[1]} ({detail})" if detail else words[1]
    return f"{words[0]}（{detail}）" if detail else words[0]


def status_of(account: Account) -> ReadingStatus:
    """How far its documents were read: READ where all of them were, NOT_READ where nothing was, else IN_PART.

    An account without such records was not read by us and says what it says: READ.
    """
    found = {table.status for table in account.read_tables if table.content not in (Content.COVER, Content.CONTENTS)}
    if not account.gaps and found <= {ReadingStatus.READ}:
        return ReadingStatus.READ
    is_all_lost = bool(found) and found <= {ReadingStatus.NOT_READ, ReadingStatus.ABSENT}
    return ReadingStatus.NOT_READ if is_all_lost else ReadingStatus.IN_PART


def left_over_of(account: Account) -> int:
    """How many numbers of the prose nothing recognised."""
    return sum(table.left_over for table in account.read_tables)


def unread_forms(account: Account) -> dict[StatementForm, ReadTableRecord]:
    """The statements that were not read, or not all of them: what is summed of these may lack something."""
    return {
        table.form: table
        for table in account.read_tables
        if table.form is not None and table.status is not ReadingStatus.READ
    }
