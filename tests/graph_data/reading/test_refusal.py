"""What is refused, each for its own reason, told before anything else; everything else is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.core.errors import DocumentError, NoAccountError
from graph_data.core.terms import ReadingStatus
from graph_data.reading import Given, Reading, read
from tests.documents import document

TABLE = (
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
    "合计\t\t706\t\t706\n201\t一般公共服务支出\t706\t\t706\n"
)
PROSE = (
    "第三部分 情况说明\n三、支出决算情况说明\n"
    "本年支出合计706万元，其中：基本支出0万元，占0%；项目支出706万元，占100%。\n"
)
LAW = "\n".join(f"第{number}条　决算公开应当及时，数额以{number}万元为限" for number in "一二三四五六七")


def _refused(folder: Path, text: str) -> NoAccountError:
    (folder / "document.txt").write_text(text, "utf-8")
    with pytest.raises(NoAccountError) as caught:
        read(folder / "document.txt", Given("370300", name="某某局", year=2022))
    return caught.value


def _read(folder: Path, text: str) -> Reading:
    (folder / "document.txt").write_text(text, "utf-8")
    return read(folder / "document.txt", Given("370300"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("某某局2023年部门预算公开\n一、收支总表\n本年预算收入706万元，一般公共预算拨款706万元", "a budget"),
        ("2023年度\n某某局\n单位预算\n一般公共预算支出表\n合计\t706", "a budget"),
        ("XX局2022年度部门决算\n收入合计XX万元，支出", "a blank template"),
        ("2022年度部门决算公开模板\n第一部分 概况", "a blank template"),
        (
            "关于公开2022年度决算的通知\n各局：\n请于9月20日前公开。\n附件：部门决算样表",
            "another kind of document (通知)",
        ),
        (f"某某省决算公开条例\n{LAW}", "a law or regulation"),
        (f"第一章　总则\n{LAW}", "a law or regulation"),
        ("某某市财政局关于做好2022年度部门决算公开工作的通知\n各部门：\n请于9月底前公开，", "通知"),
        ("某某市2022年财政决算\n全市收入706万元，", "of a government"),
        ("关于某某市2022年市级决算草案和2023年预算执行情况的报告\n收入706万元", "of a government"),
        ("政府工作报告\n——在某某市人民代表大会上\n2022年度各部门决算收入706万元，", "政府工作报告"),
        ("某某市审计局关于2022年度预算执行的审计工作报告\n部门决算少列706万元，", "审计工作报告"),
        ("办公用品采购清单\n纸张\t10\n笔\t20", "nothing of a final account"),
        ("The quick brown fox jumps over the lazy dog, and", "nothing of a final account"),
    ],
)
def test_what_is_no_account_is_refused_as_what_it_is(text: str, found: str, tmp_path: Path) -> None:
    error = _refused(tmp_path, text)
    assert found in error.found
    assert "document.txt" in error.place
    assert "final account" in error.expected


@pytest.mark.parametrize(
    "text",
    [
        f"某某局2022年度部门决算\n关于公开部门预算的通知\n{TABLE}",
        f"首页\n部门预算\n通知公告\n某某局2022年度部门决算\n{TABLE}{PROSE}",
        f"关于公开2022年度部门决算的公告\n某某局2022年度部门决算\n{TABLE}",
        f"某某局2022年度部门决算\n{PROSE}",
    ],
)
def test_an_account_that_speaks_of_other_kinds_is_read(text: str, tmp_path: Path) -> None:
    assert _read(tmp_path, text).account.department.department_name == "某某局"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf \n", b"\n\n"])
def test_an_empty_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "document.txt").write_bytes(data)
    with pytest.raises(DocumentError, match=r"document\.txt: found (?:an empty file|nothing)"):
        read(tmp_path / "document.txt")


def test_the_published_template_is_refused_as_one() -> None:
    with pytest.raises(NoAccountError, match="a blank template"):
        read(document("template-shanghai.pdf"))


@pytest.mark.parametrize(
    "end",
    [
        "附件：1.绩效自评表",
        "附件：\n1.2022年度部门决算表.xls\n2.绩效自评表.docx",
        "联系电话：0533-1234567",
        "打印本页 | 关闭窗口\n主办：某某市人民政府　承办：某某局\n网站标识码 3703000000　鲁ICP备12345678号",
        "某某局\n2023年9月26日",
        "扫一扫在手机打开当前页",
    ],
)
def test_what_stands_around_a_document_is_no_broken_end(end: str, tmp_path: Path) -> None:
    reading = _read(tmp_path, f"某某局2022年度部门决算\n{TABLE}{PROSE}{end}\n")
    assert reading.ledger.is_whole
    assert sum(table.left_over for table in reading.ledger.tables) == 0


def test_a_text_that_breaks_off_is_read_and_says_so(tmp_path: Path) -> None:
    reading = _read(tmp_path, f"某某局2022年度部门决算\n{TABLE}{PROSE}与上年相比，主要是因为")
    assert not reading.ledger.is_whole
    assert [gap.detail for gap in reading.ledger.gaps if gap.detail and "breaks off" in gap.detail]
    assert len(reading.account.figures) == 4


def test_a_row_that_breaks_off_is_told(tmp_path: Path) -> None:
    reading = _read(tmp_path, f"某某局2022年度部门决算\n{TABLE}202\t外交")
    assert ReadingStatus.READ not in {table.status for table in reading.ledger.tables if table.form}
