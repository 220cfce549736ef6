"""What a reading of many files keeps beside their packages, so that the next one reads only what is new or changed.

    .reading/NAME.written      which set of files the package of this name was written from
    .reading/PROGRAM/          of the program that reads, in this very state
        MARK.signature         whose a file is
        MARK.reading           the key, kind, ledger and file names of a set of files
        MARK.document .account what was laid out and read, until a run has come to its end

Marks are digests of paths, bytes and options: what has another mark is read anew. What is kept is only used where
nobody but its owner may write.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import stat
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from graph_data.core.errors import PackageError
from graph_data.core.files import digest, file_digest, write_whole
from graph_data.package.hashes import DESCRIPTOR, package_damages

FOLDER = ".reading"
_OWN = Path(__file__).resolve().parent.parent


class Workshop:
    """What is kept in one folder; `given` are the options that change what is read."""

    def __init__(self, folder: Path, given: str) -> None:
        if folder.is_dir() and not _is_safe(folder):
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder, self._given = folder, given
        for other in folder.iterdir():
            if other.is_dir() and other.name != _program():
                shutil.rmtree(other)
        self._own.mkdir(exist_ok=True)
        self._marks: dict[Path, str] = {}

    @property
    def _own(self) -> Path:
        return self.folder / _program()

    def mark(self, path: Path) -> str:
        """What tells a file, with the bytes that it has now, from every other."""
        if path not in self._marks:
            try:
                state: object = file_digest(path)
            except OSError as error:
                state = error
            self._marks[path] = digest(f"{path}\n{state}\n{self._given}".encode("utf-8", "surrogatepass"))
        return self._marks[path]

    def set_mark(self, paths: Iterable[Path]) -> str:
        """The same of the files of one account."""
        return digest("\n".join(map(self.mark, paths)).encode())

    def document(self, path: Path) -> Path:
        """Where a file is kept once it is laid out."""
        return self._own / f"{self.mark(path)}.document"

    def account(self, mark: str) -> Path:
        """Where the account of a set of files is kept once it is read."""
        return self._own / f"{mark}.account"

    def known(self, kind: str, mark: str) -> Any:
        """What was remembered; None where nothing was."""
        try:
            return pickle.loads((self._own / f"{mark}.{kind}").read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError):
            return None

    def remember(self, kind: str, mark: str, told: object) -> None:
        """Remember a signature or a reading."""
        write_whole(self._own / f"{mark}.{kind}", pickle.dumps(told))

    def is_written(self, mark: str, package: Path) -> bool:
        """Was this package written from this set of files, and is it as it was written?"""
        if not self.has_written(package) or self._note(package).read_text("utf-8") != mark:
            return False
        try:
            return (package / DESCRIPTOR).is_file() and not any(package_damages(package))
        except PackageError:
            return False

    def has_written(self, package: Path) -> bool:
        """Was a package written by an earlier run, whatever it was written from?"""
        return self._note(package).is_file()

    def note_written(self, mark: str, package: Path) -> None:
        """Note what a package was written from."""
        write_whole(self._note(package), mark.encode())

    def _note(self, package: Path) -> Path:
        return self.folder / f"{package.name}.written"

    def leave(self, folder: Path) -> None:
        """Go on in another folder, and leave no trace in this one."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        shutil.rmtree(self.folder)
        self.folder = folder

    def clear(self) -> None:
        """Remove what only a run that was interrupted needs."""
        for each in self._own.iterdir():
            if each.suffix in (".document", ".account"):
                each.unlink()


def _is_safe(folder: Path) -> bool:
    state = folder.lstat()
    return state.st_uid == os.getuid() and not stat.S_IMODE(state.st_mode) & 0o022 and not folder.is_symlink()


@cache
def _program() -> str:
    """A digest of the program that reads."""
    found = hashlib.sha256()
    for file in sorted(
        each for each in _OWN.rglob("*") if each.suffix in (".py", ".csv") and "packages" not in each.parts
    ):
        found.update(f"{file.relative_to(_OWN)}\n".encode())
        found.update(file.read_bytes())
    return found.hexdigest()[:16]
