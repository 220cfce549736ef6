"""行政区划 by GB/T 2260: the name of a code, and the division that opens a department's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from gb2260_v2 import GB2260


def division_name(code: str) -> str | None:
    """The standard name of a six-digit code, in the newest revision that has it: "淄博市" for "370300"."""
    if code in _newest():
        return _newest()[code]
    older = (_revision(name) for name in GB2260.revisions()[1:])
    return next((names[code] for names in older if code in names), None)


def division_of(department_name: str) -> str | None:
    """The code of the division whose name, the longest there is, opens a department's name.

    None where no division's does, or where several of that name could: 普陀区 is one of Shanghai and one of
    Zhoushan, 上海市普陀区 is not.
    """
    spelt = _spelt()
    for length in range(min(len(department_name), _longest()), 0, -1):
        codes = spelt.get(department_name[:length])
        if codes is not None:
            return codes[0] if len(codes) == 1 else None
    return None


@lru_cache(maxsize=1)
def _newest() -> Mapping[str, str]:
    return _revision(GB2260.revisions()[0])


def _revision(name: str) -> Mapping[str, str]:
    names: Mapping[str, str] = GB2260(name).revision.division_schema
    return names


@lru_cache(maxsize=1)
def _spelt() -> Mapping[str, tuple[str, ...]]:
    """Every way to write a division, alone or after those above it → the codes that it may mean."""
    spelt: dict[str, tuple[str, ...]] = {}
    for code in _newest():
        for name in _spellings(code):
            spelt[name] = (*spelt.get(name, ()), code)
    return spelt


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _spelt()))


def _spellings(code: str) -> Iterator[str]:
    """张店区, 淄博市张店区, 山东省张店区, 山东省淄博市张店区."""
    names = _newest()
    above = [names.get(f"{code[:digits]:0<6}", "") for digits in (2, 4) if f"{code[:digits]:0<6}" != code]
    province, prefecture = (*above, "", "")[:2]
    yield from dict.fromkeys(opening + names[code] for opening in ("", prefecture, province, province + prefecture))
