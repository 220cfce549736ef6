"""Documents by name: automatic persisted queries (Apollo's protocol), and trusted documents from a folder."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph_data.core.cache import LruCache
from serving.errors import BAD_USER_INPUT, PERSISTED_QUERY_NOT_FOUND, HttpRefusalError
from serving.requests import EXAMPLE, Question
from serving.settings import Settings

_NOT_FOUND = "PersistedQueryNotFound"  # the protocol's own word, which clients look for
_OVERHEAD = 400  # bytes that a document takes beside its text
_ONLY_TRUSTED = "only trusted documents are answered; give the name or SHA-256 of one as documentId"


@dataclass(slots=True)
class Persisted:
    """Finds the text of a question that names its document, and remembers the text that a client registers."""

    settings: Settings
    _trusted: dict[str, str] = field(init=False)
    _texts: frozenset[str] = field(init=False)
    _kept: LruCache[str, str] = field(init=False)

    def __post_init__(self) -> None:
        folder = self.settings.trusted_documents
        self._trusted = {} if folder is None else read_trusted(folder)
        self._texts = frozenset(self._trusted.values())
        self._kept = LruCache(0 if self.settings.only_trusted else self.settings.persisted_cache)

    def resolved(self, question: Question) -> Question:
        """The question with its text. Raises HttpRefusalError where it has none, or one that is not to be answered."""
        name = question.document_id
        if name is not None and name in self._trusted:
            return replace(question, query=self._trusted[name])
        if self.settings.only_trusted and question.query not in self._texts:
            raise HttpRefusalError(400, BAD_USER_INPUT, _ONLY_TRUSTED)
        if name is None:
            if not question.query:
                raise HttpRefusalError(400, BAD_USER_INPUT, f"query is missing; {EXAMPLE}")
            return question
        return self._automatic(question, name)

    def _automatic(self, question: Question, digest: str) -> Question:
        if question.query:
            if sha256(question.query) != digest:
                raise HttpRefusalError(400, BAD_USER_INPUT, "sha256Hash is not the SHA-256 of query")
            self._kept.put(digest, question.query, sys.getsizeof(question.query) + _OVERHEAD)
            return question
        found = self._kept.get(digest)
        if found is None:
            raise HttpRefusalError(200, PERSISTED_QUERY_NOT_FOUND, _NOT_FOUND)
        return replace(question, query=found)


def read_trusted(folder: Path) -> dict[str, str]:
    """The documents of a folder, each under its file's name without the ending and under its SHA-256."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.graphql"))}
    return texts | {sha256(text): text for text in texts.values()}


def sha256(text: str) -> str:
    """The SHA-256 of a document, as clients compute it."""
    return hashlib.sha256(text.encode()).hexdigest()
