"""How a made-up document is laid out, and how many things it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How the document of a made-up department is laid out; nothing here changes what it says, but for the counts."""

    year: int = 2022
    units: int = 3
    projects: int = 3
    sheets: int = 2
    shuffled: bool = False
    printed_numbers: bool = True
    grouped: bool = True  # thousands separators in prose and sheets
    grouped_tables: bool = False
    trimmed: bool = True  # 706 and 3.8 for 706.00 and 3.80
    yuan_tables: bool = False  # 金额单位：元 in the tables, 万元 everywhere else
    wide_brackets: bool = True
    codes_on_sheets: bool = True
    lost_cells: bool = True  # rows of indicator sheets that lack a leading cell
    split_codes: bool = False  # 208 | 05 | 01 in three cells
    total_last: bool = False  # 合计 below the subjects
    page_breaks: bool = True
    repeated_headings: bool = True  # of tables, after a page break
    broken_prose: bool = False  # paragraphs that a page break cut in the middle of a sentence
    managed_funds: bool = False  # 政府性基金 with figures
    more_spellings: bool = True  # projects under other names in the summary and in prose
    other_revenue: bool = True
