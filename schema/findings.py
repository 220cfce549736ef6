"""Checks, how they ended, and what they found. Nothing published is ever repaired."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import strawberry

from graph_data.checks import Check as CheckRecord
from graph_data.checks import message, suggestion
from graph_data.checks.disclosure import Standing
from graph_data.checks.examination import Materiality as MaterialityRecord
from graph_data.checks.wording import word
from graph_data.conclusions import Conclusion as ConclusionRecord
from graph_data.core.records import AccountKey
from graph_data.core.terms import CheckOutcome, ConclusionKind, DisclosureStatus, MaterialityLevel, Severity
from graph_data.digest import AccountScore as AccountScoreRecord
from graph_data.digest import Part
from graph_data.findings import LedgerEntry, LocatedFinding
from graph_data.graph import Node as GraphNode
from graph_data.graph import NodeKind
from resolvers import findings
from schema.context import Info, Words, spoken
from schema.documents import Source, source
from schema.fields import Money, attribute, field, made, money
from schema.nodes import (
    Connection,
    FinalAccountsRef,
    Link,
    Node,
    any_node,
    final_accounts,
    finding,
    linked,
    linked_by_page,
    shows,
)


@strawberry.type(description="A rule by which published figures are compared with each other (核查规则).")
class Check:
    record: strawberry.Private[CheckRecord]

    id: str = attribute("Stable id, as the argument `check` takes it: table.subjects (核查编号)")
    basis: str | None = attribute("The regulation that it rests on, by name and number (依据)")

    @field("What it is called (核查名称)")
    def title(self, info: Info, language: Words = None) -> str:
        return self.record.title.of(spoken(info, language))

    @field("What it compares, and what it leaves alone (核查内容)")
    def rule(self, info: Info, language: Words = None) -> str:
        return self.record.rule.of(spoken(info, language))


def check(record: CheckRecord) -> Check:
    """A check as the API shows it."""
    return Check(record=record)


@strawberry.type(
    description="How much a difference matters: by itself, in the account's total, in the digits printed (重要性)."
)
class Materiality:
    record: strawberry.Private[MaterialityRecord]

    level: MaterialityLevel = attribute("In one word (程度)")
    share: Decimal | None = attribute("The difference as a part of all that the account spent, 0 to 1 (占支出总计比重)")
    steps: Decimal | None = attribute("The difference in units of the last digit that its numbers print (末位数)")

    @field("The difference as money, with its sign; null where it is of something else (差额)")
    def amount(self) -> Money | None:
        return money(self.record.fen)


@strawberry.type(
    description="What the auditor concluded of a finding, as kept beside the package in conclusions.csv (审计结论)."
)
class Conclusion:
    record: strawberry.Private[ConclusionRecord]

    kind: ConclusionKind = attribute("Does it hold? (结论)")
    note: str = attribute("In the auditor's words; may be empty (说明)")
    name: str = attribute("Who concluded it (签名)")

    @field("On which day, ISO 8601 (日期)")
    def date(self) -> str:
        return self.record.date.isoformat()


@shows(NodeKind.FINDING)
@strawberry.type(
    description="A place where published figures contradict each other; nothing published is ever repaired (核查发现)."
)
class Finding(Node):
    graph_node: strawberry.Private[GraphNode]

    def located(self, info: Info) -> LocatedFinding:
        return findings.located(info.context.dataset, self.graph_node)

    id: strawberry.ID = attribute("Stable, readable id (标识)", "graph_node.id")

    @field("The check that found it (核查规则)")
    def check(self, info: Info) -> Check:
        return check(findings.check(self.located(info).finding.check))

    @field("How grave it is (严重程度)")
    def severity(self, info: Info) -> Severity:
        return self.located(info).finding.severity

    @field("What was found, in words: what stands where, how far apart, and the cause where arithmetic shows it (说明)")
    def message(self, info: Info, language: Words = None) -> str:
        return message(self.located(info).finding, spoken(info, language))

    @field("What to do about it (建议)")
    def suggestion(self, info: Info, language: Words = None) -> str | None:
        return suggestion(self.located(info).finding, spoken(info, language))

    @field("The id of the first finding of the same cause, one for all of them (同因)")
    def group(self, info: Info) -> str:
        return findings.group(self.located(info))

    @field("How much it matters (重要性)")
    def materiality(self, info: Info) -> Materiality:
        return Materiality(record=self.located(info).finding.materiality)

    @field("What the auditor concluded of it; null where nothing is kept, or of something it no longer says (审计结论)")
    def conclusion(self, info: Info) -> Conclusion | None:
        told = info.context.dataset.conclusion(self.located(info))
        return None if told is None else Conclusion(record=told)

    @field("The number as printed; null where it is not about a number (公开数)")
    def reported(self, info: Info) -> Decimal | None:
        return self.located(info).finding.reported

    @field("The number that it is held against: computed, or printed in another place (核算数)")
    def derived(self, info: Info) -> Decimal | None:
        return self.located(info).finding.derived

    @field("What is reported less what is derived (差额)")
    def difference(self, info: Info) -> Decimal | None:
        return self.located(info).finding.difference

    @field("How far apart rounding alone could bring the two (舍入允差)")
    def tolerance(self, info: Info) -> Decimal | None:
        return self.located(info).finding.tolerance

    @field("What the numbers count: 万元, %, 分 (计量单位)")
    def unit(self, info: Info) -> str | None:
        return self.located(info).finding.unit

    @field("What it concerns: a row, a project, an indicator, a subject, the account (所涉对象)")
    def node(self, info: Info) -> Node | None:
        return any_node(self.located(info).concerns)

    @field("Where each of the numbers stands, the reported one first (出处)")
    def sources(self, info: Info) -> list[Source]:
        found = self.located(info)
        return [source(found.account, record) for record in found.finding.sources]

    @field("The account that it was found in (部门决算)")
    def final_accounts(self, info: Info) -> FinalAccountsRef:
        return final_accounts(info.context.dataset.final_accounts_node(self.located(info).account))

    links: list[Link] = linked()
    link_connection: Connection[Link] = linked_by_page()


@strawberry.type(description="How one check of an account ended (核查结果).")
class CheckEntry:
    record: strawberry.Private[LedgerEntry]

    check: Check = made("The check (核查规则)", "record.check", check)
    outcome: CheckOutcome = attribute("How it ended (结果)")

    @field("Why nothing was compared; null where something was (原因)")
    def reason(self, info: Info, language: Words = None) -> str | None:
        return None if self.record.reason is None else self.record.reason.of(spoken(info, language))

    @field("What it found, in printed order; observations do not make it fail (核查发现)")
    def findings(self) -> list[Finding]:
        return [finding(found.node) for found in self.record.findings]


@strawberry.type(
    description="Every check that applies to every document ends here: what was not run never counts as passed "
    "(核查台账)."
)
class CheckLedger:
    record: strawberry.Private[Sequence[LedgerEntry]]

    @field("Every check, in the order of `checks` (各项核查)")
    def entries(self) -> list[CheckEntry]:
        return [CheckEntry(record=entry) for entry in self.record]

    @field("How many found no contradiction (通过数)")
    def passed(self) -> int:
        return findings.count(self.record, CheckOutcome.PASSED)

    @field("How many found a contradiction (未通过数)")
    def failed(self) -> int:
        return findings.count(self.record, CheckOutcome.FAILED)

    @field("How many had nothing to compare in this document (不适用数)")
    def not_applicable(self) -> int:
        return findings.count(self.record, CheckOutcome.NOT_APPLICABLE)

    @field("How many could not compare, since the document says too little (数据不足数)")
    def insufficient_data(self) -> int:
        return findings.count(self.record, CheckOutcome.INSUFFICIENT_DATA)

    @field("How many needed what was not read, or not all of it (未读数)")
    def not_read(self) -> int:
        return findings.count(self.record, CheckOutcome.NOT_READ)


@strawberry.type(description="Something that must be published, and how it stands in an account (公开核对).")
class DisclosureItem:
    account: strawberry.Private[AccountKey]
    record: strawberry.Private[Standing]

    id: str = attribute("Stable id: table.REVENUE, three-public.travel (事项编号)", "record.item.id")
    status: DisclosureStatus = attribute("Is it there? (公开情况)")
    basis: str = attribute("The regulation that asks for it, by name and number (依据)", "record.item.basis")
    missing: list[str] = attribute("What of it is missing, where only some is: undefined subjects (缺少内容)")

    @field("What it is called (事项)")
    def title(self, info: Info, language: Words = None) -> str:
        told, item = spoken(info, language), self.record.item
        return item.title.of(told) if item.form is None else word(item.form, told)

    @field("Where it stands, or near where it should (出处)")
    def sources(self) -> list[Source]:
        return [source(self.account, each) for each in self.record.sources]


@strawberry.type(description="A part of a score: causes of one severity and materiality, or what is absent (得分构成).")
class ScorePart:
    record: strawberry.Private[Part]

    code: str = attribute("Severity and materiality, ERROR_MATERIAL; or DISCLOSURE (类别)")
    count: int = attribute("How many causes, or items that were not found (数量)")
    points: int = attribute("What they add (分数)")

    @field("What it is called (名称)")
    def title(self, info: Info, language: Words = None) -> str:
        return self.record.title.of(spoken(info, language))


@strawberry.type(description="How soon to look at an account: the points of what was found in it (核查得分).")
class AccountScore:
    record: strawberry.Private[AccountScoreRecord]

    score: int = attribute("The higher, the sooner to look (得分)")
    observations: int = attribute("Causes of observations alone, which add nothing (提示数)")
    dismissed: int = attribute("Causes that the auditor dismissed, which add nothing (已排除数)")
    not_read: int = attribute("Checks that needed what was not read, or not all of it (未读核查数)")

    @field("What makes it up (构成)")
    def parts(self) -> list[ScorePart]:
        return [ScorePart(record=each) for each in self.record.parts]

    @field("The gravest findings, one a cause (主要原因)")
    def reasons(self) -> list[Finding]:
        return [finding(each.node) for each in self.record.reasons]
