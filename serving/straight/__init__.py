"""Plain Python functions written out where they are called, for whoever generates code that calls many small ones.

A function whose body is assignments, conditions, `raise` and `return` becomes lines of the caller. An object that such
a function makes only to be read (`Money(fen=…)`, of which then `fen` is asked) is never made: its attributes are the
expressions that it would have been made of. What is read twice in one place is read once.

That holds for functions that read and change nothing, of modules whose names and constants stay what they are, and
where it does not matter which exception ends a calculation: any `raise` becomes the one that the caller names.
"""

from __future__ import annotations

from serving.straight.code import Block, Code, Program
from serving.straight.evaluating import Ends, Evaluator
from serving.straight.known import Constant, Known, Local, Made, Mapped

__all__ = ["Block", "Code", "Constant", "Ends", "Evaluator", "Known", "Local", "Made", "Mapped", "Program"]
