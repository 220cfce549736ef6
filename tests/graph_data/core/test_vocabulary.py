"""The words of documents: what opens a note, in every spelling."""

from __future__ import annotations

import pytest

from graph_data.core import vocabulary as words


@pytest.mark.parametrize("line", ["注：本表反映收支", "注:本表反映收支", "说明：本表为空", "说明:本表为空"])
def test_a_line_that_opens_so_is_a_note(line: str) -> None:
    assert words.NOTE.match(line)


@pytest.mark.parametrize("line", ["注册登记事务", "情况说明：", "说明", "2010301 行政运行"])
def test_a_line_that_opens_otherwise_is_none(line: str) -> None:
    assert not words.NOTE.match(line)
