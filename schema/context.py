"""What every field may look at: the dataset that this request began with."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from graph_data.dataset import Dataset


@dataclass(slots=True)
class Context:
    """One request: the dataset it reads, the operation it names, and whether execution has begun."""

    dataset: Dataset
    operation_name: str | None = None
    executing: bool = False


Info = strawberry.Info[Context, None]
