"""First digits of a division's amounts: told of many that span far, with the caveat; silent of few."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.digest import as_json, digest
from graph_data.digits import FEWEST, digits, of_amounts
from graph_data.synthesis import Scale, batches


def amounts(count: int, seed: int) -> list[int]:
    """Spread evenly over five powers of ten, as Benford's law has it."""
    random = Random(seed)
    return [int(10 ** random.uniform(5, 10)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(40))
def test_amounts_that_grow_as_amounts_do_agree(seed: int) -> None:
    found = of_amounts("990100", 2022, amounts(FEWEST, seed))
    assert found is not None
    assert not found.differs, found.said(Language.EN)
    assert abs(sum(found.shares) - 1) < Decimal("1e-20")


@pytest.mark.parametrize("language", Language)
def test_invented_amounts_differ_and_the_words_say_that_it_is_no_error(language: Language) -> None:
    random = Random(1)
    found = of_amounts("990100", 2022, [int(random.uniform(1, 9.99) * 10 ** random.randint(5, 9)) for _ in range(2000)])
    assert found is not None
    assert found.differs
    said = found.said(language)
    assert "2000" in said
    assert ("no more" if language is Language.EN else "仅提示") in said


def test_of_few_amounts_and_of_such_as_are_alike_nothing_is_said() -> None:
    assert of_amounts("990100", 2022, amounts(FEWEST - 1, 1)) is None
    assert of_amounts("990100", 2022, [1_234_567 + n for n in range(FEWEST)]) is None


def test_a_city_is_told_by_division_and_year_in_the_digest() -> None:
    (batch,) = batches(Scale(40, years=1, units=1, projects=4), 25)
    dataset = Dataset.of(tuple(batch.accounts()), "city")
    found = digits(dataset)
    assert found
    assert all(each.count >= FEWEST for each in found)
    told = as_json(dataset, digest(dataset), Language.ZH)["firstDigits"]
    assert [each["message"] for each in told] == [each.said(Language.ZH) for each in found]
    assert {each["severity"] for each in told} == {"INFO"}
