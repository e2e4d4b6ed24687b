"""Compilation of a plan into a straight-line program.

Each step becomes one line, `total = call_total(price, tax); tax = None`. A variable is cleared on the line that reads it last.
The functions are globals of the program, so the inline caches of the interpreter apply. Compiling takes about 20 microseconds
per step. It pays off after a few hundred runs of trivial functions, so plans that run only a few times are not compiled.

The text of the program is in `linecache` as long as the program exists, so debuggers can show its lines.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Container, Mapping
from itertools import count
from keyword import iskeyword
from typing import Any, Final
from weakref import finalize

from headwater.execution.failure import PROGRAM_FILE_PREFIX, add_node_note
from headwater.execution.interpreter import RunFunction
from headwater.planning.plan import Plan

_numbers: Final = count(1)
"""Supplies the number in each program's file name."""


def compile_plan(plan: Plan) -> RunFunction:
    """Return a function that runs the plan."""
    variables = _variables(plan)
    program = _program(plan, variables)

    def run(values: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return program(*[values[name] for name in plan.provided])
        except Exception as error:
            _note_failed_step(error, plan, program, variables)
            raise

    return run


def _program(plan: Plan, variables: Mapping[int, str]) -> Callable[..., dict[str, Any]]:
    filled = {*plan.provided.values(), *(step.result for step in plan.steps)}
    namespace: dict[str, Any] = {variables[slot]: content for slot, content in enumerate(plan.template) if slot not in filled}
    used_names = set(variables.values())
    lines = [f"def program({', '.join(variables[slot] for slot in plan.provided.values())}):"]
    for step in plan.steps:
        result = variables[step.result]
        function = _free_name(f"call_{result}", used_names)
        namespace[function] = step.call
        arguments = ", ".join([variables[slot] for slot in step.arguments])
        cleared = "".join([f"{variables[slot]} = " for slot in step.last_read])
        lines.append(f"    {result} = {function}({arguments})" + (f"; {cleared}None" if cleared else ""))
    lines.append(f"    return {{{', '.join(f'{name!r}: {variables[slot]}' for name, slot in plan.outputs.items())}}}")
    return _defined("\n".join(lines) + "\n", namespace)


def _defined(text: str, namespace: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Execute the program's definition, and add its source code to `linecache` until the program is freed."""
    file = f"{PROGRAM_FILE_PREFIX}{next(_numbers)}>"
    exec(compile(text, file, "exec"), namespace)  # noqa: S102 - the text contains only identifiers
    program: Callable[..., dict[str, Any]] = namespace.pop("program")
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    finalize(program, linecache.cache.pop, file, None)
    return program


def _variables(plan: Plan) -> dict[int, str]:
    """Return a variable name for each slot: the name of the slot's node if that is an ASCII identifier."""
    names = {slot: name for name, slot in plan.provided.items() if _is_variable(name)}
    names |= {step.result: step.node.name for step in plan.steps if _is_variable(step.node.name)}
    used_names = {*names.values(), "program"}
    return {
        slot: names[slot] if slot in names else _free_name(f"value_{slot}", used_names) for slot in range(len(plan.template))
    }


def _is_variable(name: str) -> bool:
    # A name such as `__debug__` has a special meaning in Python. `program` is the name of the generated function.
    return name.isascii() and name.isidentifier() and not iskeyword(name) and name[:2] != "__" and name != "program"


def _free_name(name: str, used_names: Container[str]) -> str:
    while name in used_names:
        name += "_"
    return name


def _note_failed_step(error: BaseException, plan: Plan, program: Callable[..., Any], variables: Mapping[int, str]) -> None:
    """Add a note that names the failed step. Line 1 of the program is its `def`, so line 2 is the first step."""
    traceback = error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code is program.__code__:
            step = plan.steps[traceback.tb_lineno - 2]
            known = {**frame.f_globals, **frame.f_locals}
            add_node_note(error, step.node, [known[variables[slot]] for slot in step.arguments])
            return
        traceback = traceback.tb_next
