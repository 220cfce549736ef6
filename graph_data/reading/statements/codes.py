"""科目编码 as documents print them: in one cell, over 类, 款 and 项, at its own level only, or before the name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph_data.core import vocabulary as words

FUNCTIONAL_WIDTHS = (3, 5, 7)
ECONOMIC_WIDTHS = (3, 5)
DASHED = re.compile(r"\d{3}(?:[-.]\d{2}){1,2}")
SECTION = 2  # digits of a 款 or 项 within its code


class Codes:
    """The codes of a table from the top down: a level that a row does not print is that of the row above."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._widths = widths
        self._last = ""

    def read(self, cells: Sequence[str], name: str) -> tuple[str | None, str]:
        """The code and name of a row by its code cells and its name; None where there is no code that is one."""
        parts = ["" if words.plain(cell) in words.CODE_PARTS else words.plain(cell) for cell in cells]
        if not any(parts) or not cells:
            match = words.CODED_LABEL.match(words.plain(name))
            return self._known(match["code"], words.printed(match["name"])) if match else (None, words.printed(name))
        parts = [part.replace("-", "").replace(".", "") if DASHED.fullmatch(part) else part for part in parts]
        whole = parts[-1] or next(part for part in reversed(parts) if part)
        if len(parts) == 1 and not whole.isdigit() and (match := words.CODED_LABEL.match(whole)) is not None:
            return self._known(match["code"], words.printed(name) or words.printed(match["name"]))
        if whole.strip("[]()【】").isdigit() and len(whole.strip("[]()【】")) in self._widths:
            code = whole.strip("[]()【】")
            if len(code) > self._widths[0] or not any(part and part != whole for part in parts):
                return self._known(code, words.printed(name))
        return self._known(self._joined(parts), words.printed(name))

    def _joined(self, parts: Sequence[str]) -> str:
        """The levels put together; those above the first printed one are carried down."""
        first = next(index for index, part in enumerate(parts) if part)
        code = self._last[: self._widths[first - 1]] if first else ""
        for index, part in enumerate(parts[first:], start=first):
            code += part.zfill(SECTION) if part and index else part
        return code

    def _known(self, code: str, name: str) -> tuple[str | None, str]:
        if not (code.isascii() and code.isdigit() and len(code) in self._widths):
            return None, name
        self._last = code
        return code, name
