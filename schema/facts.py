"""What the prose says: every number that it states, and its passages of words."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.core.records import FactRecord, NarrativeRecord
from graph_data.core.terms import NarrativeKind, Role, Topic
from schema.describe import field
from schema.money import Money, money
from schema.numbers import PrintedNumber
from schema.sources import Source, source


@strawberry.type(description="One number that the prose states (文字说明中的数字).")
class Fact:
    record: strawberry.Private[FactRecord]

    @field("What the passage is about (说明事项)")
    def topic(self) -> Topic:
        return self.record.topic

    @field("What the number is about within the topic: a subject code, a project's number, a label (对象)")
    def item(self) -> str:
        return self.record.item

    @field("Tells passages of one topic and item apart, in printed order (序号)")
    def position(self) -> int:
        return self.record.position

    @field("What the number is within its passage (数字性质)")
    def role(self) -> Role:
        return self.record.role

    @field("What the document calls it (原称)")
    def label(self) -> str:
        return self.record.label

    @field("As printed (原文)")
    def text(self) -> str:
        return self.record.number.text

    @field("The amount, where it is money (金额)")
    def money(self) -> Money | None:
        return money(self.record.number.fen)

    @field("Its exact value in its unit; null for a printed dash (数值)")
    def value(self) -> Decimal | None:
        return self.record.number.value

    @field("The number as printed, with its unit and decimals (数字原文)")
    def number(self) -> PrintedNumber:
        return PrintedNumber(record=self.record.number)

    @field("The day (ISO 8601) of a stock such as vehicles (截止日期)")
    def as_of(self) -> str | None:
        return self.record.as_of

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)


def fact(record: FactRecord) -> Fact:
    """A stated number as the API shows it."""
    return Fact(record=record)


@strawberry.type(description="A passage of words (文字说明).")
class Narrative:
    record: strawberry.Private[NarrativeRecord]

    @field("What the passage is (文字类别)")
    def kind(self) -> NarrativeKind:
        return self.record.kind

    @field("What it belongs to: a term's position, a project's number, an indicator, a form (所属对象)")
    def about(self) -> str:
        return self.record.about

    @field("Its place among its kind (序号)")
    def position(self) -> int:
        return self.record.position

    @field("The words (正文)")
    def text(self) -> str:
        return self.record.text

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)


def narrative(record: NarrativeRecord) -> Narrative:
    """A passage as the API shows it."""
    return Narrative(record=record)
