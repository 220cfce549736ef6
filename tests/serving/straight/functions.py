"""Functions to be written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any, NewType, cast

Name = NewType("Name", str)
CALLED: list[object] = []
SIZES = {"small": 1, "large": 9}


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Point:
    across: int
    up: int = 0

    @property
    def sum(self) -> int:
        return self.across + self.up

    def moved(self, by: int) -> Point:
        return Point(self.across + by, up=self.up)


@dataclass
class Wrapper:
    point: Point | None


@dataclass
class Filled:
    parts: list[int] = field(default_factory=list)


def noted(value: object) -> object:
    CALLED.append(value)
    return value


def straight(x: int) -> int:
    """A docstring is no line."""
    doubled = 2 * x
    return doubled + 1


def either(x: int) -> str:
    if x > 3:
        return "many"
    if x < 0:
        return f"minus {-x}"
    return "few" if x else "none"


def refuses(x: int) -> int:
    if x < 0:
        raise ValueError(f"{x} is below nothing")
    return x


def known(x: int, unit: str | None = None) -> int:
    return x if unit is None else x * SIZES["large"]


def wrapped(x: int | None) -> Wrapper | None:
    point = None if x is None else Point(x)
    return None if point is None else Wrapper(point=point)


def moved(x: int) -> int:
    return Point(x).moved(2).moved(3).sum


def named(x: str) -> str:
    return cast(str, Name(x)) + Colour.RED.value + Colour.RED.name


def squares(numbers: list[int], least: int) -> list[int]:
    return [straight(number) for number in numbers if number >= least]


def paired(numbers: list[int]) -> list[str]:
    return [f"{at}:{number}" for at, number in enumerate(numbers)]


def summed(numbers: list[int], x: int) -> int:
    kept = [x + number for number in numbers if number != x]
    return sum(kept) + len(kept)


def ordered(x: int) -> object:
    return noted(1) and x > 2 and noted(2)


def sliced(numbers: list[int], x: int) -> list[int]:
    return numbers[x : x + 2]


def several(x: int, *others: int) -> int:
    return x + sum(others)


def looping(x: int) -> int:
    total = 0
    for number in range(x):
        total += number
    return total


def generated(x: int) -> Iterator[int]:
    yield x


def recursive(x: int) -> int:
    return 0 if x == 0 else 1 + recursive(x - 1)


@lru_cache
def cached(x: int) -> int:
    return x


def closing_over(x: int) -> Callable[[], int]:
    def inside() -> int:
        return x

    return inside


def required(text: str) -> int:
    noted(text)
    return len(text)


def read_twice(thing: Any) -> Any:
    return thing.value + thing.value
