"""Procurement adds up and contracts lie within it (政府采购构成)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination
from graph_data.checks.intervals import interval, total
from graph_data.checks.wording import BUDGET_LAW, CHECK_TEXT, Case, Check, Text, say
from graph_data.core.terms import Role, Severity, Topic

KINDS = ("GOODS", "WORKS", "SERVICES")
WITHIN = (("SMALL_AND_MEDIUM", "TOTAL"), ("MICRO_AND_SMALL", "SMALL_AND_MEDIUM"))


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
    return exam.or_insufficient("文字说明未列政府采购的构成", "the prose states no parts of procurement")


def _compare_contracts(book: Book, exam: Examination) -> None:
    for inner, outer in WITHIN:
        part, whole = (book.fact(Topic.PROCUREMENT, item, Role.AMOUNT) for item in (inner, outer))
        if part is not None and whole is not None:
            sources, said = (part.source, whole.source), say("contracts", part=part.label, whole=whole.label)
            severity = Severity.ERROR if "合同" in part.label else Severity.WARNING
            low, high = interval(part.number), interval(whole.number)
            exam.within(low, high, part.number.unit, book.node, sources, said, severity)


CHECK = Check(
    id="prose.procurement",
    title=Text("政府采购构成", "Procurement adds up and contracts lie within it"),
    rule=Text(
        "货物、工程、服务采购之和等于所列政府采购支出总额；授予中小企业的合同不大于总额，授予小微企业的不大于授予中"
        "小企业的。未称为合同的金额可能另有口径（如预留份额），存疑。",
        "Goods, works and services add up to the stated total of procurement; contracts with small and medium "
        "enterprises are within it, and those with micro and small enterprises within them. Amounts that are not "
        "said to be contracts may be of another scope (a budget set aside), and are doubtful.",
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
    },
    examine=examine,
)
