"""The code of one function while it is being written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from serving.straight.known import LITERALS, Known

INFO = "_i"
_EARLIEST = 3  # attributes of attributes of what all calls are given: the context, the data in it, a part of that


@dataclass(slots=True, eq=False)
class Block:
    """Lines that stand under the same condition, with the blocks among them.

    What has been worked out in it and around it is known: variables by their expressions, results by function and
    arguments.
    """

    around: Block | None = None
    lines: list[str | Block] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    results: dict[tuple[object, ...], Known] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        return 0 if self.around is None else self.around.depth + 1

    def outwards(self) -> Iterator[Block]:
        """The block and all around it."""
        block: Block | None = self
        while block is not None:
            yield block
            block = block.around

    def written(self, indent: str = "    ") -> Iterator[str]:
        for line in self.lines or ["pass"]:
            if isinstance(line, Block):
                yield from line.written(indent + "    ")
            else:
                yield indent + line


@dataclass(slots=True)
class Program:
    """What functions that are written together share: constants by the names that they have, and their names by keys.

    `size` is how many variables all of them have together.
    """

    names: dict[str, Any] = field(default_factory=dict)
    keys: dict[object, str] = field(default_factory=dict)
    size: int = 0

    def constant(self, key: object, value: Any) -> str:
        """The name of a value, which is the same for all values of a key."""
        if key not in self.keys:
            self.keys[key] = f"_k{len(self.keys)}"
            self.names[self.keys[key]] = value
        return self.keys[key]


@dataclass(slots=True)
class Code:
    """Every variable is set once in each place, so what has been read there need not be read again.

    `first` are lines that run before all others. `calls` counts calls of which nobody knows how long they take.
    """

    program: Program
    block: Block = field(default_factory=Block)
    first: Block = field(default_factory=Block)
    calls: int = 0
    _early: dict[str, int] = field(default_factory=lambda: {INFO: 0})

    def put(self, text: str) -> None:
        self.block.lines.append(text)

    def fresh(self, prefix: str = "t") -> str:
        """A new variable. Its name opens with an underscore and holds a digit, as no other name does."""
        self.program.size += 1
        return f"_{prefix}{self.program.size}"

    @contextmanager
    def inside(self, head: str) -> Iterator[Block]:
        """A new block under a line such as `if x:`."""
        new = Block(self.block)
        self.block.lines += [head, new]
        with self.at(new):
            yield new

    @contextmanager
    def at(self, block: Block) -> Iterator[None]:
        """Go on at the end of a block."""
        before, self.block = self.block, block
        yield
        self.block = before

    def set(self, text: str) -> str:
        """A new variable with what an expression gives."""
        variable = self.fresh()
        self.put(f"{variable} = {text}")
        return variable

    def named(self, text: str) -> str:
        """A variable with what an expression gives; the expression itself, where it is one already."""
        return text if text.isidentifier() else self.set(text)

    def read(self, text: str, name: str) -> str:
        """The variable that holds an attribute of what an expression gives, read once in each place."""
        expression = f"{text}.{name}"
        for block in (*self.block.outwards(), self.first):
            if expression in block.variables:
                return block.variables[expression]
        depth = self._early.get(text, _EARLIEST)
        if depth < _EARLIEST:
            variable = self.before(expression)
            self._early[variable] = depth + 1
            return variable
        variable = self.block.variables[expression] = self.set(expression)
        return variable

    def before(self, text: str) -> str:
        """The variable that holds what an expression gives, worked out before everything else."""
        if text not in self.first.variables:
            with self.at(self.first):
                self.first.variables[text] = self.set(text)
        return self.first.variables[text]

    def constant(self, value: Any) -> str:
        """The expression of a value that is the same in every run."""
        if type(value) in LITERALS:
            return f"({value!r})" if type(value) is int and value < 0 else repr(value)
        return self.program.constant(id(value), value)

    def written(self) -> list[str]:
        """All lines, indented once."""
        return [*(self.first.written() if self.first.lines else ()), *self.block.written()]
