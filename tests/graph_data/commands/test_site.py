"""Files as they lie on a site become accounts, what cannot is named; a second run reads only what is new."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_data.__main__ import main
from graph_data.core.terms import AccountKind
from graph_data.package import read_package
from tests.clusters import HOST, spark_cluster, why_no_spark
from tests.graph_data.commands.site import Site, build
from tests.graph_data.commands.test_read import PROSE, TABLE, _account, _packages, _write


def _import(folder: Path, output: Path, capsys: Any, *options: str) -> dict[str, Any]:
    main(["read", str(folder), "-o", str(output), "--division", "990100", "--json", *options])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def _right(site: Site, told: dict[str, Any]) -> set[Path]:
    """The files of a site that went where they belong, or were said to be what they are."""
    right: set[Path] = set()
    for each in told["documents"]:
        paths = {Path(path) for path in each["paths"]}
        if not each["read"]:
            right |= paths & set(site.broken if each["isAccount"] else site.others)
            continue
        (account,) = read_package(Path(each["package"]))
        kind = "单位" if account.department.kind is AccountKind.UNIT else "部门"
        own = account.department.department_name, account.key.fiscal_year, kind
        paths |= {Path(one["document"]) for one in each["leftOut"]}
        right |= {path for path in paths if site.accounts.get(path) == own}
    return right


def _named(told: dict[str, Any]) -> set[Path]:
    named = {Path(path) for each in told["documents"] for path in each["paths"]}
    return named | {Path(one["document"]) for each in told["documents"] for one in each["leftOut"]}


@pytest.mark.slow
def test_a_site_of_sixty_accounts_is_put_together(tmp_path: Path, capsys: Any) -> None:
    site = build(tmp_path / "site", 60, 300)
    told = _import(site.folder, tmp_path / "out", capsys)
    assert told["summary"]["accounts"] == 60
    wrong = {*site.accounts, *site.broken, *site.others} - _right(site, told)
    assert len(wrong) <= site.files * 0.02, sorted(wrong)
    assert _named(told) == {*site.accounts, *site.broken, *site.others}
    again = _import(site.folder, tmp_path / "out", capsys)
    assert again["summary"] == {**told["summary"], "asBefore": 60}


@pytest.mark.slow
@pytest.mark.skipif(why_no_spark() is not None, reason=str(why_no_spark()))
def test_a_cluster_of_two_workers_makes_the_same_packages(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = build(tmp_path / "site", 10, 50)
    here = _import(site.folder, tmp_path / "here", capsys)
    monkeypatch.setenv("SPARK_LOCAL_IP", HOST)
    with spark_cluster(2) as cluster:
        there = _import(site.folder, tmp_path / "there", capsys, "--engine", cluster.url)
    assert there["summary"] == here["summary"]
    assert _named(there) == {*site.accounts, *site.broken, *site.others}
    assert _bytes(tmp_path / "there") == _bytes(tmp_path / "here")


def _bytes(output: Path) -> dict[str, bytes]:
    """What packages hold, without the memory of the run."""
    files = (path for folder in output.glob("[!.]*") for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("engine", ["spark:/x", "local[2]", "spark://a b"])
def test_what_is_no_cluster_is_refused_before_anything_is_read(tmp_path: Path, engine: str) -> None:
    _account(tmp_path / "a.txt", "甲局")
    with pytest.raises(SystemExit):
        main(["read", str(tmp_path), "-o", str(tmp_path / "out"), "--engine", engine])
    assert not (tmp_path / "out").exists()


def test_a_second_run_reads_what_is_new_or_changed_and_goes_on_where_the_first_ended(
    tmp_path: Path, capsys: Any
) -> None:
    site, out = tmp_path / "site", tmp_path / "out"
    _account(site / "a.txt", "甲局")
    _account(site / "b.txt", "乙局")
    _account(site / "old" / "b.txt", "乙局")
    _write(site / "notice.txt", "关于做好2022年度部门决算公开工作的通知\n各部门：")
    _write(site / "list.csv.bak", "x")
    first = _import(site, out, capsys)
    assert first["summary"] == {
        "accounts": 2, "asBefore": 0, "placed": 2, "leftOut": 1, "noAccounts": 1, "refused": 0
    }  # fmt: skip
    assert first["passedOver"] == [str(site / "list.csv.bak")]
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/datapackage.json")}
    _account(site / "b2.txt", "乙局", body=PROSE)
    _write(site / "c" / "tables.txt", f"丙局2022年度部门决算\n{TABLE}")
    listed = _write(tmp_path / "list", f"{site}\n\n")
    main(["read", "--list", str(listed), "-o", str(out), "--division", "990100", "--json"])
    second = json.loads(capsys.readouterr().out)
    assert {each["document"]: each.get("asBefore") for each in second["documents"] if each["read"]} == {
        "a.txt": True, "b.txt": False, "tables.txt": False
    }  # fmt: skip
    assert _packages(out) == ["990100-丙局-2022", "990100-乙局-2022", "990100-甲局-2022"]
    kept = out / "990100-甲局-2022" / "datapackage.json"
    assert kept.stat().st_mtime_ns == before[kept]
    (account,) = read_package(out / "990100-乙局-2022")
    assert (len(account.figures), len(account.facts)) == (4, 1)
    assert not list((out / ".reading").rglob("*.document"))
