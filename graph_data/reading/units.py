"""预算单位: the units that part one lists, and those that only the summary or a sheet names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_data.core import vocabulary as words
from graph_data.core.records import AccountKey, Source, UnitRecord
from graph_data.reading.sheets import SheetHead, SummaryRow


class Units:
    """The units of a department; a unit that bears the department's own name is its headquarters (本级)."""

    def __init__(
        self, account: AccountKey, department: str, listed: Iterable[tuple[str, Source]],
        rows: Iterable[SummaryRow], heads: Sequence[SheetHead],
    ) -> None:  # fmt: skip
        self._department = self._bare(department)
        self._codes = {self._same(head.unit): head.unit_code for head in heads if head.unit and head.unit_code}
        named = [*listed, *((row.unit, row.source) for row in rows if row.unit)]
        named += [(head.unit, head.source) for head in heads if head.unit]
        self.records: list[UnitRecord] = []
        self._keys: dict[str, str] = {}
        for name, source in named:
            if words.plain(name) and self._same(name) not in self._keys:
                self._add(account, name, source)

    def key(self, name: str | None) -> str:
        """The key of a unit by its name; the headquarters' where no unit is named."""
        return self._keys[self._same(name or self._department)]

    def _add(self, account: AccountKey, name: str, source: Source) -> None:
        same = self._same(name)
        code = self._codes.get(same)
        if code in self._keys.values():
            code = None
        self._keys[same] = code or name
        self.records.append(
            UnitRecord(account, code or name, code, name, same == self._department, len(self.records) + 1, source)
        )

    def _same(self, name: str) -> str:
        """A name as names are compared: plain, and the department's own for its 本级 or for none."""
        return self._bare(name) or self._department

    @staticmethod
    def _bare(name: str) -> str:
        return words.HEADQUARTERS.sub("", words.plain(name))

    def require_headquarters(self, account: AccountKey, department: str, source: Source) -> None:
        """Add the headquarters where nothing names it: what names no unit is the department's own."""
        if self._department not in self._keys:
            self._add(account, department, source)
