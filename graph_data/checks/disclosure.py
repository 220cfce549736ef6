"""What must be published: the list, as data with its legal sources, and how each item stands in one account.

An item is told by the facts that reading recognised; where there are none, by its words in the passages. Words without
facts are there and were not understood: NOT_READ. ABSENT is said only where the document's own words are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph_data.checks.book import Book
from graph_data.checks.wording import DISCLOSURE, EVALUATION, Text
from graph_data.core import vocabulary as words
from graph_data.core.records import FactRecord, LineRecord, NarrativeRecord, Source
from graph_data.core.terms import (
    REQUIRED_FORMS,
    DisclosureStatus,
    NarrativeKind,
    ReadingStatus,
    Role,
    StatementForm,
    Topic,
)

PROCUREMENT = "《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）"
SUBJECT_ITEM = 7  # digits of a 项
NEAR = 3  # passages of the section that something is missing from


@dataclass(frozen=True, slots=True)
class Item:
    """Something that must be published: a table, or something of the explanations.

    Of the explanations, `topic` with `items` and `roles` says which facts state it, `words` how a passage reads that
    does, `denial` how one reads that says there is none, and `heading` which sections it stands in.
    """

    id: str
    title: Text
    basis: str = DISCLOSURE
    form: StatementForm | None = None
    topic: Topic | None = None
    items: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    words: str | None = None
    denial: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands: where it is, or near where it should be; what of it is missing, where only some is."""

    item: Item
    status: DisclosureStatus
    sources: tuple[Source, ...] = ()
    missing: tuple[str, ...] = field(default=())


_NO_THREE_PUBLIC = r"(?:无|没有)[^。；]{0,12}“?三公”?经费"
_TRAVEL, _VEHICLES, _RECEPTION = (
    ("OVERSEAS_OFFICIAL_TRAVEL",),
    ("OFFICIAL_VEHICLE_PURCHASE", "OFFICIAL_VEHICLES"),
    ("DOMESTIC_RECEPTION", "OFFICIAL_HOSPITALITY", "OVERSEAS_RECEPTION"),
)
_CHANGES = (Role.CHANGE, Role.CHANGE_PERCENT, Role.PRIOR_YEAR)
_LAST_YEAR = r"(?:上年|上一年|去年|同比|LAST_YEAR年)"


def _three_public(id: str, zh: str, en: str, items: tuple[str, ...], roles: tuple[Role, ...], told: str) -> Item:
    return Item(f"three-public.{id}", Text(zh, en), topic=Topic.THREE_PUBLIC, items=items, roles=roles, words=told,
                denial=_NO_THREE_PUBLIC, heading="三公")  # fmt: skip


TABLES = tuple(
    Item(f"table.{form.name}", Text(form.value, form.name.lower().replace("_", " ")), form=form)
    for form in REQUIRED_FORMS
)
EXPLANATIONS = (
    _three_public("budget", "“三公”经费预算数", "budget of the three public expenses", (), (Role.BUDGET,),
                  "三公.*预算"),
    _three_public("final", "“三公”经费决算数", "the three public expenses", (), (Role.FINAL,), "三公.*决算"),
    _three_public("last-year", "“三公”经费与上年对比", "the three public expenses against last year", (), _CHANGES,
                  f"(?:三公|出国|公务用车|接待).*{_LAST_YEAR}"),
    _three_public("travel", "因公出国（境）团组数和人次", "trips abroad and how many went", _TRAVEL, (Role.COUNT,),
                  "团组|出国[^。]*人次|(?:无|没有|未)[^。]*出国"),
    _three_public("vehicles", "公务用车购置数和保有量", "vehicles bought and kept",
                  (*_VEHICLES, "OFFICIAL_VEHICLE_OPERATION"), (Role.COUNT,), "保有量|公务用车购置[^。]*辆"),
    _three_public("reception", "国内公务接待批次和人数", "receptions and how many were received", _RECEPTION,
                  (Role.COUNT,), "批次|接待[^。]*人次|(?:无|没有|未)[^。]*接待"),
    Item("agency-operating.amount", Text("机关运行经费", "agency operating expenses"), topic=Topic.AGENCY_OPERATING,
         roles=(Role.AMOUNT,), words="机关运行经费", denial=r"(?:无|没有|不涉及)[^。；]{0,8}机关运行经费",
         heading="机关运行"),
    Item("agency-operating.last-year", Text("机关运行经费与上年对比", "agency operating expenses against last year"),
         topic=Topic.AGENCY_OPERATING, roles=(Role.PRIOR_YEAR,), words=f"机关运行经费.*{_LAST_YEAR}",
         denial=r"(?:无|没有|不涉及)[^。；]{0,8}机关运行经费", heading="机关运行"),
    Item("procurement.total", Text("政府采购总额", "procurement in all"), topic=Topic.PROCUREMENT, items=("TOTAL",),
         roles=(Role.AMOUNT,), words="政府采购", denial=r"(?:无|没有|未)[^。；]{0,10}政府采购", heading="采购"),
    Item("procurement.small", Text("授予中小企业合同金额", "contracts with small and medium enterprises"), PROCUREMENT,
         topic=Topic.PROCUREMENT, items=("SMALL_AND_MEDIUM", "MICRO_AND_SMALL"), roles=(Role.AMOUNT, Role.PERCENT),
         words="中小企业", denial=r"(?:无|没有|未)[^。；]{0,10}政府采购", heading="采购"),
    Item("assets.vehicles", Text("车辆数量", "vehicles"), topic=Topic.STATE_ASSETS, items=("VEHICLES",),
         roles=(Role.COUNT,), words="共有车辆|车辆[^。]*辆", denial="(?:无|没有)[^。；]{0,6}车辆", heading="资产"),
    Item("assets.equipment", Text("单价100万元以上设备", "equipment worth a million and more"),
         topic=Topic.STATE_ASSETS, items=("EQUIPMENT",), roles=(Role.COUNT,), words="设备",
         denial="(?:无|没有)[^。；]{0,20}设备", heading="资产"),
    Item("performance.management", Text("预算绩效管理情况", "performance management"), EVALUATION,
         topic=Topic.PERFORMANCE, words="绩效", heading="绩效"),
)  # fmt: skip
RESULTS = Item(
    "performance.results", Text("项目绩效自评结果", "results of self-evaluation"), EVALUATION, heading="绩效"
)
DEFINITIONS = Item(
    "definitions", Text("所用项级科目的名词解释", "definitions of the 项 used"), heading="名词解释|第四部分"
)
ITEMS: tuple[Item, ...] = (*TABLES, *EXPLANATIONS, RESULTS, DEFINITIONS)


def checklist(book: Book) -> list[Standing]:
    """Every item in order, with how it stands."""
    texts = [(note, words.plain(text)) for note, text in book.texts if note.kind is not NarrativeKind.DEFINITION]
    return [
        *(_table(book, item) for item in TABLES),
        *(_explanation(book, item, texts) for item in EXPLANATIONS),
        _results(book, texts),
        _definitions(book, bool(texts)),
    ]


def _table(book: Book, item: Item) -> Standing:
    form = item.form
    assert form is not None
    statement, state = book.published.get(form), book.states.get(form)
    if statement is not None:
        status = DisclosureStatus.ZERO_STATED if statement.is_empty else DisclosureStatus.STATED
        return Standing(item, status, (statement.source,))
    sources = tuple(table.source for table in book.account.read_tables if table.form is form)
    is_unread = state not in (None, ReadingStatus.ABSENT)
    return Standing(item, DisclosureStatus.NOT_READ if is_unread else DisclosureStatus.ABSENT, sources)


def _explanation(book: Book, item: Item, texts: list[tuple[NarrativeRecord, str]]) -> Standing:
    assert item.topic is not None
    facts = [fact for fact in _facts(book, item.topic, item) if not item.items or fact.item in item.items]
    if facts:
        is_zero = all(fact.number.value == 0 for fact in facts)
        return Standing(item, DisclosureStatus.ZERO_STATED if is_zero else DisclosureStatus.STATED, (facts[0].source,))
    near = tuple(
        note.source for note, _ in texts
        if note.kind is NarrativeKind.PARAGRAPH and re.search(item.heading or "", note.source.section or "")
    )[:NEAR]  # fmt: skip
    told = (item.words or "").replace("LAST_YEAR", str(book.account.key.fiscal_year - 1))
    said = next((note.source for note, text in texts if told and re.search(told, text)), None)
    denied = next((note.source for note, text in texts if item.denial and re.search(item.denial, text)), None)
    if denied is not None:
        return Standing(item, DisclosureStatus.ZERO_STATED, (denied,))
    if said is not None:
        is_told = "last-year" in item.id or item.topic is Topic.PERFORMANCE
        return Standing(item, DisclosureStatus.STATED if is_told else DisclosureStatus.NOT_READ, (said,))
    return Standing(item, DisclosureStatus.ABSENT if texts else DisclosureStatus.NOT_READ, near)


def _facts(book: Book, topic: Topic, item: Item) -> Iterable[FactRecord]:
    return [fact for fact in book.facts(topic) if not item.roles or fact.role in item.roles]


def _results(book: Book, texts: list[tuple[NarrativeRecord, str]]) -> Standing:
    """The results of the projects that the text says were evaluated: a summary, sheets, or words of each."""
    shown = [project.source for project in book.projects]
    told = [fact.source for topic in (Topic.PROJECT_SUMMARY, Topic.DEPARTMENTAL_EVALUATION, Topic.EVALUATION_REPORT)
            for fact in book.facts(topic)]  # fmt: skip
    if shown or told:
        return Standing(RESULTS, DisclosureStatus.STATED, (*shown, *told)[:1])
    counts = book.facts(Topic.PERFORMANCE, "SELF_EVALUATION", Role.COUNT)
    if counts and not counts[0].number.value:
        return Standing(RESULTS, DisclosureStatus.ZERO_STATED, (counts[0].source,))
    denied = [note.source for note, text in texts if re.search(r"(?:无|没有|未)[^。；]{0,12}绩效(?:自评|评价)", text)]
    if denied:
        return Standing(RESULTS, DisclosureStatus.ZERO_STATED, tuple(denied[:1]))
    near = tuple(fact.source for fact in counts[:1])
    unread = any(table.status is ReadingStatus.NOT_READ for table in book.account.read_tables)
    is_absent = bool(counts and texts and not unread)
    return Standing(RESULTS, DisclosureStatus.ABSENT if is_absent else DisclosureStatus.NOT_READ, near)


def _definitions(book: Book, has_texts: bool) -> Standing:
    """A definition of each 项 that the table of expenditure prints, by its code or its name."""
    table = book.table(StatementForm.EXPENDITURE) or book.table(StatementForm.GENERAL_PUBLIC_BUDGET)
    used = [line for line in table.lines if len(line.code or "") == SUBJECT_ITEM] if table is not None else []
    terms = book.account.terms
    sources = tuple(term.source for term in terms[:1])
    if not used or not (terms or has_texts):
        return Standing(DEFINITIONS, DisclosureStatus.NOT_READ, sources)
    codes = {term.code for term in terms}
    names = [words.plain(term.term) for term in terms]
    missing = tuple(_called(line) for line in used if line.code not in codes and not _is_named(line, names))
    status = DisclosureStatus.ABSENT if missing else DisclosureStatus.STATED
    return Standing(DEFINITIONS, status, sources, missing)


def _is_named(line: LineRecord, names: list[str]) -> bool:
    own = words.subject_name(line.label)
    return any(own and own in name for name in names)


def _called(line: LineRecord) -> str:
    return f"{line.code} {line.label}"
