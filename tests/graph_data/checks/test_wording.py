"""The words of the checks: whole in both languages, Chinese in Chinese, numbers as people print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from graph_data.checks import BY_ID, CHECKS, Check, examine, message, suggestion
from graph_data.checks.disclosure import ITEMS
from graph_data.checks.examination import Finding
from graph_data.checks.wording import CAUSES, Detail, Remark, Said, Text, say, word
from graph_data.core import terms
from graph_data.core.amount import read_number
from graph_data.core.records import Source
from graph_data.core.terms import ColumnKey, Language, Severity
from graph_data.outliers import KINDS
from tests.graph_data.checks.examining import document, with_cell, with_fact, without_sheets

HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")
NUMBERS = {"reported", "derived", "difference", "tolerance"}
SAMPLE = {"both": "甲|first", "term": "ColumnKey.BASIC", "number": "12.50|万元", "": "甲"}


def _texts(check: Check) -> Iterator[Text]:
    yield from (check.title, check.rule)
    for case in check.cases.values():
        yield from (case.fact, case.suggestion)


def _finding(check: Check, case: str, said: Said | None = None, remark: Remark | None = None) -> Finding:
    """A finding of that case with something in every place that its words name."""
    fact = check.cases[case].fact
    places = {name: kind for text in (fact.zh, fact.en) for name, kind in FIELD.findall(text) if name not in NUMBERS}
    details = tuple(Detail(name, SAMPLE[kind]) for name, kind in places.items())
    numbers = (Decimal("1234.5"), Decimal("1230"), Decimal("4.5"), Decimal("0.01"), "万元", remark)
    source = Source("第二部分", None, 1)
    return Finding(check.id, Severity.ERROR, case, details, "node", (source,), *numbers, cause=said)


CASES = [(check, case) for check in CHECKS for case in check.cases]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_word_of_a_check_is_chinese_in_chinese_and_english_in_english(check: Check) -> None:
    assert check.cases
    for text in _texts(check):
        chinese = FIELD.sub("", text.zh)
        assert HAN.search(chinese), text
        assert not ENGLISH.search(chinese), text
        assert ENGLISH.search(FIELD.sub("", text.en)), text
        assert not re.search(r"[，。；、]", text.en), text
    assert check.basis is None or re.search("《.+》", check.basis)


@pytest.mark.parametrize(("check", "case"), CASES, ids=[f"{check.id}:{case}" for check, case in CASES])
def test_a_finding_has_one_whole_sentence_in_each_language(check: Check, case: str) -> None:
    finding = _finding(check, case)
    chinese, english = (message(finding, language) for language in (Language.ZH, Language.EN))
    for text in (chinese, english):
        assert "{" not in text, text
        assert check.id not in text, text
    assert chinese.endswith("。")
    assert english.endswith(".")
    assert not ENGLISH.search(chinese), chinese
    names = {kind for kind, _ in FIELD.findall(check.cases[case].fact.zh)}
    assert names == {kind for kind, _ in FIELD.findall(check.cases[case].fact.en)}, "both languages name the same"
    assert not ENGLISH.search(suggestion(finding, Language.ZH))
    assert not HAN.search(suggestion(finding, Language.EN))


@pytest.mark.parametrize("case", CAUSES)
def test_a_cause_is_said_in_both_languages(case: str) -> None:
    text = CAUSES[case]
    places = {name: kind for each in (text.zh, text.en) for name, kind in FIELD.findall(each)}
    said = Said(case, tuple((name, SAMPLE[kind]) for name, kind in places.items()))
    finding = _finding(BY_ID["table.subjects"], "row", said)
    assert not ENGLISH.search(message(finding, Language.ZH))
    assert "{" not in message(finding, Language.EN)


def test_the_details_that_the_checks_give_are_those_that_their_words_name() -> None:
    """Of the findings of faulty documents; the examples of each check read theirs through the same words."""
    spending, three = terms.StatementForm.EXPENDITURE, terms.StatementForm.THREE_PUBLIC_EXPENSES
    faulty = (
        with_cell(document(), spending, "2060103", ColumnKey.PROJECT, "3898.29"),
        with_cell(document(), three, "", ColumnKey.OFFICIAL_HOSPITALITY, "77.77", phase=terms.Phase.FINAL),
        with_fact(document(), terms.Topic.SHARE, "BASIC", terms.Role.PERCENT, "1.00"),
        without_sheets(document()),
    )

    findings = [finding for account in faulty for entry in examine(account) for finding in entry.findings]
    assert findings
    for finding in findings:
        assert "{" not in message(finding, Language.EN) + message(finding)


def test_no_raw_id_and_no_name_of_a_constant_is_a_heading_in_english() -> None:
    headings = [check.title.en for check in CHECKS]
    headings += [item.title.en for item in ITEMS if item.form is None]
    headings += [word(form, Language.EN) for form in terms.StatementForm]
    headings += [ratio.title.en for ratio in KINDS.values()]
    for heading in headings:
        assert "_" not in heading, heading
        assert not re.fullmatch(r"[\w-]+\.[\w-]+", heading), heading


def test_numbers_print_as_people_print_them() -> None:
    finding = _finding(BY_ID["table.subjects"], "row")
    assert "1234.50万元" in message(finding)
    assert "相差4.50万元，超出舍入允差0.01万元" in message(finding)
    assert "1,234.50 (10,000 yuan)" in message(finding, Language.EN)


def test_an_observation_says_why_it_is_none_and_needs_no_action() -> None:
    finding = _finding(BY_ID["prose.shares"], "share", remark=Remark.CUT_OFF)
    assert message(finding).endswith("；该百分比系截尾而非四舍五入所得。")
    assert message(finding, Language.EN).endswith("; the percentage was cut off rather than rounded.")


def test_a_word_of_the_field_is_said_in_the_language_asked_for() -> None:
    assert word(ColumnKey.BASIC, Language.ZH) == "基本支出"
    assert word(ColumnKey.BASIC, Language.EN) == "basic expenditure"
    said = say("row", row="甲", column=ColumnKey.BASIC, amount=read_number("12.50", "万元"), count=3)
    assert [detail.text for detail in said.details] == ["甲", "ColumnKey.BASIC", "12.50|万元", "3"]


def test_every_reason_that_a_check_gives_is_in_both_languages() -> None:

    empty = without_sheets(document())
    for account in (document(), empty):
        for entry in examine(account):
            if entry.reason is not None:
                assert not ENGLISH.search(entry.reason.zh), entry.reason
                assert not HAN.search(entry.reason.en.replace("总计", "")), entry.reason
