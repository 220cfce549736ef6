"""Shares are those of their amounts (占比复算)."""

from __future__ import annotations

from graph_data.checks.book import Book
from graph_data.checks.examination import Examination, Printed
from graph_data.checks.intervals import interval
from graph_data.checks.places import EXPENDITURE, REVENUE, form_of, printed_for, total_place
from graph_data.checks.wording import BUDGET_LAW, RECOMPUTE, Case, Check, Text, say
from graph_data.core.amount import Interval
from graph_data.core.records import FactRecord
from graph_data.core.terms import Role, Severity, StatementForm, Topic

CONTRACTS = {"SMALL_AND_MEDIUM": ("TOTAL",), "MICRO_AND_SMALL": ("TOTAL", "SMALL_AND_MEDIUM")}


def examine(book: Book, exam: Examination) -> Examination:
    """Recompute each stated share."""
    stated = [fact for fact in book.stated if fact.role is Role.PERCENT]
    if not stated:
        return exam.not_applicable("文字说明未列占比", "the prose states no shares")
    for fact in filter(book.is_first, stated):
        part, wholes = _part(book, fact), _wholes(book, fact)
        found = [whole for whole in wholes if whole is not None]
        if part is not None and part.number.fen is not None and found:
            bounds: list[Interval] = [interval(whole.number) for whole in found]
            if len(found) < len(wholes) and not exam.is_share(fact, interval(part.number), bounds):
                continue
            sources = (part.source, found[0].source)
            is_open = fact.topic is Topic.PERFORMANCE and not any(interval(part.number).overlaps(one) for one in bounds)
            severity = Severity.INFO if is_open else Severity.ERROR
            said = say("share", label=fact.label)
            amount = interval(part.number)
            cell = None if exam.is_share(fact, amount, bounds) else printed_for(book, part)
            if cell is not None and exam.is_share(fact, interval(cell.number), bounds):
                amount = interval(cell.number)
            exam.percent(fact, amount, bounds, book.node, sources, said, severity)
    return exam.or_insufficient(
        "所列占比均缺少金额或合计",
        "no stated share has both its amount and its total",
    )


def _part(book: Book, fact: FactRecord) -> Printed | None:
    amount = book.beside(fact, Role.AMOUNT)
    if amount is not None or fact.topic is not Topic.SHARE:
        return amount
    form = form_of(fact)
    place = total_place(book, fact.item, form) if form is not None else None
    return place.cell if place is not None else None


def _wholes(book: Book, fact: FactRecord) -> list[Printed | None]:
    """The totals that the share may be of, the likeliest first; None for one that is printed nowhere."""
    if fact.topic is Topic.PROCUREMENT:
        items = CONTRACTS.get(fact.item, ())
        return [total for item in items if (total := book.fact(Topic.PROCUREMENT, item, Role.AMOUNT)) is not None]
    if fact.topic is Topic.PERFORMANCE and fact.item == "SELF_EVALUATION":
        forms = (StatementForm.EXPENDITURE, StatementForm.GENERAL_PUBLIC_BUDGET)
        return [cell for form in forms if (cell := _cell(book, [("PROJECT", form)])) is not None]
    if fact.topic is not Topic.SHARE:
        return []
    bases = _bases(fact)
    named = dict.fromkeys(item for places in bases for item, _ in places)
    told = [
        one
        for item in named
        for topic in (Topic.SHARE, Topic.YEAR_COMPARISON)
        for one in book.facts(topic, item, Role.AMOUNT)
        if one.source.section == fact.source.section and book.is_first(one)
    ]
    return [*(_cell(book, places) for places in bases), *told]


def _bases(fact: FactRecord) -> list[list[tuple[str, StatementForm]]]:
    """Each total that the share may be of, with the places that print it."""
    form = form_of(fact)
    if form is None:
        return []
    spent = [("EXPENDITURE_TOTAL", StatementForm.EXPENDITURE), ("EXPENDITURE_OF_THE_YEAR", form)]
    if fact.item == "GENERAL_PUBLIC_BUDGET":
        return [spent, [("EXPENDITURE_TOTAL", StatementForm.FISCAL_APPROPRIATION)]]
    if fact.item in REVENUE:
        return [[("REVENUE_TOTAL", form), ("REVENUE_OF_THE_YEAR", form)], [("REVENUE_GRAND_TOTAL", form)]]
    if fact.item in EXPENDITURE and form is StatementForm.EXPENDITURE:
        return [spent, [("EXPENDITURE_GRAND_TOTAL", form)]]
    if fact.item.isdigit() and form is StatementForm.GENERAL_PUBLIC_BUDGET:
        appropriated = ("EXPENDITURE_TOTAL", StatementForm.FISCAL_APPROPRIATION)
        return [[("EXPENDITURE_TOTAL", form)], [appropriated], [("EXPENDITURE_TOTAL", StatementForm.EXPENDITURE)]]
    return [[("EXPENDITURE_TOTAL", form)]] if fact.item in EXPENDITURE or fact.item.isdigit() else []


def _cell(book: Book, items: list[tuple[str, StatementForm]]) -> Printed | None:
    """What the first of these places that prints an amount prints."""
    places = (total_place(book, item, form) for item, form in items)
    cells = (place.cell for place in places if place is not None)
    return next((cell for cell in cells if cell is not None and cell.number.fen is not None), None)


CHECK = Check(
    id="prose.shares",
    title=Text("占比复算", "Shares are those of their amounts"),
    rule=Text(
        "文字说明的每个占比等于其金额占合计的比例，允许三者的四舍五入误差：来源占收入、性质占支出、类占所述之表、合"
        "同占采购、自评资金占项目支出。合计可能指本年或含结转、全部或财政拨款、采购或上级合同的，文件所列任何一个相"
        "符即可；其中有合计未列示而无从比较的，不作判断。自评资金可能占未公开的项目预算的比例，不恰为项目支出的仅作"
        "提示。",
        "Every share that the prose states is that of its amount in its total, within the rounding of all three: "
        "sources in revenue, natures in expenditure, categories in the table that the section is about, contracts "
        "in procurement, evaluated funds in project expenditure. Where the words leave open which total is meant "
        "(of the year or with carry-over, of all expenditure or of appropriations, of procurement or of the "
        "contracts above) one that fits is enough; nothing is said where one of them is not printed and none of the "
        "others fits. Evaluated funds may be a share of a budget that is not published: where they are not just the "
        "project expenditure, it is an observation.",
    ),
    basis=BUDGET_LAW,
    cases={
        "share": Case(
            Text(
                "文字说明“{label}”占比为{reported}，按所列金额计算为{derived}",
                "the share stated of {label} is {reported}, while the amounts give {derived}",
            ),
            RECOMPUTE,
        ),
    },
    examine=examine,
)
