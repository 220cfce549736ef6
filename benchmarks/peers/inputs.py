"""The enumerations and inputs of the five questions, shared by both Strawberry peers."""

from __future__ import annotations

from enum import Enum

import strawberry

Classification = strawberry.enum(Enum("Classification", ["FUNCTIONAL", "ECONOMIC", "REVENUE"]))
SubjectLevel = strawberry.enum(Enum("SubjectLevel", {"CATEGORY": 1, "SECTION": 2, "ITEM": 3}))
Measure = strawberry.enum(Enum("Measure", ["EXPENDITURE", "PROJECT_EXECUTED"]))
Dimension = strawberry.enum(Enum("Dimension", ["FUNCTIONAL_SUBJECT", "FISCAL_YEAR"]))
OrderKey = strawberry.enum(Enum("RollupOrderKey", ["AMOUNT", "KEY"]))
OrderDirection = strawberry.enum(Enum("OrderDirection", ["ASC", "DESC"]))


@strawberry.input
class GroupBy:
    dimension: Dimension
    level: int | None = None


@strawberry.input
class RollupOrder:
    by: OrderKey
    direction: OrderDirection


@strawberry.input
class DepartmentCode:
    division: str
    code: str


@strawberry.input
class DepartmentBy:
    code: DepartmentCode
