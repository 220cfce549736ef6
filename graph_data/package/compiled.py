"""The rows of a table as straight Python, written once out of its places; and what their cells were found to mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any, get_args, get_type_hints

from graph_data.core.amount import MAX_FEN, MONEY_UNITS, Number
from graph_data.core.record_factory import maker
from graph_data.core.records import AccountKey, Source
from graph_data.package.cells import Column, Flag, Plain, Term, Terms, Text, line_of
from graph_data.package.layout import CONFIDENCE, COUNTER, DOCUMENT, KeyPlace, NumberPlace, Place, Single, SourcePlace
from graph_data.package.tables import TABLES, Table

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


Lister = Callable[[Iterable[Any]], list[Any]]
Reader = Callable[[Sequence[str]], Any]
_TABLES = {table.name: table for table in TABLES}
_PARTS: dict[type[Place], tuple[str, ...]] = {
    NumberPlace: ("text", "unit", "decimals", "value", "fen"),
    SourcePlace: ("section", "page", "line", "row", "column", "document", "confidence"),
}
_WRITER = """
def lines(records):
    found, last, key = [], None, ""
    for each in records:
        if each.account is not last:
            last = each.account
            key = f"{{last.division}},{{last.department}},{{last.fiscal_year}}"
        {before}
        found.append(f"{cells}\\n")
    return found
"""
_READER = """
def reader(memory, {reads}):
    texts, numbers, keys, counters = memory.texts, memory.numbers, memory.keys, memory.counters
    documents, confidences = memory.documents, memory.confidences
    def row(cells):
        {names}, = cells
        return Record({values})
    return row
"""


def encode(table: Table, records: Sequence[Any]) -> bytes:
    """A table as UTF-8 CSV with LF line ends: a header, then the records in the order given."""
    return (line_of([column.name for column in table.columns]) + text_of(table, records)).encode()


def text_of(table: Table, records: Sequence[Any]) -> str:
    """The lines of these records, in their order; a cell is quoted only where it must be."""
    lines, width = _writer(table.name)(records), len(table.columns)
    text = "".join(lines)
    if _is_plain(text, len(lines), width):
        return text
    both = zip(lines, records, strict=True)
    return "".join(line if _is_plain(line, 1, width) else line_of(table.write(each)) for line, each in both)


def reader(table: Table, memory: Memory) -> Reader:
    """What makes a record of the cells of a row that stand in the order of the table's columns.

    It raises CellError where a cell, and ValueError where the number of cells, is not what it should be.
    """
    made: Reader = _reader(table.name)(memory, *(_first_read(place, memory) for place in table.places))
    return made


@cache
def keys(name: str) -> Lister:
    """For records of the table of this name: the `Table.order` of each."""
    space: dict[str, Any] = {"PATHS": Memo(_path)}
    hints, parts = get_type_hints(_TABLES[name].record), []
    for field in _TABLES[name].key:
        if field == "indicator":
            parts.append("PATHS[each.indicator]")
        elif (members := getattr(hints[field], "__members__", None)) is not None:
            space[f"RANKS_{field}"] = {member: rank for rank, member in enumerate(members)}
            parts.append(f"RANKS_{field}[each.{field}._name_]")
        else:
            parts.append(f"each.{field}")
    return _lister(parts, space)


@cache
def values(name: str, fields: tuple[str, ...]) -> Lister:
    """For records of the table of this name: these fields of each, enumerations by their names."""
    hints = get_type_hints(_TABLES[name].record)
    return _lister([_named(f"each.{field}", hints.get(field)) for field in fields], {})


def _path(indicator: str) -> tuple[tuple[int, str], ...]:
    return tuple((len(part), part) for part in indicator.split("."))


def _named(field: str, hint: Any) -> str:
    is_term = any(hasattr(kind, "__members__") for kind in (hint, *get_args(hint)))
    return f"({field} and {field}._name_)" if is_term else field


def _lister(parts: Sequence[str], space: dict[str, Any]) -> Lister:
    made: Lister = eval(f"lambda records: [({''.join(f'{part}, ' for part in parts)}) for each in records]", space)
    return made


def _is_plain(text: str, lines: int, width: int) -> bool:
    """Does no cell of these lines hold a comma, a quotation mark or a line end?"""
    return text.count(",") == lines * (width - 1) and text.count("\n") == lines and '"' not in text and "\r" not in text


@cache
def _writer(name: str) -> Callable[[Iterable[Any]], list[str]]:
    """What writes the lines of records as if no cell ever had to be quoted."""
    before: list[str] = []
    cells = ",".join(_written(place, before) for place in _TABLES[name].places)
    made: Callable[[Iterable[Any]], list[str]]
    made = _made(_WRITER.format(before="\n        ".join(before), cells=cells), "lines", {})
    return made


def _written(place: Place, before: list[str]) -> str:
    """The cells of a field as a part of an f-string; `before` gets the statements that it needs."""
    value = f"v_{place.name}"
    if isinstance(place, KeyPlace):
        return "{key}"
    before.append(f"{value} = each.{place.name}")
    if isinstance(place, Single):
        return _cell(value, place.columns[0])
    each = zip(_PARTS[type(place)], place.columns, strict=True)
    cells = ",".join(_part(value, part, column) for part, column in each)
    if isinstance(place, NumberPlace | SourcePlace) and place.nullable:
        blank = "," * (len(place.columns) - 1)
        before.append(f'{value} = "{blank}" if {value} is None else f"{cells}"')
        return f"{{{value}}}"
    return cells


def _part(value: str, part: str, column: Column) -> str:
    """One part of a number or a source; the first document goes without saying."""
    if part == "document":
        return f"{{'' if {value}.document == 1 else {value}.document}}"
    return _cell(f"{value}.{part}", column)


def _cell(value: str, column: Column) -> str:
    """`Column.write` as a part of an f-string."""
    kind = column.kind
    if isinstance(kind, Text):
        return f"{{{value} or ''}}"
    if isinstance(kind, Flag):
        return f"{{'true' if {value} else 'false'}}"
    if isinstance(kind, Terms):
        return f"{{' '.join([term._name_ for term in {value}])}}"
    said = (
        f"format({value}, 'f')" if isinstance(kind, Plain) else f"{value}._name_" if isinstance(kind, Term) else value
    )
    return f"{{'' if {value} is None else {said}}}" if column.nullable else f"{{{said}}}"


@cache
def _reader(name: str) -> Callable[..., Reader]:
    table, cells = _TABLES[name], [f"c{number}" for number in range(len(_TABLES[name].columns))]
    left, reads = iter(cells), [f"read{number}" for number in range(len(table.places))]
    values = ", ".join(_read(place, read, left) for place, read in zip(table.places, reads, strict=True))
    record: Any = table.record
    space = {"Record": maker(record), "Source": maker(Source)}
    made: Callable[..., Reader]
    made = _made(_READER.format(reads=", ".join(reads), names=", ".join(cells), values=values), "reader", space)
    return made


def _read(place: Place, read: str, left: Iterator[str]) -> str:
    """The value of a field, as an expression over the cells that are its columns."""
    cells = [next(left) for _ in place.columns]
    if isinstance(place, Single):
        return _read_cell(place.columns[0], read, cells[0])
    if isinstance(place, KeyPlace):
        return f"keys.get(k := ({', '.join(cells)})) or {read}(k)"
    value = f"numbers.get(k) or {read}(k)"
    if isinstance(place, SourcePlace):
        memos = ("texts", "counters", "counters", "texts", "texts", "documents", "confidences")
        value = f"Source({', '.join(f'{memo}[{cell}]' for memo, cell in zip(memos, cells, strict=True))})"
    several = f"(k := ({', '.join(cells)}))"
    if isinstance(place, NumberPlace | SourcePlace) and place.nullable:
        return f"(None if {several} == {('',) * len(cells)} else {value})"
    return value.replace("get(k)", f"get({several})")


def _read_cell(column: Column, read: str, cell: str) -> str:
    if not _is_text(column):
        return f"{read}[{cell}]"
    return f"texts[{cell}]" if column.nullable else f"(texts[{cell}] or {read}({cell}))"


def _is_text(column: Column) -> bool:
    return isinstance(column.kind, Text) and column.kind.pattern is None


def _first_read(place: Place, memory: Memory) -> Any:
    """What reads the cells of a field that memory does not hold yet."""
    if isinstance(place, KeyPlace):
        return partial(memory.key, place)
    if isinstance(place, NumberPlace):
        return partial(memory.number, place)
    column = place.columns[0]
    return column.read if _is_text(column) else Memo(column.read)


def _made(source: str, name: str, space: dict[str, Any]) -> Any:
    exec(source, space)
    return space[name]
