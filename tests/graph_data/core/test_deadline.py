"""Work that looks at the clock ends once its time is over, and only then."""

from __future__ import annotations

import time

import pytest

from graph_data.core.deadline import OutOfTimeError, require_time, until


def test_work_without_an_end_has_as_much_time_as_it_needs() -> None:
    require_time()


def test_work_ends_when_its_time_is_over_and_that_of_others_goes_on() -> None:
    with until(time.monotonic_ns() + 60 * 10**9):
        require_time()
        with until(time.monotonic_ns() - 1), pytest.raises(OutOfTimeError):
            require_time()
        require_time()
    require_time()


def test_no_part_of_the_work_takes_it_for_its_own_failure() -> None:
    assert not issubclass(OutOfTimeError, Exception)
