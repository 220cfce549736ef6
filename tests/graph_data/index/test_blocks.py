"""Blocks give back exactly what went in, for every record of the project, and nothing else."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_data.checks import CHECKS, Check, CheckEntry
from graph_data.checks.examination import Finding
from graph_data.core import records
from graph_data.core.amount import Number
from graph_data.core.errors import PackageError
from graph_data.graph import Node
from graph_data.index import blocks, layout
from graph_data.index.blocks import compressed, content, decompressed, pack, unpack
from graph_data.index.building import SeenPackage
from graph_data.package import read_package
from tests.sampled import rounds

PACKED = (each for each in vars(records).values() if isinstance(each, type) and is_dataclass(each))
KINDS = [
    *(each for each in PACKED if each is not records.PrintedLine),  # which stays a CSV beside its document
    Number,
    Node,
    Finding,
    CheckEntry,
    SeenPackage,
    layout.ExaminedAccount,
    layout.Structure,
    layout.SubjectPart,
]
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(["", "0", "空"]),
    int: st.integers(-(2**63), 2**63 - 1) | st.just(0),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from([Decimal("0"), Decimal("0.00")]),
    NoneType: st.none(),
    Check: st.sampled_from(CHECKS),
}


def some(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type, read off its hints."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if get_origin(hint) is tuple:
        return st.lists(st.deferred(lambda: some(get_args(hint)[0])), max_size=2).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{each.name: some(hints[each.name]) for each in fields(hint)})
    return st.one_of(*map(some, get_args(hint)))


def spelled(value: Any) -> str:
    """A value with every difference shown that == does not see: 1.0 and 1.00, 1 and True."""
    return repr(value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_records_come_back_as_they_are(kind: type[Any]) -> None:
    @settings(derandomize=True, max_examples=rounds(4), deadline=None, database=None)
    @given(st.lists(some(kind), max_size=4))
    def check(values: list[Any]) -> None:
        found = unpack(kind, pack(kind, values))
        assert found == tuple(values)
        assert spelled(found) == spelled(tuple(values))
        assert all(type(each) is kind for each in found)

    check()


def test_what_repeats_is_written_once_and_read_as_one_object() -> None:
    key = records.AccountKey("370300", "102", 2022)
    subject = records.SubjectRecord(key, records.Classification.FUNCTIONAL, "201", "一般公共服务支出")
    found = unpack(records.SubjectRecord, pack(records.SubjectRecord, [subject] * 1000))
    assert found == (subject,) * 1000
    assert found[0].account is found[999].account
    assert len(content(records.SubjectRecord, [subject] * 1000)) < 300


def test_an_account_of_a_package_comes_back_the_same(packages: Path) -> None:
    for account in read_package(packages / "980100-2024"):
        assert unpack(records.Account, pack(records.Account, [account])) == (account,)


@pytest.mark.parametrize(
    "block", [b"", b"\x05" + bytes(7), pack(Number, [])[:-1], compressed(b"[1,[[[]]]]"), compressed(b"{")]
)
def test_what_is_no_block_of_the_records_is_refused(block: bytes) -> None:
    with pytest.raises(PackageError, match="a block of the index"):
        unpack(Number, block)


def test_a_block_of_another_number_of_records_is_refused() -> None:
    one = content(records.SubjectRecord, [])
    assert one.startswith(b"[0,")
    with pytest.raises(PackageError):
        unpack(records.SubjectRecord, compressed(one.replace(b"[0,", b"[3,", 1)))


def test_a_name_that_no_enumeration_has_is_refused() -> None:
    finding = content(records.ComparisonRecord, [])
    assert decompressed(compressed(finding)) == finding
    key = records.AccountKey("370300", "102", 2022)
    source = records.Source(None, None, None)
    measure, direction = next(iter(records.Measure)), next(iter(records.Direction))
    told = content(records.ComparisonRecord, [records.ComparisonRecord(key, "a", 1, "b", measure, direction, source)])
    with pytest.raises(PackageError, match="no ComparisonRecord"):
        unpack(records.ComparisonRecord, compressed(told.replace(measure.name.encode(), b"NEITHER")))


def test_no_type_is_written_that_no_record_has() -> None:
    with pytest.raises(KeyError):
        blocks.pack(complex, [1j])
