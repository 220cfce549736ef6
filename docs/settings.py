"""The page of the settings, from `serving/process/settings.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from serving.process.settings import ROOT, Settings

_OPENING = """\
# Settings

Generated from `serving/process/settings.py` by `python -m docs`; do not edit.

Each setting is an option of `python server.py` and, under the name beside it, a variable of the environment. The
option wins over the variable, the variable over the default. A value out of bounds ends the start with one line and
exit code 2. A variable that holds several folders separates them as `PATH` does. An option that is on or off is
turned off with `no-` before its name.

| Option | Environment | Default | Meaning |
|---|---|---|---|
"""
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def page() -> str:
    """docs/settings.md"""
    return _OPENING + "\n".join(_row(name, field) for name, field in Settings.model_fields.items()) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    meaning = "; ".join([field.description or "", *_limits(field)])
    option = f"`--{name.replace('_', '-')}`"
    return f"| {option} | `JUESUAN_{name.upper()}` | {_default(field.default)} | {meaning} |"


def _limits(field: FieldInfo) -> list[str]:
    if get_origin(field.annotation) is Literal:
        return ["one of " + ", ".join(f"`{choice}`" for choice in get_args(field.annotation))]
    bounds = ((words, getattr(rule, name, None)) for rule in field.metadata for name, words in _BOUNDS.items())
    found = [f"{words} {bound}" for words, bound in bounds if bound is not None]
    return [", ".join(found)] if found else []


def _default(value: Any) -> str:
    """As one writes it, paths as seen from the checkout."""
    if isinstance(value, bool):
        return "on" if value else "off"
    values = value if isinstance(value, tuple) else (value,)
    shown = ", ".join(f"`{_shown(each)}`" for each in values if each not in (None, ""))
    return shown or "none"


def _shown(value: Any) -> str:
    if isinstance(value, Path) and value.is_relative_to(ROOT):
        return value.relative_to(ROOT).as_posix()
    return str(value)
