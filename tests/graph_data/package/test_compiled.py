"""What is compiled of a table against the places that it is compiled of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_data.core.amount import read_number
from graph_data.core.records import Account, FigureRecord
from graph_data.package import TABLES, Table, ordered
from graph_data.package.cells import CellError, line_of
from graph_data.package.compiled import Memory, encode, keys, reader, text_of, values
from graph_data.package.layout import NumberPlace
from tests.graph_data.package.accounts import small_account
from tests.graph_data.package.strategies import accounts
from tests.sampled import rounds

CALM = settings(derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
NUMBER = NumberPlace.of("number", nullable=False)
FIGURES = next(table for table in TABLES if table.name == "figures")


def _records(account: Account, table: Table) -> tuple[Any, ...]:
    found = getattr(account, table.name)
    return found if isinstance(found, tuple) else (found,)


@settings(CALM, max_examples=rounds(5))
@given(account=accounts())
def test_lines_keys_and_records_are_those_of_the_places(account: Account) -> None:
    for table in TABLES:
        records, memory = _records(account, table), Memory()
        rows = [table.write(record) for record in records]
        assert text_of(table, records) == "".join(map(line_of, rows))
        assert keys(table.name)(records) == [table.order(record) for record in records]
        read = reader(table, memory)
        assert [repr(read(row)) for row in (*rows, *rows)] == [repr(record) for record in (*records, *records)]


def test_a_table_opens_with_its_header() -> None:
    header = ",".join(column.name for column in FIGURES.columns)
    assert encode(FIGURES, ()).decode() == f"{header}\n"


@pytest.mark.parametrize("text", ["a,b", 'a"b', "a\nb", "a\rb"])
def test_one_cell_that_has_to_be_quoted_leaves_the_other_lines_alone(text: str) -> None:
    (table,) = (table for table in TABLES if table.name == "terms")
    (term,) = small_account().terms
    both = (term, type(term)(term.account, 9, text, None, None, term.source))
    plain, quoted = (line_of(table.write(each)) for each in both)
    assert text_of(table, both) == plain + quoted
    assert '"' in quoted


def test_values_are_names_of_enumerations_and_none_stays_none() -> None:
    account = ordered(small_account())
    assert values("lines", ("form", "parent"))(account.lines)[0] == ("EXPENDITURE", account.lines[0].parent)
    assert values("terms", ("classification",))(account.terms)[0][0] in (None, "FUNCTIONAL", "ECONOMIC")
    assert values("indicators", ("project", "parent"))(account.indicators)[0] == (account.indicators[0].project, None)


TEXTS = st.sampled_from(
    ["0", "00", "0.00", "-0", "-0.00", "1", "01", "1.", ".5", "1.50", "-3.5", "(2.10)", "+1", "1,883.42", "1e3", "-",
     "—", "706", "12345678901234567", "9999999999999.99", "0.000001", "0.0000001", "１２．５", "٣", " 1", "50%", ""]
)  # fmt: skip


@settings(CALM, max_examples=rounds(60))
@given(TEXTS, st.sampled_from(("万元", "元", "亿元", "%", "分", "", "个")), st.integers(-1, 21), TEXTS, st.booleans())
def test_a_number_is_read_as_its_place_reads_it(text: str, unit: str, decimals: int, other: str, agrees: bool) -> None:
    try:
        printed = read_number(text, unit, max(decimals, 0))
        value, fen = printed.value, printed.fen
    except ValueError:
        value, fen = None, None
    said = other if not agrees else "" if value is None else format(value, "f")
    for cents in ("" if fen is None else str(fen), "0", "-0", "7060000"):
        cells = (text, unit, str(decimals), said, cents)
        assert _read(Memory().number, NUMBER, cells) == _read(lambda place, cells: place.read(cells), NUMBER, cells)


def _read(read: Any, place: NumberPlace, cells: tuple[str, ...]) -> str:
    try:
        return repr(read(place, cells))
    except CellError as error:
        return f"{error.column} {error.found} {error.expected}"


def test_a_row_of_another_length_is_no_record() -> None:
    figure: FigureRecord = small_account().figures[0]
    row = FIGURES.write(figure)
    for wrong in (row[:-1], [*row, ""]):
        with pytest.raises(ValueError, match="unpack"):
            reader(FIGURES, Memory())(wrong)
