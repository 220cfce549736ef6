"""The kinds of arrays that figures are held in. All are read-only: a dataset never changes."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Longs: TypeAlias = NDArray[np.int64]
Ints: TypeAlias = NDArray[np.int32]
Mask: TypeAlias = NDArray[np.bool_]
AnyArray: TypeAlias = NDArray[Any]
_Array = TypeVar("_Array", bound=AnyArray)


def fixed(array: _Array) -> _Array:
    """The same array, never to be written to."""
    array.setflags(write=False)
    return array
