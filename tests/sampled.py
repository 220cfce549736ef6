"""Many cases of one kind: each n-th runs in `make test`, all of them in `make test-long`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases as parameters; all but each `every`-th are marked slow. A tuple is a case of several parameters."""
    return [_parameter(case, () if number % every == 0 else pytest.mark.slow) for number, case in enumerate(cases)]


def _parameter(case: Any, marks: Any) -> Any:
    if isinstance(case, type(pytest.param())):
        return pytest.param(*case.values, id=case.id, marks=marks)
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=marks)
