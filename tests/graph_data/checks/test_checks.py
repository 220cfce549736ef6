"""The list of checks: every module is in it, documented, and shown to fire and to be silent."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import graph_data.checks as package
from graph_data.checks import CHECKS, FAMILIES, Check, examine
from graph_data.core.terms import CheckOutcome, Severity
from tests.graph_data.checks.examining import document, without_sheets
from tests.made_up import varied

EXAMPLES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))


def _modules(family: ModuleType) -> list[ModuleType]:
    return [import_module(f"{family.__name__}.{info.name}") for info in pkgutil.iter_modules(family.__path__)]


MODULES = tuple(module for family in FAMILIES for module in _modules(family))


def test_every_folder_is_a_family() -> None:
    folders = {f"{package.__name__}.{info.name}" for info in pkgutil.iter_modules(package.__path__) if info.ispkg}
    assert Counter(family.__name__ for family in FAMILIES) == Counter(folders), "list the folder in FAMILIES"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.removeprefix(package.__name__ + "."))
def test_a_module_ends_in_a_check_that_its_family_lists_and_that_bears_its_name(module: ModuleType) -> None:
    assert inspect.getdoc(module), f"{module.__name__} has no docstring"
    assert isinstance(getattr(module, "CHECK", None), Check), f"{module.__name__} has no CHECK"
    family = import_module(module.__name__.rpartition(".")[0])
    assert module.CHECK in family.CHECKS, f"list {module.__name__}.CHECK in CHECKS of {family.__name__}"
    prefix, _, rest = module.CHECK.id.partition(".")
    folder, name = module.__name__.split(".")[-2:]
    assert (folder.removesuffix("s"), name) == (prefix.removesuffix("s"), rest.replace("-", "_"))


def test_ids_are_unique_and_stand_in_the_order_of_their_families() -> None:
    families = [check.id.partition(".")[0] for check in CHECKS]
    assert len({check.id for check in CHECKS}) == len(CHECKS) == len(MODULES)
    assert families == sorted(families, key=families.index)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_has_an_example_that_fires_and_one_that_does_not(check: Check) -> None:
    assert f'assert_fires("{check.id}"' in EXAMPLES or _is_parameter(check, "assert_fires")
    assert f'assert_silent("{check.id}"' in EXAMPLES or _is_parameter(check, "assert_silent")


def _is_parameter(check: Check, helper: str) -> bool:
    """Is the id a parameter of a test that calls the helper with it?"""
    tests = re.split(r"\n(?=@pytest|def )", EXAMPLES)
    calls = [n for n, text in enumerate(tests) if f"{helper}(check" in text]
    return any(f'"{check.id}"' in tests[n - 1] + tests[n] for n in calls)


def test_every_check_ends_once_and_gives_a_reason_where_it_compared_nothing() -> None:
    for account in (document(), without_sheets(document()), document(8, varied(8))):
        ledger = examine(account)
        assert tuple(entry.check for entry in ledger) == CHECKS
        for entry in ledger:
            compared = entry.outcome in (CheckOutcome.PASSED, CheckOutcome.FAILED)
            assert compared is (entry.reason is None)
            assert entry.outcome is not CheckOutcome.FAILED


@pytest.mark.parametrize("seed", range(24))
def test_a_correct_document_in_any_layout_raises_nothing_above_an_observation(seed: int) -> None:
    ledger = examine(document(seed, varied(seed)))
    told = [finding for entry in ledger for finding in entry.findings if finding.severity is not Severity.INFO]
    assert told == []


def test_every_check_of_a_whole_document_that_can_compare_does() -> None:
    outcomes = {entry.check.id: entry.outcome for entry in examine(document())}
    open_ = {id for id, outcome in outcomes.items() if outcome is not CheckOutcome.PASSED}
    assert open_ == {
        "document.references",  # it names no attachment
        "indicators.verdicts",  # and judges no indicator
        "balance.funds",  # the funds are empty
        "prose.repeated",
        "prose.three-public-counts",
        "projects.rates",
        "indicators.stated",
        "meaning.natures",  # the made-up definitions limit nothing
        *(check.id for check in CHECKS if check.id.startswith("relations.")),  # there is no other account
    }


def test_checks_do_not_import_each_other() -> None:
    families = {family.__name__ for family in FAMILIES}
    for module in MODULES:
        imported = set(re.findall(r"from (graph_data\.checks\.\w+)[.\w]* import", inspect.getsource(module)))
        assert not imported & families, module.__name__
