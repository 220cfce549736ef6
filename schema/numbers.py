"""A printed number that is no figure of a measure: a rate, a score, a count, an amount of the prose."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_data.core.amount import Number
from graph_data.core.records import FundingRecord
from graph_data.core.terms import FundingQuantity, FundSource
from resolvers.projects import FundingLine as FundingRow
from schema.describe import field
from schema.money import Money, money
from schema.sources import Source, source


@strawberry.type(description="A number exactly as printed (数字原文).")
class PrintedNumber:
    record: strawberry.Private[Number]

    @field("As printed (原文)")
    def text(self) -> str:
        return self.record.text

    @field("What its place says it counts: 万元, %, 分, 个 (计量单位)")
    def unit(self) -> str:
        return self.record.unit

    @field("Decimals of its place (小数位数)")
    def decimals(self) -> int:
        return self.record.decimals

    @field("Its exact value in that unit; null for a printed dash (数值)")
    def value(self) -> Decimal | None:
        return self.record.value

    @field("The amount, where it is money (金额)")
    def money(self) -> Money | None:
        return money(self.record.fen)


@strawberry.type(description="One printed cell of a project's funds block (资金单元格).")
class FundingCell:
    record: strawberry.Private[FundingRecord]

    @field("What its column holds (栏目)")
    def quantity(self) -> FundingQuantity:
        return self.record.quantity

    @field("The number (数字)")
    def number(self) -> PrintedNumber:
        return PrintedNumber(record=self.record.number)

    @field("Where it stands (出处)")
    def source(self) -> Source:
        return source(self.record.account, self.record.source)


@strawberry.type(description="A source of a project's funds, by phase, with its weight, rate and score (项目资金).")
class FundingLine:
    row: strawberry.Private[FundingRow]

    @field("The source of funds (资金来源)")
    def source(self) -> FundSource:
        return self.row.source

    @field("Budget at the opening of the year (年初预算数)")
    def initial_budget(self) -> Money | None:
        return money(self.row.fen(FundingQuantity.INITIAL_BUDGET))

    @field("Budget as revised in the year (全年预算数)")
    def revised_budget(self) -> Money | None:
        return money(self.row.fen(FundingQuantity.REVISED_BUDGET))

    @field("What was spent (全年执行数)")
    def executed(self) -> Money | None:
        return money(self.row.fen(FundingQuantity.EXECUTED))

    @field("Execution rate in percent, as printed (执行率)")
    def execution_rate(self) -> Decimal | None:
        return self.row.value(FundingQuantity.EXECUTION_RATE)

    @field("Weight of the funds in the evaluation (分值)")
    def max_score(self) -> Decimal | None:
        return self.row.value(FundingQuantity.MAX_SCORE)

    @field("Score of the funds in the evaluation (得分)")
    def score(self) -> Decimal | None:
        return self.row.value(FundingQuantity.SCORE)

    @field("Every printed cell of the row, with its place (各单元格)")
    def cells(self) -> list[FundingCell]:
        return [FundingCell(record=record) for record in self.row.records]
