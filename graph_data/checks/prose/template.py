"""What was left over of a form of words (模板残留)."""

from __future__ import annotations

import re
from itertools import islice

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.wording import DISCLOSURE, Case, Check, Text, say
from graph_data.core import vocabulary as words
from graph_data.core.terms import Severity

CORRECT = Text("删改模板残留，按实际情况表述。", "Replace what was left over of the form by what is the case.")
PLACEHOLDER = re.compile(r"(?:[XxＸ×]{2,}|[○〇]{2,}|\*{2,}|某某)(?:局|厅|委|办|部门|单位|街道|镇|年度?|万元|元|项目|%)")
INSTRUCTION = re.compile(
    r"仍保留(?:该|本)?表格?格式|作(?:下述|如下)说明[:：]|如持平作持平表述|不涉及的不列|按上述格式依次|预决算持平的不用说明"
    r"|列明(?:公务|国内|国（境）|接待|购置|批次|人次|数量)|根据实际情况(?:填写|填列|表述)|请(?:填写|填列|补充|自行)"
)
CASES = {"placeholder": PLACEHOLDER, "either": words.EITHER, "instruction": INSTRUCTION}


def examine(book: Book, exam: Examination) -> Examination:
    """Look for placeholders, and for words of both directions where one should stand."""
    for note, text in book.texts:
        exam.compared += 1
        for case, pattern in CASES.items():
            for match in islice(pattern.finditer(text), 1 if case == "instruction" else None):
                exam.note(Severity.WARNING, say(case, words=match.group()), book.node, (note.source,))
    return exam.or_insufficient("未保留本文件的文字", "the document's words are not kept")


CHECK = Check(
    id="prose.template",
    title=Text("模板残留", "What was left over of a form of words"),
    rule=Text(
        "公开文字中没有模板残留：没有占位符（如××局），没有应二选一而并列的增减用语（如下降（增长）），没有填报说明（如"
        "列明批次、仍保留该表格式）。",
        "Nothing of a form is left in the published words: no placeholder such as ××局, no words of both directions "
        "where one should have been chosen, such as 下降（增长）, no instruction of the form, such as 仍保留该表格式.",
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
        "instruction": Case(
            Text("文字说明中留有填报说明“{words}”", "the text still holds an instruction of the form: {words}"),
            CORRECT,
        ),
    },
    examine=examine,
)
