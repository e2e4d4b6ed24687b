"""Compilation of a plan to a straight-line program.

Each step becomes one line, `v7 = f7(v2, v5)`. A variable is cleared on the line that reads it last. The functions are globals
of the program, so the interpreter's inline caches apply. Compiling takes about 20 microseconds per step. It pays off after a
few hundred runs of trivial functions, so only plans that run often are compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from headwater.execution.failure import PROGRAM_FILE, add_node_note
from headwater.execution.interpreter import RunFunction
from headwater.planning.plan import Plan


def compile_plan(plan: Plan) -> RunFunction:
    """Return a function that runs the plan."""
    program = _program(plan)

    def run(values: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return program(*[values[name] for name in plan.provided])
        except Exception as error:
            _note_failed_step(error, plan, program)
            raise

    return run


def _program(plan: Plan) -> Callable[..., dict[str, Any]]:
    filled = {*plan.provided.values(), *(step.result for step in plan.steps)}
    namespace: dict[str, Any] = {f"v{slot}": content for slot, content in enumerate(plan.template) if slot not in filled}
    lines = [f"def program({', '.join(f'v{slot}' for slot in plan.provided.values())}):"]
    for step in plan.steps:
        namespace[f"f{step.result}"] = step.call
        arguments = ", ".join(f"v{slot}" for slot in step.arguments)
        cleared = "".join(f"v{slot} = " for slot in step.last_read)
        lines.append(f" v{step.result} = f{step.result}({arguments})" + (f"; {cleared}None" if cleared else ""))
    lines.append(f" return {{{', '.join(f'{name!r}: v{slot}' for name, slot in plan.outputs.items())}}}")
    exec(compile("\n".join(lines), PROGRAM_FILE, "exec"), namespace)  # noqa: S102 - the text holds slot numbers only
    program: Callable[..., dict[str, Any]] = namespace["program"]
    return program


def _note_failed_step(error: BaseException, plan: Plan, program: Callable[..., Any]) -> None:
    """Add a note that names the failed step. Line 1 of the program is its `def`, so line 2 is the first step."""
    traceback = error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code is program.__code__:
            step = plan.steps[traceback.tb_lineno - 2]
            known = {**frame.f_globals, **frame.f_locals}
            add_node_note(error, step.node, [known[f"v{slot}"] for slot in step.arguments])
            return
        traceback = traceback.tb_next
