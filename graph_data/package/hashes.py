"""Is a package as it was written? Its descriptor has size and hash of each table, as Frictionless spells them.

A package without hashes, as an agency may write it, is not compared with anything. One that was edited by hand differs
until its hashes are removed, or written anew by `accept`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_data.core.errors import DamagedError, PackageError
from graph_data.core.files import write_whole
from graph_data.package.originals import is_original

DESCRIPTOR = "datapackage.json"
_ALGORITHM = "sha256:"
_EDITED = "those written with it; where it was edited on purpose, run `python -m graph_data verify --accept` on it"


def hash_of(data: bytes) -> str:
    """A hash as Frictionless spells it."""
    return _ALGORITHM + hashlib.sha256(data).hexdigest()


def sealed(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The bytes of a descriptor, with size and hash of the files by their paths, and a hash of all else in it."""
    resources = [
        {**each, "bytes": len(data), "hash": hash_of(data)} if (data := files.get(each["path"])) is not None else each
        for each in descriptor["resources"]
    ]
    told = {**descriptor, "resources": resources}
    told.pop("hash", None)
    return _text({**told, "hash": hash_of(_text(told))})


def package_damages(folder: Path, *, with_originals: bool = True) -> Iterator[DamagedError]:
    """Everything that differs from what the descriptor says. Raises PackageError where there is no descriptor.

    Originals may have been removed, which is no damage.
    """
    data = _read(folder, DESCRIPTOR)
    if isinstance(data, DamagedError):
        raise PackageError(data.file, data.found, "a package")
    try:
        told = json.loads(data)
        own = told.pop("hash", None)
        resources = [(each["path"], each.get("hash"), each.get("bytes")) for each in told["resources"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        yield DamagedError(f"{folder.name}/{DESCRIPTOR}", "no descriptor of a package", "JSON with resources")
        return
    if own is not None and (own != hash_of(_text(told)) or data != _text({**told, "hash": own})):
        yield DamagedError(f"{folder.name}/{DESCRIPTOR}", "other bytes", _EDITED)
    told_of = [
        (str(path), expected, size)
        for path, expected, size in resources
        if (expected, size) != (None, None)
        and (not is_original(str(path)) or (with_originals and (folder / path).exists()))
    ]
    damages = [damage for each in told_of for damage in _file_damage(folder, *each)]
    if len(damages) > 1 and 2 * len(damages) > len(told_of):
        found = f"one that differs from {len(damages)} of the {len(told_of)} files that it tells of"
        yield DamagedError(f"{folder.name}/{DESCRIPTOR}", found, "that of this package")
    yield from damages


def accept(folder: Path) -> None:
    """Write the hashes of what is there now. Raises PackageError where there is no descriptor."""
    data = _read(folder, DESCRIPTOR)
    if isinstance(data, DamagedError):
        raise data
    try:
        told = json.loads(data)
        paths = [each["path"] for each in told["resources"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise PackageError(f"{folder.name}/{DESCRIPTOR}", "no descriptor", "JSON with resources") from None
    files: dict[str, bytes] = {}
    for path in paths:
        if is_original(path) and not (folder / path).exists():
            continue
        found = _read(folder, path)
        if isinstance(found, DamagedError):
            raise found
        files[path] = found
    write_whole(folder / DESCRIPTOR, sealed(told, files))


def _file_damage(folder: Path, path: str, expected: str | None, size: int | None) -> Iterator[DamagedError]:
    data = _read(folder, path)
    if isinstance(data, DamagedError):
        yield data
    elif size is not None and size != len(data):
        yield DamagedError(f"{folder.name}/{path}", f"{len(data)} bytes", f"{size}: {_EDITED}")
    elif expected is not None and expected != hash_of(data):
        yield DamagedError(f"{folder.name}/{path}", "other bytes", _EDITED)


def _read(folder: Path, name: str) -> bytes | DamagedError:
    try:
        return (folder / name).read_bytes()
    except (OSError, ValueError) as error:
        return DamagedError(f"{folder.name}/{name}", f"no readable file ({error})", "a file that is there")


def _text(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
