"""What can go wrong, each as an exception that names the place, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = 5  # of the candidates of a question, in its message


class JuesuanError(Exception):
    """The root of every error that this project raises on purpose."""


class DocumentError(JuesuanError):
    """A document that is refused, or a place of one that cannot be read."""

    def __init__(self, place: str, found: str, expected: str) -> None:
        super().__init__(f"{place}: found {found}; expected {expected}")
        self.place, self.found, self.expected = place, found, expected

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        return type(self), (self.place, self.found, self.expected)


class NoAccountError(DocumentError):
    """A document that is no published final account, whatever it is."""


class PackageError(JuesuanError):
    """A package on disk that is not what its own schema says."""

    def __init__(self, file: str, found: str, expected: str, row: int | None = None, column: str | None = None) -> None:
        place = file
        if row is not None:
            place += f", row {row}"
        if column is not None:
            place += f", column {column}"
        super().__init__(f"{place}: found {found}; expected {expected}")
        self.file, self.row, self.column, self.found, self.expected = file, row, column, found, expected

    def __reduce__(self) -> tuple[type[PackageError], tuple[str, str, str, int | None, str | None]]:
        return type(self), (self.file, self.found, self.expected, self.row, self.column)


class DamagedError(PackageError):
    """A file that is not as it was written: whatever needs it is refused, and nothing is guessed."""


class UnfinishedError(JuesuanError):
    """Work that could not be finished; what was there before is as it was, and what is finished is kept."""


class QuestionError(JuesuanError):
    """A question that cannot be answered as asked: the caller's mistake, with an example of what would do."""


class CursorExpiredError(QuestionError):
    """A cursor made for another version of the dataset or another order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member that a question may have meant; what has no code has None."""

    id: str
    code: str | None
    name: str

    def __str__(self) -> str:
        known = " ".join(each for each in (self.code, self.name) if each)
        return f"{known} ({self.id})" if known and known != self.id else self.id


class MemberError(QuestionError):
    """A question that names a member which the dataset does not hold, or holds several times: it holds `candidates`."""

    def __init__(self, problem: str, candidates: Sequence[Candidate]) -> None:
        shown = ", ".join(str(each) for each in candidates[:_SHOWN])
        more = f", … ({len(candidates)} in all)" if len(candidates) > _SHOWN else ""
        super().__init__(f"{problem}; candidates: {shown}{more}" if candidates else problem)
        self.candidates = tuple(candidates)
