"""Steps of a plan as Python expressions."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, assert_never

from headwater.errors import NotWritable
from headwater.graph.node import Constant, Dependency
from headwater.graph.operation import (
    REQUIRED,
    Append,
    Await,
    Combine,
    Expand,
    Fill,
    FunctionCall,
    Gate,
    Gather,
    Load,
    Map,
    Pass,
    Pick,
    Save,
    TakeData,
    Validate,
)
from headwater.introspection.callables import bare_signature
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, identifier, in_one_line, text_code, unique_name
from headwater.literals.literals import Literals, unwritable
from headwater.planning.program_functions import ProgramFunctions, called_function
from headwater.planning.program_helpers import DATA, FIELD, WITH_FIELDS, ProgramHelper, frame_helper, loader_helper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from headwater.graph.operation import Operation, Shape
    from headwater.planning.plan import Plan, Step


class _SlotArgument(NamedTuple):
    """An argument that is the content of a slot."""

    parameter: str
    slot: int
    default: Any = REQUIRED
    """The default in the slot. `REQUIRED` if the slot contains no default."""
    is_constant: bool = False


class _LoopVariable(NamedTuple):
    """An argument that is an element of a list."""

    name: str


_Argument = _SlotArgument | _LoopVariable | BracketGroup
"""An argument of a call: the content of a slot, an element of a list in a slot, or a collection of several slots' contents."""


class Expressions:
    """Writes steps as expressions. Collects the imports, functions and helpers that the expressions need.

    Args:
        plan: the plan.
        functions: the functions that the plan calls.
        omit_checks: True to write checked values without their checks.
    """

    def __init__(self, plan: Plan, functions: ProgramFunctions, *, omit_checks: bool) -> None:
        self.literals = Literals()
        self.helpers: set[ProgramHelper] = set()
        self.variables: Mapping[int, str] = {}
        """The names of the variables, keyed by slot."""
        self.used_names: AbstractSet[str] = frozenset()
        """The names that loop variables must not shadow."""
        self._plan = plan
        self._functions = functions
        self._omit_checks = omit_checks
        self._loaded_data = _loads_read_for_data(plan)
        """The slots of loaders that return only data in the program, because nothing reads their metadata."""

    def expression(self, step: Step) -> Piece:
        """Return the expression for the value of a step.

        Raises:
            NotWritable: computing the value needs Headwater, or a value cannot be written as code.
        """
        try:
            return self._operation(step.node.explicit_operation, self._arguments(step), step.result)
        except NotWritable as error:
            if error.node is not None:
                raise
            message = f"`{step.node.name}` ({step.node.location}) cannot be written as Python: {error.message}."
            raise NotWritable(message, [step.node.location], step.node.name) from None

    def literal(self, value: Any, name: str) -> Piece:
        """Return a value as code.

        Raises:
            NotWritable: no code recreates the value.
        """
        try:
            return self.literals.piece(value)
        except NotWritable as error:
            raise NotWritable(unwritable(name, error).message.rstrip(".")) from None

    def _arguments(self, step: Step) -> list[_Argument]:
        pairs = zip(step.node.arguments, step.arguments, strict=True)
        return [self._argument(argument, slot) for argument, slot in pairs]

    def _argument(self, argument: Dependency | Constant, slot: int) -> _SlotArgument:
        if isinstance(argument, Constant):
            return _SlotArgument(argument.parameter, slot, is_constant=True)
        takes_default = slot not in self.variables
        return _SlotArgument(argument.parameter, slot, argument.default if takes_default else REQUIRED)

    def _piece(self, argument: _Argument) -> Piece:
        if isinstance(argument, BracketGroup):
            return argument
        if isinstance(argument, _LoopVariable):
            return argument.name
        if argument.slot in self.variables:
            return self.variables[argument.slot]
        return self.literal(self._plan.template[argument.slot], argument.parameter)

    def _operation(self, operation: Operation, arguments: Sequence[_Argument], result: int) -> Piece:  # noqa: C901, PLR0912 - one case for each operation
        match operation:
            case FunctionCall():
                return self._call(operation, arguments)
            case Expand(inner):
                return f"[*{in_one_line(self._operation(inner, arguments, result))}]"
            case Map():
                return self._loop(operation, operation.depths, arguments, self.used_names, result)
            case Gather(inner, shapes):
                return self._operation(inner, self._gathered(shapes, arguments), result)
            case Fill():
                return self._filled(operation, arguments, result)
            case Pick():
                return self._part(operation, self._piece(arguments[0]))
            case Append(columns, library):
                added = zip(columns, map(self._piece, arguments[1:]), strict=True)
                return self._frame_helper(library, "with_columns", self._piece(arguments[0]), _dictionary(added))
            case TakeData():
                loaded = self._piece(arguments[0])
                return loaded if _slot(arguments[0]) in self._loaded_data else self._helper(DATA, loaded)
            case Pass():
                return self._piece(arguments[0])
            case Gate(checks=checks):
                if self._omit_checks:
                    return self._piece(arguments[0])
                raise NotWritable(
                    f"the check `{checks[0].name}` cannot run without Headwater. "
                    "Pass `omit_checks=True` to leave out all checks"
                )
            case Validate():
                raise NotWritable("a check needs Headwater to run. Do not request its result")
            case Await():
                raise NotWritable("it is `async def`, and the program does not await coroutines")
            case Load(adapter, parameters):
                helper = loader_helper(adapter)
                if helper is None or result not in self._loaded_data:
                    raise NotWritable(_LOADING)
                return self._helper(
                    helper, *map(LabeledPiece, (f"{name}=" for name in parameters), map(self._piece, arguments))
                )
            case Save():
                raise NotWritable(_SAVING)
            case Combine(builder):
                raise NotWritable(f"combining values with `{type(builder).__name__}` needs Headwater")
            case _:
                assert_never(operation)

    # --- calls ----------------------------------------------------------------------------------------------------

    def _call(self, operation: FunctionCall, arguments: Sequence[_Argument]) -> Piece:
        """Write a call. Constants, and arguments after an omitted default, are passed by keyword if the function allows it."""
        called = called_function(operation.function)
        by_position = len(arguments) - len(operation.keywords)
        parameters = _parameters(operation.function)
        items = [self.literal(value, "a bound argument") for value in called.arguments]
        use_keywords = False
        for argument, keyword in zip(arguments[:by_position], _keywords(parameters, by_position), strict=True):
            if keyword is not None and _is_default(argument, parameters[keyword]):
                use_keywords = True
                continue
            use_keywords = use_keywords or (keyword is not None and _is_constant(argument))
            piece = self._piece(argument)
            items.append(piece if keyword is None or not use_keywords else LabeledPiece(f"{keyword}=", piece))
        for argument, keyword in zip(arguments[by_position:], operation.keywords, strict=True):
            if keyword not in parameters or not _is_default(argument, parameters[keyword]):
                items.append(LabeledPiece(f"{keyword}=", self._piece(argument)))
        bound = (item for item in called.keywords if item[0] not in operation.keywords)
        items += [LabeledPiece(f"{keyword}=", self.literal(value, keyword)) for keyword, value in bound]
        return BracketGroup(f"{self._functions.reference(called.function)}(", tuple(items), ")")

    def _loop(
        self, operation: Map, depths: Sequence[int], arguments: Sequence[_Argument], used_names: AbstractSet[str], result: int
    ) -> Piece:
        """Write nested list comprehensions: one for each nesting level."""
        if not any(depths):
            return self._operation(operation.inner, arguments, result)
        inner, loop_names, lists = list(arguments), list[str](), list[str]()
        for position, depth in enumerate(depths):
            if depth:
                name = f"each_{identifier(operation.parameters[position])}{'_list' * (depth - 1)}"
                loop_names.append(unique_name(name, {*used_names, *loop_names}))
                lists.append(in_one_line(self._piece(arguments[position])))
                inner[position] = _LoopVariable(loop_names[-1])
        outer = lists[0]
        if len(lists) > 1:
            outer = f"{self._functions.reference(zip)}({', '.join(lists)}, strict=True)"
        inner_depths = [max(depth - 1, 0) for depth in depths]
        value = self._loop(operation, inner_depths, inner, {*used_names, *loop_names}, result)
        return f"[{in_one_line(value)} for {', '.join(loop_names)} in {outer}]"

    def _gathered(self, shapes: Sequence[Shape], arguments: Sequence[_Argument]) -> list[_Argument]:
        gathered: list[_Argument] = []
        remaining = iter(arguments)
        for size, names, is_list in shapes:
            part = [next(remaining) for _ in range(size)]
            if names is not None:
                gathered.append(_dictionary(zip(names, map(self._piece, part), strict=True)))
            elif is_list:
                gathered.append(BracketGroup("[", tuple(map(self._piece, part)), "]"))
            else:
                gathered.append(part[0])
        return gathered

    # --- parts of values ------------------------------------------------------------------------------------------

    def _filled(self, operation: Fill, arguments: Sequence[_Argument], result: int) -> Piece:
        value = self._operation(operation.inner, arguments, result)
        names = BracketGroup("[", tuple(map(text_code, operation.names)), "]")
        fill = self.literal(operation.value, "fill_with")
        if operation.part == "field":
            return self._helper(WITH_FIELDS, value, names, fill)
        return self._frame_helper(operation.library, "with_missing_columns", value, names, fill)

    def _part(self, operation: Pick, container: Piece) -> Piece:
        name, position = text_code(operation.name), operation.position
        fill = () if operation.fill is REQUIRED else (self.literal(operation.fill, "fill_with"),)
        match operation.part:
            case "field":
                return self._helper(FIELD, container, name, *fill)
            case "item":
                return f"{in_one_line(container)}[{position}]"
            case "column" if position is not None:
                return self._frame_helper(operation.library, "column_at", container, str(position), name)
            case "column":
                return self._frame_helper(operation.library, "column", container, name, *fill)
            case "expression":
                return self._frame_helper(operation.library, "expression", container, name)

    def _frame_helper(self, library: str | None, name: str, *arguments: Piece) -> Piece:
        helper = frame_helper(library, name)
        if helper is None:
            raise NotWritable(f"programs support data frames from pandas and polars, not from `{library}`")
        return self._helper(helper, *arguments)

    def _helper(self, helper: ProgramHelper, *arguments: Piece) -> Piece:
        self.helpers.add(helper)
        return BracketGroup(f"{helper.name}(", arguments, ")")


_LOADING: Final = (
    "loading this format or its metadata needs Headwater. "
    "Override the loaded data, so that it becomes an argument of the program"
)
_SAVING: Final = "its saver needs Headwater. Instead, request the node that it saves, and save the value yourself"


def _loads_read_for_data(plan: Plan) -> set[int]:
    """Return the slots of loaders whose data is read but whose metadata is not."""
    slots = {step.result for step in plan.steps if isinstance(step.node.operation, Load)} - set(plan.outputs.values())
    for step in plan.steps:
        if not isinstance(step.node.operation, TakeData):
            slots.difference_update(step.arguments)
    return slots


def _slot(argument: _Argument) -> int | None:
    return argument.slot if isinstance(argument, _SlotArgument) else None


def _dictionary(items: Any) -> BracketGroup:
    return BracketGroup("{", tuple(LabeledPiece(f"{text_code(key)}: ", piece) for key, piece in items), "}")


def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """Return the parameters of a plain function. Empty for other callables, whose defaults and keywords are uncertain."""
    if type(function) is not FunctionType or hasattr(function, "__wrapped__") or hasattr(function, "__signature__"):
        return {}
    return bare_signature(function).parameters


def _keywords(parameters: Mapping[str, inspect.Parameter], by_position: int) -> list[str | None]:
    """Return a keyword for each argument. The keyword is None if the argument or a later one must be passed by position."""
    passed = list(parameters.values())[:by_position]
    keywords: list[str | None] = [None] * by_position
    if len(passed) < by_position:
        return keywords
    for index in reversed(range(by_position)):
        if passed[index].kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            break
        keywords[index] = passed[index].name
    return keywords


def _is_default(argument: _Argument, parameter: inspect.Parameter) -> bool:
    """Return True if an argument holds the function's own default."""
    if not isinstance(argument, _SlotArgument) or argument.default is REQUIRED:
        return False
    return parameter.default is argument.default


def _is_constant(argument: _Argument) -> bool:
    return isinstance(argument, _SlotArgument) and argument.is_constant
