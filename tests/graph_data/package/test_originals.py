"""The documents that a package keeps: quoted by page and line, searched, removed without loss, never served altered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph_data import load
from graph_data.__main__ import main
from graph_data.core.errors import DamagedError
from graph_data.core.records import PrintedLine
from graph_data.package import read_package, write_package
from graph_data.package.hashes import package_damages
from graph_data.package.originals import FOLDER, Original, Originals
from tests.graph_data.package.accounts import small_account

DATA = b"%PDF-1.4 as published"
SHA256 = hashlib.sha256(DATA).hexdigest()
LINES = (
    PrintedLine(1, 1, 0, ("支出决算表",), ((100, 200, 3000, 300),)),
    PrintedLine(1, 2, 90, ("201", '一般"公共"服务，支出', "1,706.50"), ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12))),
    PrintedLine(2, None, 0, (), ()),
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    account = small_account()
    first, *others = account.documents
    account = replace(account, documents=(replace(first, sha256=SHA256), *others))
    write_package([account], tmp_path / "package", [Original(SHA256, "application/pdf", DATA, LINES)])
    return tmp_path / "package"


def test_lines_come_back_as_they_were_laid_out(package: Path) -> None:
    held = Originals.within([package])
    lines = held.lines(SHA256)
    assert lines is not None
    assert lines.lines == LINES
    assert (held.data(SHA256), held.media_type(SHA256), lines.pages) == (DATA, "application/pdf", 2)


def test_a_place_is_quoted_and_where_nothing_stands_nothing_is(package: Path) -> None:
    (account,) = read_package(package)
    held, document = Originals.within([package]), account.documents[0]
    assert held.quotation(document, 1, 2) == '201 一般"公共"服务，支出 1,706.50'
    assert held.quotation(document, 1, 3) is None
    assert held.quotation(document, 2, None) is None
    assert held.quotation(replace(document, sha256="0" * 64), 1, 2) is None


@pytest.mark.parametrize("words", [["1706.50"], ["706.5"], ["公共", "201"], ['一般"公共"服务支出']])
def test_words_are_found_whatever_spaces_and_commas_are_printed(package: Path, words: list[str]) -> None:
    lines = Originals.within([package]).lines(SHA256)
    assert lines is not None
    assert [line.line for line in lines.having(words)] == [2]


def test_the_descriptor_lists_and_seals_them(package: Path) -> None:
    told = {each["path"]: each for each in json.loads((package / "datapackage.json").read_bytes())["resources"]}
    assert told[f"{FOLDER}/{SHA256}.pdf"]["hash"] == f"sha256:{SHA256}"
    assert [field["name"] for field in told[f"{FOLDER}/{SHA256}.csv"]["schema"]["fields"]][:2] == ["page", "line"]
    assert list(package_damages(package)) == []
    (package / FOLDER / f"{SHA256}.csv").write_bytes(b"page\n")
    assert [damage.file for damage in package_damages(package)] == [f"package/{FOLDER}/{SHA256}.csv"]


def test_an_altered_document_is_not_served_and_takes_no_figure_with_it(package: Path) -> None:
    (package / FOLDER / f"{SHA256}.pdf").write_bytes(b"%PDF-1.4 altered")
    assert read_package(package)
    with pytest.raises(DamagedError, match="other bytes"):
        Originals.within([package]).data(SHA256)


def test_the_folder_may_be_removed_and_a_version_says_whether_it_is_there(package: Path) -> None:
    kept = load([package])
    for file in (package / FOLDER).iterdir():
        file.unlink()
    without = load([package])
    assert list(package_damages(package)) == []
    assert [account.key for account in without.accounts] == [account.key for account in kept.accounts]
    assert kept.version != without.version


def test_writing_without_documents_leaves_none_of_an_earlier_package(package: Path) -> None:
    write_package(list(read_package(package)), package)
    assert not (package / FOLDER).exists()


def test_an_index_keeps_what_its_packages_keep(package: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert main(["build", str(package), "-o", str(index), "--workers", "1"]) == 0
    dataset = load([index])
    assert dataset.originals.data(SHA256) == DATA
    write_package(list(read_package(package)), package)
    assert main(["build", str(package), "-o", str(index), "--workers", "1"]) == 0
    assert not (index / FOLDER).exists()
