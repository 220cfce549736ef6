"""What every field may look at: the dataset that this request began with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import strawberry

from graph_data.core.terms import Language
from graph_data.dataset import Dataset


@dataclass(slots=True)
class Context:
    """One request: the dataset it reads, the operation it names, whether execution has begun, the language of words.

    `loaded_at` is when the process began to serve the dataset (UTC, ISO 8601); None outside of a service.
    """

    dataset: Dataset
    operation_name: str | None = None
    executing: bool = False
    language: Language = Language.ZH
    loaded_at: str | None = None


Info = strawberry.Info[Context, None]

Words = Annotated[
    Language | None, strawberry.argument(description="Of the words; of the request where none is given (语言)")
]


def spoken(info: Info, language: Language | None) -> Language:
    """The language asked for in the field, else that of the request."""
    return info.context.language if language is None else language
