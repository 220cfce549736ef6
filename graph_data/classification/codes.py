"""科目编码: three digits for the 类, two more for the 款, two more for the 项."""

from __future__ import annotations

from collections.abc import Iterator

from graph_data.core.terms import SubjectLevel

_CATEGORY = 3
_STEP = 2
_LEVELS = {1: SubjectLevel.CATEGORY, 2: SubjectLevel.SECTION}


def level_of(code: str) -> int:
    """1 for a 类 (3 digits), 2 for a 款 (5), 3 for a 项 (7). Raises ValueError for any other code."""
    steps, rest = divmod(len(code) - _CATEGORY, _STEP)
    if rest or steps < 0 or not (code.isascii() and code.isdigit()):
        raise ValueError(f"{code!r} is not a subject code such as 201, 20103 or 2010301")
    return steps + 1


def subject_level(code: str) -> SubjectLevel:
    """类, 款 or 项; whatever is longer than a 项 is still one. Raises ValueError for what is no code."""
    return _LEVELS.get(level_of(code), SubjectLevel.ITEM)


def parent_of(code: str) -> str | None:
    """The code one level up; None for a 类."""
    return code[:-_STEP] if len(code) > _CATEGORY else None


def prefixes(code: str) -> Iterator[str]:
    """The codes above, the nearest first."""
    above = parent_of(code)
    while above:
        yield above
        above = parent_of(above)
