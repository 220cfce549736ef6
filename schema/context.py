"""What every field may look at: the dataset that this request began with."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from graph_data.core.terms import Language
from graph_data.dataset import Dataset


@dataclass(slots=True)
class Context:
    """One request: the dataset it reads, the operation it names, whether execution has begun, the language of words."""

    dataset: Dataset
    operation_name: str | None = None
    executing: bool = False
    language: Language = Language.ZH


Info = strawberry.Info[Context, None]
