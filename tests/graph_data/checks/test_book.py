"""What checks look up in an account, against a plain search of its records."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_data.checks.book import Book
from graph_data.core.records import Account
from graph_data.core.terms import ColumnKey, FundingQuantity, FundSource, LineItem, Role, Side, StatementForm, Topic
from graph_data.graph import ids
from graph_data.package import read_packages
from graph_data.synthesis import SCALES, account
from graph_data.synthesis.draft import Body

ACCOUNTS = (
    *read_packages([Path("graph_data/packages")], strict=True).accounts,
    account(1, SCALES["department"], Body("980100", "云岫市", 0), 2024),
)


@pytest.fixture(params=ACCOUNTS, ids=lambda each: f"{each.key.department}-{each.key.fiscal_year}")
def account_of(request: pytest.FixtureRequest) -> Account:
    found: Account = request.param
    return found


def test_facts_by_topic_role_and_item(account_of: Account) -> None:
    book, told = Book(account_of), [fact for fact in account_of.facts if fact.number.value is not None]
    for topic in Topic:
        of_topic = [fact for fact in told if fact.topic is topic]
        assert book.facts(topic) == of_topic
        for role in Role:
            assert book.facts(topic, role=role) == [fact for fact in of_topic if fact.role is role]
        for item in {fact.item for fact in of_topic} | {"nothing"}:
            assert book.facts(topic, item) == [fact for fact in of_topic if fact.item == item]
            amounts = [fact for fact in of_topic if fact.item == item and fact.role is Role.AMOUNT]
            assert book.facts(topic, item, Role.AMOUNT) == amounts


def test_the_first_fact_of_its_kind_in_its_section(account_of: Account) -> None:
    book, seen = Book(account_of), set()
    for fact in account_of.facts:
        kind = (fact.topic, fact.item, fact.role, fact.source.section)
        assert book.is_first(fact) is (kind not in seen)
        seen.add(kind)


def test_leaves_and_funds_of_a_sheet(account_of: Account) -> None:
    book = Book(account_of)
    for project in account_of.projects:
        leaves = [one for one in account_of.indicators if one.project == project.project and one.level == 3]
        assert book.leaves(project.project) == leaves
        for group in book.indicators(project.project):
            within = [one for one in leaves if one.indicator.startswith(f"{group.indicator}.")]
            assert book.leaves(project.project, group.indicator) == within
        for source in FundSource:
            funds = [
                fund for fund in account_of.funding if fund.project == project.project and fund.fund_source is source
            ]
            found = [book.funding(project.project, source, quantity) for quantity in FundingQuantity]
            assert sorted(map(repr, filter(None, found))) == sorted(map(repr, funds))


def test_columns_lines_and_cells_of_a_table(account_of: Account) -> None:
    book = Book(account_of)
    for form in StatementForm:
        table = book.table(form)
        empty = {each.form: each.is_empty for each in account_of.statements}
        assert (table is None) is empty.get(form, True)
        if table is None:
            continue
        assert table.lines == [line for line in account_of.lines if line.form is form]
        cells = {(cell.line, cell.column): cell for cell in account_of.figures if cell.form is form}
        for line in table.lines:
            assert book.line_node(line) == ids.line_id(book.key, form, line.line)
            assert [table.cell(line, each) for each in table.columns] == [
                cells.get((line.line, each.column)) for each in table.columns
            ]
        for item in LineItem:
            for side in (None, *Side):
                known = (each for each in table.lines if each.item is item and each.code is None)
                assert table.line(item, side=side) is next((each for each in known if side in (None, each.side)), None)
        for key in ColumnKey:
            assert table.column(key) is next((each for each in table.columns if each.key is key), None)


def test_what_is_not_there_is_nothing() -> None:
    book = Book(ACCOUNTS[0])
    assert (book.leaves(999), book.leaves(1, "9"), book.indicators(999)) == ([], [], [])
    assert book.funding(999, FundSource.TOTAL, FundingQuantity.SCORE) is None
    assert book.fact(Topic.SHARE, "nothing", Role.AMOUNT) is None
