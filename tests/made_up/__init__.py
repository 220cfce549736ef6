"""Made-up departments in a layout that real documents have, for tests on any machine.

`make(seed, options)` gives the text of a whole document and the facts that it states. Everything in it is invented:
places, names, amounts and sentences; only the public codes and names of the budget classification are real.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from random import Random

from tests.made_up.department import invent
from tests.made_up.options import Options
from tests.made_up.overview import write_cover, write_definitions, write_organisation
from tests.made_up.page import Facts, Page
from tests.made_up.prose import write_explanations
from tests.made_up.sheets import write_attachments
from tests.made_up.tables import write_tables

__all__ = ["Facts", "MadeUp", "Options", "make", "varied"]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A document's text and what it says."""

    text: str
    facts: Facts


def make(seed: int, options: Options | None = None) -> MadeUp:
    """The document of a seed: the same text for the same seed and options."""
    options = options or Options()
    page = Page(invent(seed, options), options)
    write_cover(page)
    write_organisation(page)
    page.say("第二部分")
    page.say(f"{options.year}年度部门决算表")
    write_tables(page, Random(seed))
    write_explanations(page)
    write_definitions(page)
    write_attachments(page)
    return MadeUp(page.text, page.facts)


def varied(seed: int) -> Options:
    """Options drawn from a seed, so that many seeds try them in many combinations."""
    random = Random(f"options {seed}")
    projects = random.randint(1, 6)
    switches = [name for name, value in asdict(Options()).items() if isinstance(value, bool)]
    return Options(
        year=random.randint(2019, 2026),
        units=random.randint(1, 6),
        projects=projects,
        sheets=random.randint(0, projects),
        **{switch: random.random() < 0.5 for switch in switches},
    )
