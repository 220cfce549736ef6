"""Which way an order runs."""

from __future__ import annotations

from enum import Enum, unique


@unique
class OrderDirection(Enum):
    """升序, 降序"""

    ASC = "ASC"
    DESC = "DESC"
