"""Many cases of one kind: some of them run in `make test`, all of them, or many more, in `make test-long`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

_TIMES = int(os.environ.get("ROUNDS", "1"))


def rounds(few: int) -> int:
    """How many random cases: so few in `make test`, in `make test-long` as many times these as ROUNDS says."""
    return few * _TIMES


def sampled(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases as parameters; all but each `every`-th are marked slow. A tuple is a case of several parameters."""
    return [_parameter(case, () if number % every == 0 else pytest.mark.slow) for number, case in enumerate(cases)]


def _parameter(case: Any, marks: Any) -> Any:
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, id=case.id, marks=marks)
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=marks)
