"""Functions written out do what the functions do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serving.straight import Code, Constant, Evaluator, Known, Local, Made, Mapped, Program
from serving.straight.known import attributes_of
from serving.straight.reading import reading_of
from tests.serving.straight import functions

GAVE_UP = "gave up"


class GaveUpError(Exception):
    """What written code raises in place of anything else."""


def _written(function: Any, *parameters: str, **constants: Any) -> tuple[Callable[..., Any], str]:
    """A function written out, and its source."""
    program = Program({"GaveUpError": GaveUpError})
    code = Code(program)
    evaluator = Evaluator(code, "raise GaveUpError")
    named = {name: Constant(value) for name, value in constants.items()}
    found = evaluator.joined(evaluator.call(function, [Local(name) for name in parameters], named))
    code.put(f"return {evaluator.text(found)}")
    source = "\n".join([f"def written({', '.join(parameters)}):", *code.written()])
    exec(source, program.names)
    return program.names["written"], source


@pytest.mark.parametrize(
    "function", [functions.straight, functions.either, functions.known, functions.moved, functions.recursive]
)
@settings(derandomize=True, max_examples=30)
@given(x=st.integers(0, 60))
def test_what_is_written_out_gives_what_the_function_gives(function: Callable[[int], Any], x: int) -> None:
    written, _ = _written(function, "x")
    assert written(x) == function(x)


def test_small_functions_are_not_called() -> None:
    for function in (functions.straight, functions.either, functions.moved, functions.known):
        assert "(" not in _written(function, "x")[1].partition("\n")[2].replace("(x", "").replace("(-", "")


def test_a_raise_becomes_that_of_the_caller() -> None:
    written, _ = _written(functions.refuses, "x")
    assert written(3) == 3
    with pytest.raises(GaveUpError):
        written(-1)


def test_what_is_known_is_worked_out_while_writing() -> None:
    assert _written(functions.known, "x", unit=None)[1].endswith("return x")
    assert "* 9" in _written(functions.known, "x", unit="any")[1]
    assert _written(functions.named, x="a")[1].endswith("return 'aredRED'")


@pytest.mark.parametrize("x", [None, 4])
def test_an_object_made_in_one_branch_is_made_there(x: int | None) -> None:
    assert _written(functions.wrapped, "x")[0](x) == functions.wrapped(x)


def test_an_object_that_is_only_read_is_never_made() -> None:
    evaluator = Evaluator(Code(Program()), "raise GaveUpError")
    ends = evaluator.call(functions.wrapped, [Local("x")], {})
    made = [value for _, value in ends if isinstance(value, Made)]
    assert [each.class_ for each in made] == [functions.Wrapper]
    assert len(ends) == len([None, made])
    assert "_k" not in "\n".join(evaluator.code.written())


@pytest.mark.parametrize("function", [functions.summed, functions.squares])
def test_comprehensions(function: Any) -> None:
    assert _written(function, "numbers", "x")[0]([1, 2, 3], 2) == function([1, 2, 3], 2)


@pytest.mark.parametrize(("function", "given_"), [(functions.squares, ["n", "x"]), (functions.paired, ["n"])])
def test_a_comprehension_that_is_given_back_can_be_written_as_a_loop(function: Any, given_: list[str]) -> None:
    program = Program()
    code = Code(program)
    evaluator = Evaluator(code, "raise GaveUpError")
    ((_, mapped),) = evaluator.call(function, [Local(name) for name in given_], {})
    assert isinstance(mapped, Mapped)
    code.put("kept = []")
    _, ends = evaluator.each(mapped)
    for block, value in ends:
        with code.at(block):
            code.put(f"kept.append({evaluator.text(value)})")
    code.put("return kept")
    exec("\n".join([f"def written({', '.join(given_)}):", *code.written()]), program.names)
    arguments = [[1, 2, 3], 2][: len(given_)]
    assert program.names["written"](*arguments) == function(*arguments)


def test_what_stands_behind_and_or_or_is_reached_only_after_what_stands_before() -> None:
    written, _ = _written(functions.ordered, "x")
    for x in (1, 3):
        functions.CALLED.clear()
        expected = functions.ordered(x), list(functions.CALLED)
        functions.CALLED.clear()
        assert (written(x), functions.CALLED) == expected


def test_slices() -> None:
    assert _written(functions.sliced, "numbers", "x")[0]([1, 2, 3, 4], 1) == [2, 3]
    assert "[1:3]" in _written(functions.sliced, "numbers", x=1)[1]


@pytest.mark.parametrize(
    "function",
    [functions.several, functions.looping, functions.generated, functions.cached, functions.closing_over(1), len],
)
def test_what_cannot_be_written_out_is_called(function: Any) -> None:
    assert reading_of(function) is None
    source = _written(function, *(["x"] if function.__name__ != "inside" else []))[1]
    assert "_k0(" in source


def test_a_function_whose_file_says_something_else_by_now_is_called() -> None:
    other = functions.straight.__code__.replace(co_consts=(None, 3, 1))
    assert reading_of(type(functions.straight)(other, functions.straight.__globals__)) is None


def test_a_call_that_is_always_the_same_is_called_once_before_all_else() -> None:
    _, source = _written(functions.required, text="abc")
    assert source.splitlines()[1].endswith("('abc')")


def test_an_attribute_is_read_once() -> None:
    assert _written(functions.read_twice, "thing")[1].count(".value") == 1


def test_what_a_branch_has_read_is_not_known_outside_of_it() -> None:
    code = Code(Program())
    with code.inside("if x:"):
        first = code.read("x", "a")
        assert code.read("x", "a") == first
    assert code.read("x", "a") != first


def test_classes_whose_objects_are_more_than_their_attributes_are_called() -> None:
    assert attributes_of(functions.Filled) is None
    assert attributes_of(dict) is None
    assert list(attributes_of(functions.Point) or ()) == ["across", "up"]


def test_a_large_program_calls_what_it_would_have_written_out() -> None:
    program = Program(size=10_000)
    code = Code(program)
    found: list[Known] = [value for _, value in Evaluator(code, "raise").call(functions.straight, [Local("x")], {})]
    assert found == [Local("_t10001")]
    assert code.calls == 1
