"""What the auditor concluded: read from beside packages, told by line where it is wrong, of what a finding says now."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import graph_data
from graph_data import load
from graph_data.checks import BY_ID
from graph_data.conclusions import COLUMNS, FILE, Conclusions, blank_rows, mark_of, read_conclusions
from graph_data.core.errors import PackageError
from graph_data.core.terms import ConclusionKind, Language
from graph_data.dataset import Dataset
from graph_data.package.hashes import package_damages
from tests.graph_data.commands.test_check import ZIBO

ID = "finding:370300/102/2022/table.basic-detail/1"
OTHER = "finding:370300/102/2022/prose.repeated/1"
HEADER = "finding,conclusion,note,name,date\n"


def kept(folder: Path, text: str | bytes) -> Conclusions:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / FILE).write_bytes(data)
    return read_conclusions([folder])


@pytest.fixture(scope="module")
def zibo() -> Dataset:
    return load([ZIBO])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_says_of_a_finding_what_was_concluded_by_whom_and_when(tmp_path: Path, encoding: str) -> None:
    first = f'发现,结论,说明,签名,日期\n{ID},确认,"录入有误，\n已更正",王某,2026/11/9\n'
    text = f"{first}\n{OTHER},dismissed,,李某,2026年1月2日\n"
    told = kept(tmp_path, text.encode(encoding))
    assert told.errors == ()
    one, second = told.by_id[ID], told.by_id[OTHER]
    assert (one.kind, one.note, one.name) == (ConclusionKind.CONFIRMED, "录入有误，\n已更正", "王某")
    assert (one.date, second.date) == (date(2026, 11, 9), date(2026, 1, 2))
    assert second.kind is ConclusionKind.DISMISSED
    assert second.place.endswith("line 5")


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (f"{ID},maybe,,A,2026-01-01", "'maybe' as the conclusion"),
        (f"{ID},确认,,,2026-01-01", "no name"),
        (f"{ID},确认,,A,2026-02-30", "'2026-02-30' as the date"),
        (f"{ID},确认,,A,", "'' as the date"),
        ("370300/102,确认,,A,2026-01-01", "'370300/102'; expected the id of a finding"),
        (f"{ID},确认,{'x' * 2001},A,2026-01-01", "note of 2001 characters"),
        (f"{OTHER},排除,,A,2026-01-01", f"another conclusion of {OTHER}"),
    ],
)
def test_a_wrong_row_is_told_by_its_line_and_the_others_hold(tmp_path: Path, row: str, found: str) -> None:
    told = kept(tmp_path, f"{HEADER}{OTHER},待核,,B,2026-01-01\n{row}\n")
    assert list(told.by_id) == [OTHER]
    (error,) = told.errors
    assert f"{FILE}, line 3: found {found}" in str(error)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "the columns none"),
        (b"finding,conclusion\n", "the columns finding, conclusion"),
        (HEADER.replace("note", "name").encode(), "the columns"),
        (b"\xff\xfe\x00", "no readable CSV"),
        (HEADER.encode() + b'"' + b"x" * 10, "no readable CSV"),
        (HEADER.encode() + b"x" * (4 << 20), "more than 4 MiB"),
        (HEADER.encode() + b",,,,\n" * 20_001, "more than 20000 rows"),
    ],
)
def test_a_file_that_is_none_is_told_as_a_whole(tmp_path: Path, data: bytes, found: str) -> None:
    told = kept(tmp_path, data)
    assert not told.by_id
    assert found in str(told.errors[0])


def test_a_package_is_as_it_was_and_a_wrong_file_keeps_nothing_from_being_served(tmp_path: Path) -> None:
    package = tmp_path / "zibo"
    shutil.copytree(ZIBO, package)
    plain = load([package])
    (package / FILE).write_text(f"{HEADER}{ID},确认,,A,2026-01-01\nwrong,确认,,A,2026-01-01\n", "utf-8")
    assert list(package_damages(package)) == []
    served = load([package])
    assert len(served.keys) == 1
    assert "line 3" in str(served.refused[0])
    assert served.version != plain.version, "what is cached of the one is not of the other"
    found = served.finding(ID)
    assert found is not None
    conclusion = served.conclusion(found)
    assert conclusion is not None
    assert conclusion.name == "A"
    with pytest.raises(PackageError, match="line 3"):
        load([package], strict=True)
    (package / FILE).unlink()
    assert load([package]).version == plain.version


def test_a_conclusion_holds_of_what_was_said_then(tmp_path: Path, zibo: Dataset) -> None:
    located = zibo.finding(ID)
    assert located is not None
    finding = located.finding
    header = HEADER.replace("date", "date,mark")
    now = kept(tmp_path, f"{header}{ID},确认,,A,2026-01-01,{mark_of(finding)}\n")
    then = kept(tmp_path, f"{header}{ID},确认,,A,2026-01-01,00000000\n")
    gone = kept(tmp_path, f"{header}{ID.removesuffix('1')}9,确认,,A,2026-01-01,\n")
    known = {ID: finding}
    assert now.of(ID, finding) is not None
    assert then.of(ID, finding) is None
    assert not list(now.outdated(known, ["370300/102/2022"]))
    assert "says something else now" in str(*then.outdated(known, ["370300/102/2022"]))
    assert "not found any more" in str(*gone.outdated(known, ["370300/102/2022"]))
    assert not list(gone.outdated({}, ["other/account/2022"])), "of an account that is not here nothing is known"


@pytest.mark.parametrize("language", Language)
def test_the_file_to_be_filled_in_is_read_back(tmp_path: Path, zibo: Dataset, language: Language) -> None:
    findings = [(each.node.id, each.finding) for each in zibo.findings]
    known = kept(tmp_path, f"{HEADER}{ID},排除,=1+1,-A,2026-01-01\n")
    data = blank_rows(findings, known, language)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join(COLUMNS.values() if language is Language.ZH else COLUMNS)
    assert len(lines) >= len(findings) + 1
    assert ",'=1+1," in data.decode()
    back = kept(tmp_path, data)
    assert back.errors == ()
    assert list(back.by_id) == [ID]
    assert (back.by_id[ID].note, back.by_id[ID].name) == ("=1+1", "-A")
    assert back.by_id[ID].mark == mark_of(dict(findings)[ID])


def test_an_index_is_served_with_the_conclusions_in_its_folder(tmp_path: Path) -> None:
    from graph_data.__main__ import main  # noqa: PLC0415 - one command of many

    assert main(["build", str(ZIBO), "-o", str(tmp_path / "index")]) == 0
    (tmp_path / "index" / FILE).write_text(f"{HEADER}{ID},待核,,A,2026-01-01\n", "utf-8")
    served = graph_data.load([tmp_path / "index"])
    found = served.finding(ID)
    assert found is not None
    assert BY_ID[found.finding.check].id == "table.basic-detail"
    told = served.conclusion(found)
    assert told is not None
    assert told.kind is ConclusionKind.PENDING
