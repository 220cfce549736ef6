"""read: one account or several, from files and folders, whatever is beside them; where packages are written."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from graph_data.__main__ import main
from graph_data.commands import confined
from graph_data.commands.confined import Confined
from graph_data.commands.read import folder_name
from graph_data.core.errors import DocumentError
from graph_data.core.records import AccountKey
from graph_data.core.terms import AccountKind
from graph_data.package import read_package
from graph_data.package.originals import FOLDER, Originals
from tests.made_up import Options, make

TABLE = (
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
    "合计\t\t706\t\t706\n201\t一般公共服务支出\t706\t\t706\n"
)
OTHER = TABLE.replace("706", "707")
PROSE = "第三部分 情况说明\n三、支出决算情况说明\n本年支出合计706万元。\n"


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _account(path: Path, name: str, year: int = 2022, body: str = TABLE) -> Path:
    return _write(path, f"{name}{year}年度部门决算\n{body}")


def _read(*arguments: Path | str) -> int:
    return main(["read", *map(str, arguments), "--division", "370300"])


def _packages(folder: Path) -> list[str]:
    return sorted(str(each.parent.relative_to(folder)) for each in folder.rglob("datapackage.json"))


def test_one_document_becomes_the_package_of_the_output(tmp_path: Path, capsys: Any) -> None:
    assert _read(_account(tmp_path / "a.txt", "甲局"), "-o", tmp_path / "out") == 0
    assert _packages(tmp_path / "out") == ["."]
    told = capsys.readouterr().out
    assert "read whole: a.txt, 4 figures" in told
    assert "370300 淄博市 (by --division)" in told
    (account,), kept = read_package(tmp_path / "out"), Originals.within([tmp_path / "out"])
    assert kept.data(account.documents[0].sha256) == (tmp_path / "a.txt").read_bytes()
    assert kept.quotation(account.documents[0], None, 5) == "合计 706 706"


def test_what_cannot_be_written_is_one_line_and_the_others_are(tmp_path: Path, capsys: Any) -> None:
    files = _account(tmp_path / "a.txt", "甲局"), _account(tmp_path / "b.txt", "乙局")
    _write(tmp_path / "out" / "370300-甲局-2022", "a file where a folder has to be")
    assert _read(*files, "-o", tmp_path / "out") == 1
    assert _packages(tmp_path / "out") == ["370300-乙局-2022"]
    assert "not read: a.txt: 370300-甲局-2022: found a file; expected a folder" in capsys.readouterr().err
    assert _read(files[0], "-o", files[1] / "out") == 1
    assert "not read: a.txt: found a file that cannot be read or written" in capsys.readouterr().err


def test_several_files_of_one_account_become_one_package(tmp_path: Path) -> None:
    files = _account(tmp_path / "in" / "a.txt", "甲局"), _account(tmp_path / "in" / "b.txt", "甲局", body=PROSE)
    assert _read(*files, "-o", tmp_path / "out", "--without-document") == 0
    assert _read(tmp_path / "in", "-o", tmp_path / "again", "--without-document") == 0
    assert not (tmp_path / "out" / FOLDER).exists()
    (account,) = read_package(tmp_path / "out")
    assert (len(account.figures), len(account.facts)) == (4, 1)
    for file in (tmp_path / "out").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_several_accounts_become_packages_side_by_side_whatever_else_is_there(tmp_path: Path, capsys: Any) -> None:
    _account(tmp_path / "in" / "a.txt", "甲局")
    _account(tmp_path / "in" / "b" / "tables.txt", "乙局")
    _account(tmp_path / "in" / "b" / "prose.txt", "乙局", body=PROSE)
    _write(tmp_path / "in" / "notice.txt", "关于做好2022年度部门决算公开工作的通知\n各部门：")
    _write(tmp_path / "in" / "old.doc", "x")
    _write(tmp_path / "in" / "damaged.pdf", "%PDF-1.4\n")
    assert _read(tmp_path / "in", "-o", tmp_path / "out", "--json") == 1
    assert _packages(tmp_path / "out") == ["370300-乙局-2022", "370300-甲局-2022"]
    told = {each["document"]: each for each in json.loads(capsys.readouterr().out)["documents"]}
    assert told["prose.txt"]["documents"] == ["prose.txt", "tables.txt"]
    assert {name for name, each in told.items() if not each["read"]} == {"notice.txt", "old.doc", "damaged.pdf"}
    assert "通知" in told["notice.txt"]["error"]
    assert "docx" in told["old.doc"]["error"]


def test_one_account_beside_what_is_none_is_the_package_of_the_output(tmp_path: Path) -> None:
    _account(tmp_path / "in" / "a.txt", "甲局")
    _write(tmp_path / "in" / "notice.txt", "关于做好2022年度部门决算公开工作的通知\n各部门：")
    assert _read(tmp_path / "in", "-o", tmp_path / "out") == 1
    assert _packages(tmp_path / "out") == ["."]


@pytest.mark.parametrize(
    "name", ["某局/../..", "../../某局", "/某局", "..", ".", "某\\局", "某局\n", "a" * 300, "某" * 300]
)
@pytest.mark.parametrize("kind", list(AccountKind))
def test_a_folder_is_named_within_the_output(name: str, kind: AccountKind) -> None:
    made = folder_name(AccountKey("370300", name, 2022), kind)
    assert Path("out", made).resolve().parent == Path("out").resolve()
    assert len(made.encode()) < 255
    assert made != folder_name(AccountKey("370300", f"{name}.", 2022), kind)


def test_a_department_called_like_a_path_is_written_within_the_output(tmp_path: Path) -> None:
    tables = TABLE.replace("金额单位", "部门：某局/../../..\n金额单位")
    _write(tmp_path / "in" / "a.txt", f"2022年度部门决算\n{tables}")
    _account(tmp_path / "in" / "b.txt", "乙局")
    assert _read(tmp_path / "in", "-o", tmp_path / "deep" / "out") == 0
    assert len(_packages(tmp_path)) == len(_packages(tmp_path / "deep" / "out")) == 2


def test_two_documents_of_one_account_are_both_refused_or_the_later_is_taken(tmp_path: Path, capsys: Any) -> None:
    first, second = _account(tmp_path / "a.txt", "甲局"), _account(tmp_path / "b.txt", "甲局", body=OTHER + PROSE)
    assert _read(first, second, "-o", tmp_path / "out") == 1
    assert _packages(tmp_path) == []
    error = capsys.readouterr().err
    assert "a.txt" in error
    assert "b.txt" in error
    assert _read(first, second, "-o", tmp_path / "out", "--replace") == 0
    assert len(read_package(tmp_path / "out")[0].facts) == 1


def test_two_accounts_of_one_code_are_both_refused(tmp_path: Path, capsys: Any) -> None:
    _account(tmp_path / "in" / "a.txt", "甲局")
    _account(tmp_path / "in" / "b.txt", "乙局")
    assert _read(tmp_path / "in", "-o", tmp_path / "out", "--department", "7") == 1
    assert _packages(tmp_path) == []
    assert capsys.readouterr().err.count("two documents of one account") == 2


def test_the_package_of_another_document_is_not_written_over_unasked(tmp_path: Path, capsys: Any) -> None:
    assert _read(_account(tmp_path / "a.txt", "甲局"), "-o", tmp_path / "out") == 0
    assert _read(tmp_path / "a.txt", "-o", tmp_path / "out") == 0
    for other in (_account(tmp_path / "b.txt", "甲局"), _account(tmp_path / "a.txt", "乙局")):
        assert _read(other, "-o", tmp_path / "out") == 1
        assert "--replace" in capsys.readouterr().err
    assert _read(tmp_path / "b.txt", "-o", tmp_path / "out", "--replace") == 0


def test_the_options_say_what_the_files_do_not(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.txt", TABLE)
    given = "--name", "丙局", "--year", "2020", "--department", "9", "--kind", "unit", "--superior", "8"
    assert _read(file, "-o", tmp_path / "out", *given) == 0
    (account,) = read_package(tmp_path / "out")
    assert account.key == AccountKey("370300", "9", 2020)
    assert account.department.department_name == "丙局"


@pytest.mark.parametrize(
    "arguments", [["--year", "22"], ["--division", "3703"], ["--kind", "other"], ["--name", " "], ["--name", "a\nb"]]
)
def test_wrong_arguments_exit_with_2(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        _read(_account(tmp_path / "a.txt", "甲局"), "-o", tmp_path / "out", *arguments)
    assert caught.value.code == 2


def test_nothing_to_read_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert _read(tmp_path / "empty", "-o", tmp_path / "out") == 2
    assert _read(tmp_path / "missing.txt", "-o", tmp_path / "out") == 2


# ------------------------------------------------------------------------------------------ processes with bounds


def _job(what: str, on_page: confined.OnPage) -> str:
    match what:
        case "answer":
            on_page(1, 2)
        case "hang":
            time.sleep(3600)
        case "eat":
            bytearray(4 << 30)
        case "abort":
            os.abort()
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "print":
            os.write(1, b"noise\n")
        case "refuse":
            raise DocumentError("here", "this", "that")
        case "fail":
            raise RecursionError("too deep")
    return what


def test_a_job_that_harms_its_process_is_refused_and_the_next_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 3)
    monkeypatch.setattr(confined, "PATIENCE", 1)
    pages: list[tuple[int, int]] = []
    with Confined(__name__) as server:

        def run(what: str) -> Any:
            return server.run("a.pdf", _job, what, on_page=lambda done, total: pages.append((done, total)))

        for what, words in {
            "hang": "the bound on time",
            "eat": "the bound on memory",
            "abort": "SIGABRT",
            "kill": "SIGKILL",
            "refuse": "here: found this; expected that",
            "fail": "RecursionError: too deep",
        }.items():
            with pytest.raises(DocumentError, match=words):
                run(what)
            assert run("answer") == "answer"
        assert run("print") == "print"
    assert set(pages) == {(1, 2)}


def test_the_ledger_shows_titles_whole_and_alike_sheets_in_one_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make(3, Options(projects=3, sheets=3))
    (tmp_path / "account.txt").write_text(made.text, "utf-8")
    assert _read(tmp_path / "account.txt", "-o", tmp_path / "out") == 0
    told = capsys.readouterr().out.split("department:")[0]
    assert "× 3" in told
    assert "…" not in told
