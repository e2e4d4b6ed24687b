"""A plan as a Python program that runs without Headwater."""

from __future__ import annotations

import ast
import keyword
from functools import partial
from typing import TYPE_CHECKING, Final

from headwater.errors import NotWritable, raise_all
from headwater.errors.quantities import counted
from headwater.graph.node import Dependency
from headwater.graph.operation import Await, Expand, Fill, FunctionCall, Gate, Gather, Map, Validate
from headwater.literals.code import identifier, lines, text_code, unique_name
from headwater.literals.imports import import_lines
from headwater.planning.expressions import Expressions
from headwater.planning.module_texts import imports_at_run_time, is_engine
from headwater.planning.program_functions import ProgramFunctions, called_function
from headwater.planning.program_helpers import with_needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from headwater.errors import HeadwaterError
    from headwater.graph.operation import Operation
    from headwater.planning.plan import Plan, Step
    from headwater.planning.program_helpers import ProgramHelper
    from headwater.sources.slices import Slice

_INDENT: Final = "    "
_FUNCTION: Final = "compute"
_BUILTINS_IN_LITERALS: Final = frozenset({"complex", "float", "frozenset", "range", "set"})


def program_text(plan: Plan, *, omit_checks: bool = False) -> str:
    """Return the program. See `Plan.source`."""
    if plan.missing:
        listed = ", ".join(f"`{name}`" for name in plan.missing)
        raise NotWritable(f"The plan lacks inputs: {listed}. Pass their names to `plan`, so that they become parameters.")
    return _Program(plan, omit_checks=omit_checks).text()


class _Program:
    """A plan that is being written as a program."""

    def __init__(self, plan: Plan, *, omit_checks: bool) -> None:
        self._plan = plan
        self._steps = _without_checks_of_gates(plan)
        self._config = _config_slots(plan)
        self._name = _FUNCTION
        calls = (_function(step.node.explicit_operation) for step in self._steps)
        self._functions = ProgramFunctions(called_function(function).function for function in calls if function is not None)
        self._expressions = Expressions(plan, self._functions, omit_checks=omit_checks)

    def text(self) -> str:
        # The first pass finds the names of functions, helpers and imports, because variables must not shadow them.
        self._expressions.variables = {slot: f"v{slot}" for slot in self._named_slots()}
        errors: list[HeadwaterError] = []
        for write in self._writers():
            try:
                write()
            except NotWritable as error:
                errors.append(error)
        raise_all(errors)
        included = self._functions.slice(self._expressions.literals.imports)
        helpers = with_needed(self._expressions.helpers)
        added = [*self._expressions.literals.imports.values(), *self._functions.imports]
        added += [statement for helper in helpers for statement in helper.imports]
        _refuse_conflicts(included, added, helpers)
        _refuse_hidden_builtins(included, self._functions.builtins)
        imports = list(dict.fromkeys([*included.imports, *added]))
        used_names = {*included.names, *map(_bound_name, imports), *(helper.name for helper in helpers), *_BUILTINS_IN_LITERALS}
        used_names |= self._functions.builtins
        self._name = unique_name(_FUNCTION, used_names, suffix="_outputs")
        used_names.add(self._name)
        self._expressions.variables = self._variables(used_names)
        self._expressions.used_names = used_names
        compute = "\n".join([self._signature(), *(line for write in self._writers() for line in write()), self._result()])
        head = [_title(self._plan), *(["\n".join(import_lines(imports))] if imports else [])]
        head += [] if self._functions.file is None else [f"__file__ = {self._functions.file!r}"]
        definitions = [
            part for part in (included.body.strip("\n"), *(helper.text.rstrip() for helper in helpers), compute) if part
        ]
        text = "\n\n\n".join(["\n\n".join(head), *definitions]) + "\n"
        _refuse_engine(text)
        return text

    # --- variables ------------------------------------------------------------------------------------------------

    def _named_slots(self) -> dict[int, str]:
        """Return the names of provided values, config values and computed values, keyed by slot."""
        named = {slot: name for name, slot in self._plan.provided.items()}
        return {**named, **self._config, **{step.result: step.node.name for step in self._steps}}

    def _variables(self, used_names: set[str]) -> dict[int, str]:
        variables: dict[int, str] = {}
        for slot, name in self._named_slots().items():
            variables[slot] = unique_name(identifier(name), used_names, suffix="_value")
            used_names.add(variables[slot])
        return variables

    # --- lines ----------------------------------------------------------------------------------------------------

    def _signature(self) -> str:
        slots = self._plan.provided.values()
        if not slots:
            return f"def {self._name}():"
        parameters = ", ".join(self._expressions.variables[slot] for slot in slots)
        line = f"def {self._name}(*, {parameters}):"
        if len(line) <= 88:
            return line
        return "\n".join(
            [f"def {self._name}(", f"{_INDENT}*,", *(f"{_INDENT}{self._expressions.variables[slot]}," for slot in slots), "):"]
        )

    def _writers(self) -> Iterator[Callable[[], list[str]]]:
        """Yield functions that write the lines for config values and steps."""
        for slot, name in self._config.items():
            yield partial(self._config_lines, slot, name)
        for number, step in enumerate(self._steps, start=1):
            yield partial(self._step_lines, step, is_last=number == len(self._steps))

    def _config_lines(self, slot: int, name: str) -> list[str]:
        try:
            value = self._expressions.literal(self._plan.template[slot], name)
        except NotWritable as error:
            raise NotWritable(f"{error.message}.", node=name) from None
        return lines(value, before=f"{self._expressions.variables[slot]} = ", indent=_INDENT)

    def _step_lines(self, step: Step, *, is_last: bool) -> list[str]:
        variables = self._expressions.variables
        assignment = lines(self._expressions.expression(step), before=f"{variables[step.result]} = ", indent=_INDENT)
        if isinstance(step.node.operation, Gate):
            assignment[-1] += f"  # not checked: {', '.join(check.name for check in step.node.operation.checks)}"
        freed = [variables[slot] for slot in step.last_read if slot in variables]
        return assignment if is_last or not freed else [*assignment, f"{_INDENT}del {', '.join(freed)}"]

    def _result(self) -> str:
        outputs = self._plan.outputs.items()
        items = [f"{text_code(name)}: {self._expressions.variables[slot]}" for name, slot in outputs]
        line = f"{_INDENT}return {{{', '.join(items)}}}"
        if len(line) <= 88:
            return line
        return "\n".join([f"{_INDENT}return {{", *(f"{_INDENT * 2}{item}," for item in items), f"{_INDENT}}}"])


def _without_checks_of_gates(plan: Plan) -> list[Step]:
    """Return the steps, omitting checks whose results only gates read.

    The program does not need such checks: writing a gate either raises an error or omits its checks.
    """
    read = set(plan.outputs.values())
    for step in plan.steps:
        if not isinstance(step.node.operation, Gate):
            read.update(step.arguments)
    return [step for step in plan.steps if step.result in read or not isinstance(step.node.operation, Validate)]


def _config_slots(plan: Plan) -> dict[int, str]:
    """Return the names of the config values that are outputs or that steps read, keyed by slot."""
    known = {*plan.provided.values(), *(step.result for step in plan.steps)}
    found: dict[int, str] = {}
    for step in plan.steps:
        for argument, slot in zip(step.node.arguments, step.arguments, strict=True):
            if slot in known or not isinstance(argument, Dependency):
                continue
            if not argument.optional or plan.template[slot] is not argument.default:
                found[slot] = argument.source
    found |= {slot: name for name, slot in plan.outputs.items() if slot not in known}
    return dict(sorted(found.items()))


def _function(operation: Operation) -> Callable[..., Any] | None:
    """Return the function that an operation calls, if any."""
    match operation:
        case FunctionCall(function):
            return function
        case Gather(inner) | Fill(inner) | Await(inner) | Expand(inner) | Map(inner):
            return _function(inner)
        case _:
            return None


def _bound_name(statement: str) -> str:
    return statement.rsplit(maxsplit=1)[-1].partition(".")[0]


def _meaning(statement: str) -> str:
    """Return text that identifies the object that an import binds.

    `import shop.prices` and `import shop.taxes` bind the same package.
    """
    return _bound_name(statement) if statement.startswith("import ") and " as " not in statement else statement


def _refuse_conflicts(included: Slice, added: Iterable[str], helpers: Iterable[ProgramHelper]) -> None:
    """Raise `NotWritable` for a name with two meanings."""
    meanings = dict.fromkeys(included.names, "the code of the functions")
    meanings |= {_bound_name(statement): _meaning(statement) for statement in included.imports}
    names = [(_bound_name(statement), _meaning(statement)) for statement in added]
    for name, meaning in [*names, *((helper.name, helper.text) for helper in helpers)]:
        if meanings.setdefault(name, meaning) != meaning:
            raise _conflict(name)


def _refuse_hidden_builtins(included: Slice, builtins: Iterable[str]) -> None:
    """Raise `NotWritable` if included code shadows a built-in function that the program calls."""
    for name in sorted(included.defined.intersection(builtins)):
        raise _conflict(name)


def _conflict(name: str) -> NotWritable:
    return NotWritable(
        f"The program needs the name `{name}`, but your functions use it for something else. Rename it in your functions."
    )


def _title(plan: Plan) -> str:
    names = list(plan.outputs)
    if len(names) > 3 or not all(name.replace(".", "_").isidentifier() and not keyword.iskeyword(name) for name in names):
        return f'"""Compute {counted(len(names), "value")}."""'
    return f'"""Compute {", ".join(f"`{name}`" for name in names)}."""'


def _refuse_engine(text: str) -> None:
    """Raise `NotWritable`, with the import in its message, if the program imports Headwater."""
    for node in imports_at_run_time(ast.parse(text)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        for name in names:
            if is_engine(name):
                raise NotWritable(f"The program would import Headwater, because your functions use it: `{ast.unparse(node)}`.")
