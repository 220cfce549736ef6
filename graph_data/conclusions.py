"""What the auditor concluded of findings: `conclusions.csv` beside the tables of a package, or in the folder that is
served. Nothing of the package is changed by it, and its hashes do not cover it.

The columns are finding, conclusion, note, name, date and, where they are wanted, mark and fact; or their Chinese names.
A row says of one finding, by its id, that it is confirmed, dismissed or still to be checked, by whom and when. `mark`
tells what the finding said then: where it says something else by now, the conclusion no longer holds. A row without a
conclusion is one that is still to be filled in. A row that is wrong is told by its line, and the others hold.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph_data.checks import message
from graph_data.checks.examination import Finding
from graph_data.core.errors import PackageError
from graph_data.core.terms import ConclusionKind, Language

FILE = "conclusions.csv"
COLUMNS: Mapping[str, str] = {
    "finding": "发现", "conclusion": "结论", "note": "说明", "name": "签名", "date": "日期",
    "mark": "标记", "fact": "事实",
}  # fmt: skip
_NEEDED = ("finding", "conclusion", "note", "name", "date")
_CHINESE = {chinese: name for name, chinese in COLUMNS.items()}
_KINDS = {text: kind for kind in ConclusionKind for text in (kind.name, kind.value)}
_MOST_BYTES = 4 << 20
_MOST_ROWS = 20_000
_LONGEST = {"note": 2_000, "name": 100}
_ID = re.compile(r"finding:\S{1,300}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)  # as spreadsheets write it back


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What was concluded of a finding, in whose words, by whom and on which day; `place` is where that is written."""

    kind: ConclusionKind
    note: str
    name: str
    date: date
    mark: str
    place: str


@dataclass(frozen=True, slots=True)
class Conclusions:
    """The conclusions by the ids of their findings, and what was wrong with their files."""

    by_id: Mapping[str, Conclusion] = field(default_factory=dict)
    errors: tuple[PackageError, ...] = ()

    def of(self, id: str, finding: Finding) -> Conclusion | None:
        """What was concluded of a finding; None where nothing was, or of something that it no longer says."""
        found = self.by_id.get(id)
        return found if found is not None and found.mark in ("", mark_of(finding)) else None

    def outdated(self, findings: Mapping[str, Finding], accounts: Iterable[str]) -> Iterator[PackageError]:
        """The conclusions of accounts, by the keys in their ids, whose finding is gone or says something else now."""
        known = set(accounts)
        for id, each in self.by_id.items():
            finding = findings.get(id)
            if finding is None and _account_of(id) in known:
                yield PackageError(each.place, f"{id}, which is not found any more", "a finding of the account")
            elif finding is not None and each.mark not in ("", mark_of(finding)):
                yield PackageError(each.place, f"{id}, which says something else now", "a conclusion of what it says")

    def marked(self, version: str) -> str:
        """The version of a dataset that is served with them."""
        if not self.by_id:
            return version
        told = repr((version, sorted((id, repr(each)) for id, each in self.by_id.items())))
        return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()


def mark_of(finding: Finding) -> str:
    """Eight digits that tell what a finding says, wherever its lines moved."""
    told = (finding.case, finding.details, finding.node, finding.reported, finding.derived, finding.unit)
    return hashlib.blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=4).hexdigest()


def read_conclusions(folders: Iterable[Path]) -> Conclusions:
    """Those that folders keep: packages, folders of packages, or an index."""
    found: dict[str, Conclusion] = {}
    errors: list[PackageError] = []
    for folder in dict.fromkeys(each.resolve() for each in folders):
        if (folder / FILE).is_file():
            for id, told in _in_file(folder / FILE):
                if isinstance(told, PackageError):
                    errors.append(told)
                elif id in found:
                    expected = f"one conclusion of a finding, as in {found[id].place}"
                    errors.append(PackageError(told.place, f"another conclusion of {id}", expected))
                else:
                    found[id] = told
    return Conclusions(found, tuple(errors))


def blank_rows(findings: Iterable[tuple[str, Finding]], known: Conclusions, language: Language) -> bytes:
    """A file to be filled in: a row a finding, with what was concluded already; with a mark for spreadsheets."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS.values() if language is Language.ZH else COLUMNS)
    for id, finding in findings:
        told = known.of(id, finding)
        said = ("", "", "", "") if told is None else (_word(told.kind, language), told.note, told.name, told.date)
        rows.writerow([id, *map(_harmless, map(str, said)), mark_of(finding), _harmless(message(finding, language))])
    return text.getvalue().encode("utf-8-sig", "replace")


def _word(kind: ConclusionKind, language: Language) -> str:
    return str(kind.value) if language is Language.ZH else kind.name


def _harmless(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r＝＋－＠" and text else text


def _account_of(id: str) -> str:
    return id.partition(":")[2].rsplit("/", 2)[0]


def _in_file(file: Path) -> Iterator[tuple[str, Conclusion | PackageError]]:
    """Each row by the id of its finding, or what is wrong with it, or with the whole file."""
    name = f"{file.parent.name}/{FILE}"
    try:
        rows = _rows(file, name)
        columns = _columns(name, rows[0][1] if rows else [])
    except PackageError as error:
        yield "", error
        return
    for line, row in rows[1:]:
        if not any(row):
            continue
        place = f"{name}, line {line}"
        try:
            id, told = _row(dict(zip(columns, row, strict=False)), place)
        except ValueError as error:
            yield "", PackageError(place, str(error.args[0]), str(error.args[1]))
            continue
        if told is not None:
            yield id, told


def _rows(file: Path, name: str) -> list[tuple[int, list[str]]]:
    """The cells of each row, with the line that it begins on: UTF-8, or GB 18030 as Chinese spreadsheets write."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise PackageError(name, f"more than {_MOST_BYTES >> 20} MiB", "a file within the bound")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        rows: list[tuple[int, list[str]]] = []
        reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
        for row in reader:
            rows.append((line, [cell.strip() for cell in row]))
            line = reader.line_num + 1
            if len(rows) > _MOST_ROWS:
                raise PackageError(name, f"more than {_MOST_ROWS} rows", "a file within the bound")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PackageError(name, f"no readable CSV ({error})", f"the columns {', '.join(_NEEDED)}") from None
    return rows


def _columns(name: str, header: Sequence[str]) -> list[str]:
    columns = [_CHINESE.get(each, each) for each in header]
    if not set(_NEEDED) <= set(columns) or len(set(columns)) < len(columns) or not set(columns) <= set(COLUMNS):
        found = f"the columns {', '.join(header)[:200] or 'none'}"
        raise PackageError(f"{name}, line 1", found, f"{', '.join(_NEEDED)}, and mark and fact where wanted")
    return columns


def _row(cells: Mapping[str, str], place: str) -> tuple[str, Conclusion | None]:
    """Raises ValueError with what was found and what was expected."""
    id, said = cells.get("finding", ""), cells.get("conclusion", "")
    if _ID.fullmatch(id) is None:
        raise ValueError(f"{id[:60]!r}", "the id of a finding, such as finding:370300/102/2022/table.basic-detail/1")
    if not said:
        return id, None
    if said.upper() not in _KINDS:
        raise ValueError(f"{said[:60]!r} as the conclusion", ", ".join(_KINDS))
    for column, longest in _LONGEST.items():
        if len(cells.get(column, "")) > longest:
            raise ValueError(f"{column} of {len(cells[column])} characters", f"at most {longest}")
    if not cells.get("name"):
        raise ValueError("no name", "the name of who concluded it")
    note = cells.get("note", "").removeprefix("'")
    told = Conclusion(_KINDS[said.upper()], note, cells["name"].removeprefix("'"), _date(cells.get("date", "")),
                      cells.get("mark", ""), place)  # fmt: skip
    return id, told


def _date(text: str) -> date:
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups()))
    except ValueError:
        raise ValueError(f"{text[:60]!r} as the date", "a day such as 2026-11-29") from None
