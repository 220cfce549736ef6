"""Every type, field, argument, enum value and input field says what it is: English first, then the Chinese term."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

from schema import sdl

ENGLISH_THEN_CHINESE = re.compile(r"[A-Z].*[\u4e00-\u9fff≥≤=><].*", re.DOTALL)


def described() -> Iterator[tuple[str, str | None]]:
    for name, type_ in build_schema(sdl()).type_map.items():
        if is_introspection_type(type_) or is_specified_scalar_type(type_):
            continue
        yield name, type_.description
        match type_:
            case GraphQLEnumType():
                yield from ((f"{name}.{key}", value.description) for key, value in type_.values.items())
            case GraphQLInputObjectType():
                yield from ((f"{name}.{key}", field.description) for key, field in type_.fields.items())
            case GraphQLObjectType() | GraphQLInterfaceType():
                for key, field in type_.fields.items():
                    yield f"{name}.{key}", field.description
                    for argument, value in field.args.items():
                        yield f"{name}.{key}({argument})", value.description


def test_everything_has_a_description_english_first_with_the_chinese_term() -> None:
    assert [name for name, text in described() if not text or not ENGLISH_THEN_CHINESE.fullmatch(text)] == []


def test_there_is_no_float_anywhere() -> None:
    assert "Float" not in build_schema(sdl()).type_map
