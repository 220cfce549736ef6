"""A small schema of animals and their keepers that can go wrong in every way."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.schema.config import StrawberryConfig


@strawberry.enum
class Mood(Enum):
    CALM = "calm"
    WILD = "wild"


def _shown(value: str) -> str | None:
    return None if value == "none" else f"<{value}>"


FACE = strawberry.scalar(name="Face", serialize=_shown, parse_value=str)


class Face(str):
    """A custom scalar."""


SMILE = Face(":)")


@strawberry.input
class Size:
    least: int = 0
    most: int | None = strawberry.UNSET
    moods: list[Mood] | None = strawberry.UNSET


@strawberry.input(one_of=True)
class By:
    name: str | None = strawberry.UNSET
    number: int | None = strawberry.UNSET


@strawberry.interface
class Animal:
    name: str
    legs: int = 4

    @strawberry.field
    def mood(self, info: strawberry.Info) -> Mood:
        return Mood.WILD if info.context["wild"] else Mood.CALM

    @strawberry.field
    def friend(self, name: str | None = None) -> Animal | None:
        return None if name is None else KEPT.get(name)

    @strawberry.field
    def friends(self, first: int = 2) -> list[Animal | None]:
        if first < 0:
            raise ValueError(f"first is {first}")
        return [*list(KEPT.values())[:first], None][: first + 1]

    @strawberry.field
    def parent_name(self, parent: strawberry.Parent[Any], loud: bool | None = None) -> str:
        return parent.name.upper() if loud else parent.name


@strawberry.type
class Dog(Animal):
    barks: bool = True

    @strawberry.field
    def face(self, face: Face | None = SMILE) -> Face | None:
        return face

    @strawberry.field
    def certain_face(self, face: Face = SMILE) -> Face:
        return face

    @strawberry.field
    def heights(self, size: Size) -> list[Decimal]:
        if size.most is strawberry.UNSET:
            return []
        if size.most is None:
            raise LookupError("how high?")
        return [Decimal(size.least) / 2, Decimal(size.most)]


@strawberry.type
class Cat(Animal):
    lives: int | None = 9

    @strawberry.field
    def grid(self) -> list[list[int | None]]:
        return [[1, None], [], [3]]

    @strawberry.field
    def words(self) -> list[str]:
        return (word for word in ("purr", "meow"))  # type: ignore[return-value]


@strawberry.type
class Keeper:
    name: str
    number: int | None = None

    @strawberry.field
    def keeps(self, by: By | None = None) -> Pet | None:
        if by is None:
            return KEPT["Rex"]  # type: ignore[return-value]
        return KEPT.get(by.name or "")  # type: ignore[return-value]

    @strawberry.field
    def oldest(self) -> Animal:
        return KEPT.get(self.name)  # type: ignore[return-value]

    @strawberry.field
    def silent(self) -> str:
        return self.number  # type: ignore[return-value]

    @strawberry.field
    def ghost(self) -> Cat:
        return KEPT.get("ghost")  # type: ignore[return-value]

    @strawberry.field
    def too_large(self) -> int | None:
        return int("2147483648")

    @strawberry.field
    def nicknames(self, holes: bool = False) -> list[str]:
        return ["a", None] if holes else ["a", "b"]  # type: ignore[list-item]

    @strawberry.field
    def no_list(self) -> list[str] | None:
        return 3  # type: ignore[return-value]

    @strawberry.field
    def returns_error(self) -> str | None:
        return ValueError("returned, not raised")  # type: ignore[return-value]

    @strawberry.field
    def wrong_type(self) -> Animal | None:
        return self  # type: ignore[return-value]

    @strawberry.field
    def numbers(self, numbers: list[int] | None = None) -> list[int] | None:
        return numbers


Pet = Annotated[Dog | Cat, strawberry.union("Pet")]


@strawberry.type
class Query:
    @strawberry.field
    def keeper(self, name: str = "Ann") -> Keeper | None:
        return None if name == "nobody" else Keeper(name=name)

    @strawberry.field
    def must(self, name: str = "Ann") -> Keeper:
        return None if name == "nobody" else Keeper(name=name, number=len(name))  # type: ignore[return-value]

    @strawberry.field
    def animals(self, mood: Mood = Mood.CALM) -> list[Animal]:
        return list(KEPT.values()) if mood is Mood.CALM else []

    @strawberry.field
    def pets(self) -> list[Pet]:
        return list(KEPT.values())  # type: ignore[arg-type]


KEPT: dict[str, Animal] = {"Rex": Dog(name="Rex"), "Tom": Cat(name="Tom", lives=None), "Mia": Cat(name="Mia", legs=3)}
CONTEXT = {"wild": False}
POOLS: dict[str, Any] = {
    "String": ["Rex", "Tom", "nobody", "", "Ann"],
    "Int": [0, 1, 3, -1, 4],
    "Boolean": [True, False],
    "Face": [":(", "none", ""],
}

schema = strawberry.Schema(query=Query, types=[Dog, Cat], config=StrawberryConfig(scalar_map={Face: FACE}))
