"""Scalars and enumerations as the reply holds them, written out for the classes of values that they mostly have.

Where a value is of none of these, the type itself is asked, as graphql-core asks it.
"""

from __future__ import annotations

from serving.leaves.values import listed
from serving.leaves.writing import completed

__all__ = ["completed", "listed"]
