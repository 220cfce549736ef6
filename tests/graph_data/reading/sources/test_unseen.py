"""A number is the one that a reader sees, whatever stands unseen among its digits."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError
from graph_data.reading import Given, read
from tests.graph_data.reading.hostile import GOOD

GIVEN = Given("370300", department="102")
UNSEEN = ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\u202a", "\ufe0f", "\U000e0030"]


def amounts(path: Path, text: str) -> list[str]:
    path.write_text(text, "utf-8")
    return [figure.number.text for figure in read([path], GIVEN).account.figures]


@pytest.mark.parametrize("mark", UNSEEN, ids=[f"U+{ord(mark):04X}" for mark in UNSEEN])
def test_what_nobody_sees_is_no_part_of_a_number_or_a_name(tmp_path: Path, mark: str) -> None:
    text = GOOD.replace("706", f"7{mark}06").replace("一般公共", f"一般{mark}公共").replace("2022", f"2{mark}022")
    assert amounts(tmp_path / "a.txt", text) == amounts(tmp_path / "b.txt", GOOD) == ["706"] * 4


@pytest.mark.parametrize("mark", ["\u202e", "\u202b", "\u2067"])
def test_a_number_that_is_shown_in_another_order_is_refused(tmp_path: Path, mark: str) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt, line \d+.*turns the direction of writing"):
        amounts(tmp_path / "a.txt", GOOD.replace("706", f"{mark}607\u202c"))
