"""What the cells of a package have been found to mean: each spelling is read once, and equal values are one object.

The first time that a spelling is met, its place reads it (see `layout`) and says what is wrong with it; printed numbers
in plain notation, most of all, are read here as well.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from graph_data.core.amount import MAX_FEN, MONEY_UNITS, Number
from graph_data.core.record_factory import maker
from graph_data.core.records import AccountKey
from graph_data.package.cells import Column
from graph_data.package.layout import CONFIDENCE, COUNTER, DOCUMENT, KeyPlace, NumberPlace

Cells = tuple[str, ...]
_DIGITS = 18  # of a number that is read here; none that is longer has been printed yet
_SCALES = {str(decimals): decimals for decimals in range(21)}
_FEN = {name: unit.fen for name, unit in MONEY_UNITS.items()}
_number: Callable[..., Number] = maker(Number)


class Memo(dict[Any, Any]):
    """What `read` makes of each key, made once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, key: Any) -> Any:
        value = self[key] = self.read(key)
        return value


class Memory:
    """What the tables of one package share: the keys of its accounts, texts, printed numbers and parts of sources."""

    def __init__(self) -> None:
        self.keys: dict[Cells, AccountKey] = {}
        self.numbers: dict[Cells, Number] = {}
        self.texts = Memo(lambda text: text or None)
        self.counters = Memo(Column("", COUNTER, nullable=True).read)
        self.documents = Memo(lambda cell: DOCUMENT.read(cell) or 1)
        self.confidences = Memo(CONFIDENCE.read)

    def key(self, place: KeyPlace, cells: Cells) -> AccountKey:
        """The key in these cells, read by its place the first time."""
        key: AccountKey = self.keys.setdefault(cells, place.read(cells))
        return key

    def number(self, place: NumberPlace, cells: Cells) -> Number | None:
        """The number in these cells, met for the first time: in plain notation, else read by its place."""
        number = _plain_number(*cells) or place.read(cells)
        if number is not None:
            self.numbers[cells] = number
        return number


def _plain_number(text: str, unit: str, decimals: str, value: str, fen: str) -> Number | None:
    """A number whose five cells are each spelt as they are written, digits with at most one point; else None."""
    whole, point, fraction = text.partition(".")
    digits, scale = whole + fraction, _SCALES.get(decimals)
    if text != value or scale is None or scale < len(fraction) or not whole or bool(point) is not bool(fraction):
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
        return None
    worth = _FEN.get(unit)
    if worth is None:
        return None if fen else _number(text, unit, scale, Decimal(text), None)
    amount, rest = divmod(int(digits) * worth, 10 ** len(fraction))
    if rest or amount > MAX_FEN or fen != str(amount):
        return None
    return _number(text, unit, scale, Decimal(text), amount)
