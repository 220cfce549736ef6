"""origins.csv beside packages: where documents were published, and when; what is no such file is refused by its row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_data import load
from graph_data.core.errors import PackageError
from graph_data.package.origins import FILE, read_origins
from schema import schema
from schema.context import Context
from serving.process.settings import ROOT

HEAD = "sha256,url,published_on\n"
ADDRESS = "https://example.gov.cn/2023/final.pdf"


def test_documents_say_where_and_when_they_were_published(tmp_path: Path) -> None:
    package = ROOT / "graph_data" / "packages" / "370300-102-2022"
    shutil.copytree(package, tmp_path / package.name)
    [digest] = [each.sha256 for account in load([tmp_path]).lookups.accounts.values() for each in account.documents]
    (tmp_path / FILE).write_text(f"{HEAD}{digest},{ADDRESS},2023-08-31\n", "utf-8")
    dataset = load([tmp_path])
    query = "{ dataset { loadedAt documents { nodes { url publishedOn } } } }"
    result = schema.execute_sync(query, context_value=Context(dataset, loaded_at="2026-01-02T03:04:05+00:00"))
    assert result.data == {
        "dataset": {
            "loadedAt": "2026-01-02T03:04:05+00:00",
            "documents": {"nodes": [{"url": ADDRESS, "publishedOn": "2023-08-31"}]},
        }
    }


@pytest.mark.parametrize(
    "row", ["abc,https://x.cn,2023-08-31", f"{'a' * 64},ftp://x.cn,", f"{'a' * 64},,31.8.2023", f"{'a' * 64},"]
)
def test_a_row_that_says_something_else_is_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / FILE).write_text(HEAD + row + "\n", "utf-8")
    with pytest.raises(PackageError, match="row 2"):
        read_origins([tmp_path])


def test_other_columns_are_refused_and_no_file_says_nothing(tmp_path: Path) -> None:
    assert read_origins([tmp_path]) == {}
    (tmp_path / FILE).write_text("digest,address\n", "utf-8")
    with pytest.raises(PackageError, match="sha256"):
        read_origins([tmp_path])
