"""What was left over of a form of words (模板残留)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import DISCLOSURE, Case, Check, Text, say
from graph_data.core.terms import Severity

CORRECT = Text("删改模板残留，按实际情况表述。", "Replace what was left over of the form by what is the case.")
PLACEHOLDER = re.compile(r"(?:[XxＸ×]{2,}|[○〇]{2,}|\*{2,}|某某)(?:局|厅|委|办|部门|单位|街道|镇|年度?|万元|元|项目|%)")
UP, DOWN = "(?:增长|增加|上升|提高)", "(?:下降|减少|降低)"
EITHER = re.compile(rf"{UP}[（(/／]{DOWN}[）)]?|{DOWN}[（(/／]{UP}[）)]?|(?:大于|高于)[（(/／](?:小于|低于|等于)")


def examine(book: Book, exam: Examination) -> Examination:
    """Look for placeholders, and for words of both directions where one should stand."""
    for note in book.passages:
        exam.compared += 1
        for case, pattern in (("placeholder", PLACEHOLDER), ("either", EITHER)):
            for match in pattern.finditer(re.sub(r"\s", "", note.text)):
                exam.note(Severity.WARNING, say(case, words=match.group()), book.node, (note.source,))
    return exam.or_insufficient("未保留本文件的文字", "the document's words are not kept")


CHECK = Check(
    id="prose.template",
    title=Text("模板残留", "What was left over of a form of words"),
    rule=Text(
        "公开文字中没有模板残留：没有占位符（如××局），也没有应二选一而并列的增减用语（如下降（增长））。",
        "Nothing of a form is left in the published words: no placeholder such as ××局, and no words of both "
        "directions where one should have been chosen, such as 下降（增长）.",
    ),
    basis=DISCLOSURE,
    cases={
        "placeholder": Case(
            Text("文字说明中留有占位符“{words}”", "the text still holds the placeholder {words}"),
            CORRECT,
        ),
        "either": Case(
            Text("文字说明中增减用语未作选择：“{words}”", "the text leaves the direction open: {words}"),
            CORRECT,
        ),
    },
    examine=examine,
)
