"""Procurement adds up and contracts lie within it (政府采购构成)."""

from __future__ import annotations

import re

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core.amount import read_number
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, Topic

KINDS = ("GOODS", "WORKS", "SERVICES")
WITHIN = (("SMALL_AND_MEDIUM", "TOTAL"), ("MICRO_AND_SMALL", "SMALL_AND_MEDIUM"))

AWARD = r"(?:政府)?采购项目中,?由中小企业供应商中标或成交的,?采购金额(?:为)?(?P<amount>\d[\d,]*(?:\.\d{1,2})?)万元"
WITHIN_SHARE = re.compile(f"面向中小企业预留的{AWARD}".replace(",?", "[，,]?"))
OUTSIDE_SHARE = re.compile(f"其他{AWARD}".replace(",?", "[，,]?"))


def examine(book: Book, exam: Examination) -> Examination:
    """Add up the kinds and hold the contracts against them."""
    whole = book.fact(Topic.PROCUREMENT, "TOTAL", Role.AMOUNT)
    if whole is None:
        return exam.not_applicable("文字说明未列政府采购", "the prose states no procurement")
    kinds = [kind for item in KINDS if (kind := book.fact(Topic.PROCUREMENT, item, Role.AMOUNT)) is not None]
    if len(kinds) == len(KINDS):
        exam.sums(whole, kinds, book.node, say("kinds", label=whole.label))
    elif kinds:
        parts, sources = total(kind.number for kind in kinds), (whole.source, *(kind.source for kind in kinds))
        exam.within(
            parts, interval(whole.number), whole.number.unit, book.node, sources, say("exceeds", label=whole.label)
        )
    _compare_contracts(book, exam)
    _add_awards(book, exam, whole)
    return exam.or_insufficient("文字说明未列政府采购的构成", "the prose states no parts of procurement")


def _compare_contracts(book: Book, exam: Examination) -> None:
    for inner, outer in WITHIN:
        part, whole = (book.fact(Topic.PROCUREMENT, item, Role.AMOUNT) for item in (inner, outer))
        if part is not None and whole is not None:
            sources, said = (part.source, whole.source), say("contracts", part=part.label, whole=whole.label)
            severity = Severity.ERROR if "合同" in part.label else Severity.WARNING
            low, high = interval(part.number), interval(whole.number)
            exam.within(low, high, part.number.unit, book.node, sources, said, severity)


def _add_awards(book: Book, exam: Examination, whole: FactRecord) -> None:
    """What was awarded to small and medium enterprises within what is set aside for them, and outside it."""
    for note, text in book.texts:
        inside, outside = WITHIN_SHARE.search(text), OUTSIDE_SHARE.search(text)
        if inside is None or outside is None:
            continue
        awards = [read_number(match["amount"], "万元", 2) for match in (inside, outside)]
        sources, said = (note.source, whole.source), say("awards", label=whole.label, first=awards[0], second=awards[1])
        exam.within(total(awards), interval(whole.number), "万元", book.node, sources, said, Severity.WARNING)


CHECK = Check(
    id="prose.procurement",
    title=Text("政府采购构成", "Procurement adds up and contracts lie within it"),
    rule=Text(
        "货物、工程、服务采购之和等于所列政府采购支出总额；授予中小企业的合同不大于总额，授予小微企业的不大于授予中"
        "小企业的；在预留项目内外授予中小企业的金额之和不大于总额（存疑）。未称为合同的金额可能另有口径（如预留份额），存疑。",
        "Goods, works and services add up to the stated total of procurement; contracts with small and medium "
        "enterprises are within it, and those with micro and small enterprises within them; what such enterprises "
        "were awarded within the share set aside for them and outside it is together within it (doubtful). Amounts "
        "that are not said to be contracts may be of another scope (a budget set aside), and are doubtful.",
    ),
    basis=BUDGET_LAW,
    cases={
        "kinds": Case(
            Text(
                "文字说明“{label}”为{reported}，所列货物、工程、服务合计为{derived}",
                "{label} is {reported}, while goods, works and services add up to {derived}",
            ),
            CHECK_TEXT,
        ),
        "exceeds": Case(
            Text(
                "文字说明所列货物、工程、服务合计为{reported}，大于“{label}”{derived}",
                "goods, works and services add up to {reported}, more than {label}, {derived}",
            ),
            CHECK_TEXT,
        ),
        "contracts": Case(
            Text("“{part}”为{reported}，大于“{whole}”{derived}", "{part} is {reported}, more than {whole}, {derived}"),
            CHECK_TEXT,
        ),
        "awards": Case(
            Text(
                "中小企业在预留项目中成交{first:number}、在其他项目中成交{second:number}，合计{reported}，大于“{label}”"
                "{derived}",
                "{first:number} awarded to small and medium enterprises within what is set aside and {second:number} "
                "outside it are {reported}, more than {label}, {derived}",
            ),
            CHECK_TEXT,
        ),
    },
    examine=examine,
)
