"""Money: whole 分 inside, exact text outside."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, cast

import strawberry

from graph_data.core.amount import AmountUnit, in_unit
from schema.describe import field

MoneyUnitArgument = Annotated[AmountUnit, strawberry.argument(description="The unit of the answer (金额单位)")]


@strawberry.type(
    description="Held as whole 分 (1/100 yuan); converted exactly; at least two decimals, trailing zeros trimmed "
    "beyond them (金额)."
)
class Money:
    amount_fen: strawberry.Private[int]

    @field("The amount in a unit, exactly (金额)")
    def amount(self, unit: MoneyUnitArgument = AmountUnit.WAN_YUAN) -> Decimal:
        return cast(Decimal, in_unit(self.amount_fen, unit))  # the scalar takes the text of a decimal as it is

    @field("The amount in whole 分, as text because it may pass 32 bits (以分计)")
    def fen(self) -> str:
        return str(self.amount_fen)

    @field("ISO 4217 code of the currency: CNY, 人民币 (币种)")
    def currency(self) -> str:
        return "CNY"


def money(fen: int | None) -> Money | None:
    """Money where the document states an amount; None where it is silent or prints a dash."""
    return None if fen is None else Money(amount_fen=fen)
