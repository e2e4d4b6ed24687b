"""Every error that Headwater raises: what is wrong, where, and what to do.

    HeadwaterError
    ├── DefinitionError            a function that cannot become a node
    │   ├── MissingAnnotation
    │   ├── UnresolvedAnnotation
    │   ├── UnsupportedParameter
    │   ├── UnwrappedFunction      a decorator's wrapper that hides the function behind it
    │   ├── AsyncFunction
    │   ├── NotAFunction
    │   ├── AdapterError           a class that cannot load or save anything
    │   ├── DecoratorError         a decorator used in a way that cannot work
    │   └── CheckRuleError         checks for many nodes that cannot be made
    ├── GraphError                 nodes that do not make a dataflow
    │   ├── LongName
    │   ├── DuplicateNode
    │   ├── IncompatibleTypes
    │   ├── IncompatibleInput
    │   └── CycleError
    ├── RequestError               something asked of a driver that it cannot do
    │   ├── UnknownNode
    │   ├── MissingInput
    │   ├── MisplacedInput
    │   ├── WrongInputType
    │   ├── WrongOverrideType
    │   ├── WrongConfigType
    │   ├── MaterializerError      `to` or `from_` used in a way that cannot work
    │   └── ConflictingNames
    ├── RunError                   a value that turned out wrong while running
    │   ├── MissingPart
    │   ├── DuplicateColumn
    │   ├── MissingVariable
    │   ├── WrongAdapterResult
    │   └── ChecksFailed
    ├── DrawingError               a picture that cannot be made
    ├── NotWritable                a value or a dataflow that cannot be written as code
    └── SeveralErrors              two or more of the above, found together

    HeadwaterWarning
    ├── UnusedNameWarning          a name was given that nothing reads
    ├── UnwrappedFunctionWarning   a function is no node, because its decorator hides it
    ├── DecoratorWarning           a decorator says what the function contradicts, or what has no effect
    ├── ChangedArgumentWarning     a function of a live session changes a value that other nodes may read
    ├── WrongValueWarning          a value was given that does not fit, for a node that was not requested
    └── CheckWarning               a check with importance "warn" did not pass

An exception that a user's function raises is none of these: it reaches the caller as itself, with a note.
Errors are data (`places`, `node`, and what each class adds) as well as text, so that a page can put them where they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from headwater.place import Place
from headwater.suggestions import did_you_mean

if TYPE_CHECKING:
    from headwater.left_out import LeftOut


class HeadwaterError(Exception):
    """The root of all errors that Headwater raises."""

    remedy: str = ""
    """The part of the message that says how to change a call of the driver or the builder. A page replaces it: its visitors
    cannot change such a call."""
    config_key: str | None = None
    """The config key that has no value, if that is what is wrong."""

    def __init__(self, message: str, places: Iterable[Place] = (), node: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.places = tuple(places)
        self.node = node

    def __reduce__(self) -> tuple[object, ...]:
        # Subclasses build their message from other arguments than the message: copy the finished error instead.
        return _restored, (type(self), self.__dict__)

    def __str__(self) -> str:
        return self.message


def _restored(kind: type[HeadwaterError], state: Mapping[str, object]) -> HeadwaterError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class SeveralErrors(HeadwaterError):
    """Two or more errors that were found together; `errors` holds them."""

    def __init__(self, errors: Sequence[HeadwaterError]) -> None:
        self.errors = tuple(errors)
        listed = "\n\n".join(f"{number}. {type(error).__name__}: {error}" for number, error in enumerate(errors, start=1))
        super().__init__(f"{len(errors)} errors:\n\n{listed}", places=[place for error in errors for place in error.places])


def raise_all(errors: Sequence[HeadwaterError]) -> None:
    """Raises nothing, the one error, or all of them as one `SeveralErrors`."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)


# --- a function that cannot become a node -----------------------------------------------------------------------------


class DefinitionError(HeadwaterError):
    """A function cannot become a node."""


class MissingAnnotation(DefinitionError):
    """A parameter or the return value has no type annotation; `parameter` is None for the return value."""

    def __init__(self, function: str, parameter: str | None, place: Place) -> None:
        self.parameter = parameter
        what, remedy = (
            ("does not say what type it returns", f"def {function}(...) -> int")
            if parameter is None
            else (f"does not say what type its parameter `{parameter}` has", f"def {function}({parameter}: int, ...)")
        )
        super().__init__(
            f"`{function}` ({place}) {what}. Annotate it, for example `{remedy}`; `typing.Any` is allowed.",
            [place],
            function,
        )


class UnresolvedAnnotation(DefinitionError):
    """An annotation cannot be evaluated: it names something that does not exist when the function is read, or is not a type."""

    def __init__(self, function: str, reason: str, place: Place, *, is_name: bool = True) -> None:
        """`is_name` is True if a name is missing."""
        remedy = (
            "Import the name at the top of the module, outside of `if TYPE_CHECKING:`."
            if is_name
            else "Write a type that Python can evaluate."
        )
        super().__init__(
            f"`{function}` ({place}) has an annotation that cannot be resolved: {reason}. {remedy}",
            [place],
            function,
        )


class UnsupportedParameter(DefinitionError):
    """`*args`, `**kwargs` or a positional-only parameter."""

    REASONS: ClassVar[Mapping[str, str]] = {
        "*": "a dataflow needs every dependency by its own name, and `*{0}` has none. Write one parameter for each value",
        "**": "a dataflow needs every dependency by its own name, and `**{0}` hides them. Write one parameter for each value",
        "/": "`{0}` is positional-only (before `/`), so that its name is not part of the interface, and names are how "
        "values find their way. Remove the `/`",
    }

    def __init__(self, function: str, parameter: str, kind: str, place: Place) -> None:
        """`kind` is `*`, `**` or `/`."""
        self.parameter = parameter
        super().__init__(f"`{function}` ({place}) cannot be a node: {self.REASONS[kind].format(parameter)}.", [place], function)


class UnwrappedFunction(DefinitionError):
    """A decorator put a wrapper in the place of a function, without `functools.wraps`."""

    def __init__(self, wrapper: str, place: Place, function: str, function_place: Place) -> None:
        """`wrapper`, at `place`, calls `function`."""
        super().__init__(
            f"`{wrapper}` ({place}) cannot be a node: it takes `*args` and `**kwargs` and passes them on to `{function}` "
            f"({function_place}). Put `@functools.wraps(...)` above `def {wrapper}`, so that it takes the parameters of "
            f"`{function}`.",
            [place, function_place],
            wrapper,
        )


class AsyncFunction(DefinitionError):
    """A function is written with `async def`."""

    def __init__(self, function: str, place: Place) -> None:
        super().__init__(
            f"`{function}` ({place}) is `async def`, and the driver does not wait for coroutines. Write it with `def`, and "
            "run what it awaits with `asyncio.run(...)`.",
            [place],
            function,
        )


class NotAFunction(DefinitionError):
    """Something else than a function or a module was handed to the builder."""


class AdapterError(DefinitionError):
    """A class that is to load or save data cannot do so."""

    def __init__(self, adapter: str, reason: str, place: Place | None = None) -> None:
        self.adapter = adapter
        where = f" ({place})" if place else ""
        super().__init__(f"The adapter `{adapter}`{where}: {reason}", [place] if place else [])


class DecoratorError(DefinitionError):
    """A decorator is used in a way that cannot work."""

    def __init__(self, decorator: str, function: str, reason: str, place: Place) -> None:
        self.decorator = decorator
        super().__init__(f"@{decorator} on `{function}` ({place}): {reason}", [place], function)


def missing_config_value(
    error: Callable[[str], HeadwaterError], verb: str, key: str, config: Iterable[object]
) -> HeadwaterError:
    """The error for a decorator that "takes" or "needs" a config value that is not there; `error` makes it of a reason."""
    remedy = "give it with `with_config`"
    found = error(f"it {verb} the config's `{key}`, and the config has none: {remedy}.{did_you_mean(key, config)}")
    found.remedy, found.config_key = remedy, key
    return found


class CheckRuleError(DefinitionError):
    """Checks for many nodes (`headwater.quality.checks`) that cannot be made, or not for a node that they are for."""


# --- nodes that do not make a dataflow --------------------------------------------------------------------------------


class GraphError(HeadwaterError):
    """The nodes do not make a dataflow."""


class LongName(GraphError):
    """A node has, or reads, a name that is too long to be read, drawn or looked up."""

    LONGEST: ClassVar[int] = 1_000

    def __init__(self, name: str, place: Place) -> None:
        super().__init__(
            f"`{name[:40]}…` ({place}) is a name of {len(name):,} characters; a name has at most {self.LONGEST:,}. Shorten it.",
            [place],
        )


class DuplicateNode(GraphError):
    """Two functions make a node of the same name, or one function makes two."""

    def __init__(self, name: str, first: Place, second: Place, *, replaceable: bool) -> None:
        """`replaceable`: True if `allow_module_overrides()` lets the second replace the first."""
        if first == second:
            text = f"`{name}` is defined twice at {first}. Give one of the two another name, or remove what is there twice."
        else:
            text = f"`{name}` is defined twice: at {first} and at {second}. Rename or remove one of them"
            if replaceable:
                self.remedy = (
                    "; if the later module is meant to replace the earlier, call `allow_module_overrides()` on the Builder"
                )
                text += self.remedy
            text += "."
        super().__init__(text, [second, first], name)


class IncompatibleTypes(GraphError):
    """A node makes a value of a type that a parameter reading it does not take."""

    def __init__(
        self, *, producer: str, made: str, producer_place: Place, consumer: str, parameter: str, wanted: str,
        consumer_place: Place, hint: str = "",
    ) -> None:  # fmt: skip
        self.producer = producer
        reads = f"`{parameter}: {wanted}`" + (f" (bound to `{producer}`)" if parameter != producer else "")
        super().__init__(
            f"`{consumer}` ({consumer_place}) takes {reads}, but `{producer}` ({producer_place}) returns {made}. "
            f"{hint or 'Change one of the two annotations so that they agree.'}",
            [consumer_place, producer_place],
            consumer,
        )


class IncompatibleInput(GraphError):
    """Two or more functions read the same input with types that no one value can have."""

    def __init__(self, name: str, *reads: tuple[str, str, Place]) -> None:
        """`reads` are two or more of: the reading function, the type it wants, its place."""
        *others, last = [f"`{reader}` ({place}) takes it as {wanted}" for reader, wanted, place in reads]
        number = "two types" if len(reads) == 2 else f"{len(reads)} types"
        super().__init__(
            f"The input `{name}` is wanted with {number} that exclude each other: {', '.join(others)} and {last}. "
            "Make the annotations agree, or rename one of the parameters.",
            [place for _, _, place in reversed(reads)],
            reads[-1][0],
        )


class Step(NamedTuple):
    """One node on a path, and where it was written."""

    name: str
    place: Place


class CycleError(GraphError):
    """Nodes that need one another; `path` begins anywhere on the cycle and does not repeat its first step."""

    def __init__(self, path: Sequence[Step]) -> None:
        self.path = tuple(path)
        names = " -> ".join(f"`{step.name}`" for step in (*path, path[0]))
        width = max(len(step.name) for step in path)
        listed = "\n".join(f"  {step.name:<{width}}  {step.place}" for step in path)
        what = f"`{path[0].name}` needs itself" if len(path) == 1 else f"a cycle: {names}"
        super().__init__(
            f"The dataflow has {what}.\n{listed}\n"
            "  A value cannot be needed for its own making: rename a parameter, or split a function, so that the circle opens."
            if len(path) > 1
            else f"{what}, so it can never be computed.\n{listed}\n"
            "  If the parameter is meant to be an input, give it another name than the function's.",
            [step.place for step in path],
            path[0].name,
        )


# --- something asked of a driver that it cannot do --------------------------------------------------------------------


class RequestError(HeadwaterError):
    """A driver was asked for something that it cannot do."""


class UnknownNode(RequestError):
    """A name was asked for that is neither a node nor an input of the dataflow."""

    def __init__(self, name: str, known: Iterable[str], left_out: Sequence[LeftOut] = ()) -> None:
        """`left_out`: the functions that would make the node under another config."""
        self.left_out = tuple(left_out)
        if left_out:
            from headwater.left_out import WITH_CONFIG, advice, listing  # only who leaves something out waits for it

            self.remedy = WITH_CONFIG
            width = max(len(variant.function) for variant in left_out[:4])
            lines = [f"There is no node `{name}`: the config leaves out every function that computes it."]
            message = "\n".join([*lines, *listing(left_out, width), f"  {advice(left_out, WITH_CONFIG)}"])
            super().__init__(message, [variant.place for variant in left_out], name)
            return
        names = list(known)
        suggestion = did_you_mean(name, names)
        if not suggestion and names:
            shown = ", ".join(f"`{other}`" for other in names[:8])
            suggestion = f" The dataflow has {shown}" + (f" and {len(names) - 8} more." if len(names) > 8 else ".")
        super().__init__(f"There is no node `{name}`.{suggestion}", node=name)


class Want(NamedTuple):
    """Who wants a missing input, and the way from a wanted output to it."""

    reader: str
    place: Place
    signature: str
    path: tuple[str, ...]


class MissingInput(RequestError):
    """A wanted output needs a value that no function makes and no input gives."""

    def __init__(
        self, name: str, wants: Sequence[Want], *, unread: Sequence[str] = (), known: Iterable[str] = (),
        left_out: Sequence[LeftOut] = (),
    ) -> None:  # fmt: skip
        """`unread`: given names that nothing reads. `known`: the names of nodes and inputs.

        `left_out`: the functions that would compute it under another config.
        """
        self.name = name
        self.left_out = tuple(left_out)
        first = wants[0]
        named = (*(want.reader for want in wants[:4]), *(variant.function for variant in left_out[:4]))
        width = max(len("wanted for"), *map(len, named))
        why = "which no function makes and no input gives" if not left_out else "and the config leaves out what computes it"
        lines = [f"`{first.reader}` needs `{name}`, {why}."]
        lines.append(f"  {'wanted for':<{width}}  {' -> '.join(first.path)}")
        lines += [f"  {want.reader:<{width}}  {want.place}   {want.signature}" for want in wants[:4]]
        if len(wants) > 4:
            lines.append(f"  ... and {len(wants) - 4} more nodes read it")
        if left_out:
            from headwater.left_out import listing

            lines += listing(left_out, width)
        lines.append(f"  {self._advice(name, unread, known)}")
        super().__init__("\n".join(lines), [want.place for want in wants], first.reader)

    def _advice(self, name: str, unread: Sequence[str], known: Iterable[str]) -> str:
        if self.left_out:
            from headwater.left_out import WITH_CONFIG, advice

            self.remedy = WITH_CONFIG
            return advice(self.left_out, WITH_CONFIG)
        for given in unread:
            if did_you_mean(given, [name]):
                return f"You gave `{given}`, which nothing reads. Did you mean `{name}`?"
        nearest = did_you_mean(name, (other for other in known if other != name))
        self.remedy = f"Give it with `inputs={{{name!r}: ...}}`"
        return f"{self.remedy}, or write a function of that name.{nearest}"


class MisplacedInput(RequestError):
    """An input was given for a name that a function makes."""

    def __init__(self, name: str, place: Place) -> None:
        self.name = name
        self.remedy = f"give it with `overrides={{{name!r}: ...}}`"
        super().__init__(
            f"`{name}` was given as an input, but the function at {place} makes it. "
            f"To use your value instead of the function's, {self.remedy}.",
            [place],
            name,
        )


class WrongInputType(RequestError):
    """An input's value is not of the type that its readers take."""

    def __init__(self, name: str, wanted: str, value: object, readers: Sequence[Step]) -> None:
        self.name = name
        listed = ", ".join(f"`{reader.name}` ({reader.place})" for reader in readers[:3])
        super().__init__(
            f"The input `{name}` has to be {wanted} for {listed}, but a value of type {_class_name(value, wanted)} was "
            f"given: {shortened(value)}.",
            [reader.place for reader in readers],
            readers[0].name if readers else None,
        )


class WrongOverrideType(RequestError):
    """A value that should replace a node does not fit the node's type; for an input or a config value, a parameter's type."""

    def __init__(self, name: str, wanted: str, value: object, place: Place, *, reader: str | None = None) -> None:
        """`reader` is the node whose parameter takes the value; None if a function returns what is replaced."""
        self.name = name
        other = f"its function ({place}) returns" if reader is None else f"`{reader}` ({place}) takes"
        super().__init__(
            f"`{name}` is overridden with a value of type {_class_name(value, wanted)}, and {other} "
            f"{wanted}: {shortened(value)}. Give a value of that type, or take the override back.",
            [place],
            name,
        )


class WrongConfigType(RequestError):
    """A config value does not fit the type of a parameter that reads it, or that a decorator binds to it."""

    def __init__(self, key: str, wanted: str, value: object, reader: Step, *, is_bound: bool = False) -> None:
        """`is_bound` is True if a decorator binds the parameter: an override of the config value does not change it."""
        self.key = key
        self.is_bound = is_bound
        self.reader = reader.name
        super().__init__(
            f"The config's `{key}` has to be {wanted} for `{reader.name}` ({reader.place}), but a value of type "
            f"{_class_name(value, wanted)} was given: {shortened(value)}.",
            [reader.place],
            reader.name,
        )


class MaterializerError(RequestError):
    """`to.<format>(...)` or `from_.<format>(...)` is used in a way that cannot work."""

    def __init__(self, materializer: str, about: str, reason: str, place: Place | None) -> None:
        """`about` is the node that it saves to or loads; `place` is where it was written."""
        where = f" ({place})" if place else ""
        super().__init__(f"{materializer} for `{about}`{where}: {reason}", [place] if place else [], about)


class ConflictingNames(RequestError):
    """One name was given a value in two ways."""

    def __init__(self, names: Iterable[str], first: str, second: str) -> None:
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        super().__init__(
            f"{listed} given both in {first} and in {second}. Give each name one value: remove it from one of the two."
        )


# --- a value that turned out wrong while running ----------------------------------------------------------------------


class RunError(HeadwaterError):
    """A value turned out wrong while the dataflow ran."""


class MissingPart(RunError, KeyError):
    """A column or field that a decorator promises is not in the value."""

    def __init__(self, part: str, name: str, function: str, present: Iterable[object], place: Place) -> None:
        """`part` is "column" or "field"."""
        names = [str(other) for other in present]
        suggestion = did_you_mean(name, names)
        shown = ", ".join(f"`{other}`" for other in names[:12]) + (" ..." if len(names) > 12 else "")
        super().__init__(
            f"`{function}` ({place}) returned no {part} `{name}`.{suggestion} It has: {shown or 'none'}.", [place], function
        )

    __str__ = HeadwaterError.__str__  # KeyError would print the repr


class DuplicateColumn(RunError, ValueError):
    """A frame has several columns of the name that a decorator takes one of."""

    def __init__(self, name: str, number: int, function: str, place: Place) -> None:
        message = f"`{function}` ({place}) returned {number} columns named `{name}`. Rename all but one of them."
        super().__init__(message, [place], function)


class MissingVariable(RunError, KeyError):
    """Environment variables that a loader reads are not set."""

    def __init__(self, missing: Sequence[str], known: Iterable[str]) -> None:
        self.missing = tuple(missing)
        listed = ", ".join(f"`{name}`" for name in missing)
        suggestion = did_you_mean(missing[0], known)
        super().__init__(f"The environment has no {listed}.{suggestion} Set it before the program starts.")

    __str__ = HeadwaterError.__str__  # KeyError would print the repr


class WrongAdapterResult(RunError, TypeError):
    """A loader or saver returned something else than it should."""

    def __init__(self, who: str, wanted: str, value: object) -> None:
        """`who` returned the value in the place of what was `wanted`."""
        super().__init__(f"{who} has to return {wanted}, and returned {type(value).__qualname__}: {shortened(value)}.")


class ChecksFailed(RunError):
    """Checks with importance "fail" did not pass; `failures` holds what each said."""

    def __init__(self, node: str, failures: Sequence[str], place: Place) -> None:
        self.failures = tuple(failures)
        listed = "\n".join(f"  - {failure}" for failure in failures)
        super().__init__(f"The value of `{node}` ({place}) does not pass its checks:\n{listed}", [place], node)


class DrawingError(HeadwaterError):
    """A picture of a dataflow cannot be made."""


class NotWritable(HeadwaterError):
    """A value, or the way to it, cannot be written as code; the message says which and why."""


class HeadwaterWarning(UserWarning):
    """The root of all warnings. To make them errors: `warnings.simplefilter("error", HeadwaterWarning)`."""


class UnusedNameWarning(HeadwaterWarning):
    """A name was given (as input, override or config) that nothing reads."""


class UnwrappedFunctionWarning(HeadwaterWarning):
    """A function of a module is not a node, because a decorator without `functools.wraps` hides it."""

    def __init__(self, function: str, place: Place, wrapper: str, wrapper_place: Place) -> None:
        """`function` was defined at `place`, and now its name stands for `wrapper`."""
        self.place = place
        super().__init__(
            f"`{function}` ({place}) is not a node: a decorator replaced it by `{wrapper}` ({wrapper_place}), which does not "
            f"have its name and parameters. Use `functools.wraps` in the decorator. If it is not meant to be a node, begin "
            "its name with `_`."
        )


class DecoratorWarning(HeadwaterWarning):
    """A decorator says something that the function contradicts, or that has no effect."""

    def __init__(self, decorator: str, function: str, reason: str, place: Place) -> None:
        super().__init__(f"@{decorator} on `{function}` ({place}): {reason}")
        self.decorator = decorator
        self.node = function
        self.place = place


class ChangedArgumentWarning(HeadwaterWarning):
    """A function changes a value in place that other nodes may read."""

    def __init__(self, node: str, place: Place, argument: str) -> None:
        self.node = node
        self.place = place
        super().__init__(
            f"`{node}` ({place}) changes its argument `{argument}`, which other nodes may read too. "
            f"Copy it first: `copy.deepcopy({argument})`."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _restored_changed_argument, (type(self), self.args, self.node, self.place)


def _restored_changed_argument(
    kind: type[ChangedArgumentWarning], arguments: tuple[object, ...], node: str, place: Place
) -> HeadwaterWarning:
    warning = kind.__new__(kind, *arguments)
    warning.args = arguments
    warning.node, warning.place = node, place
    return warning


class WrongValueWarning(HeadwaterWarning):
    """A value was given that is refused once an output needs it; `error` is what is raised then."""

    def __init__(self, error: HeadwaterError, remark: str = "The requested outputs do not need it.") -> None:
        self.error = error
        super().__init__(f"{error} {remark}")

    def __reduce__(self) -> tuple[object, ...]:
        return _restored_warning, (type(self), self.args, self.error)


def _restored_warning(kind: type[WrongValueWarning], arguments: tuple[object, ...], error: HeadwaterError) -> HeadwaterWarning:
    warning = kind.__new__(kind, *arguments)
    warning.args = arguments
    warning.error = error
    return warning


class CheckWarning(HeadwaterWarning):
    """A check with importance "warn" did not pass."""


def shortened(value: object, limit: int = 80) -> str:
    """The repr of any value on one line of at most `limit` characters; frames and arrays by their type and shape."""
    kind = type(value).__name__
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"<{kind} {' x '.join(str(extent) for extent in shape)}>"
    try:
        text = " ".join(repr(value).split())
    except Exception as error:  # noqa: BLE001 - a repr may raise anything
        return f"<{kind}: its repr raised {type(error).__name__}>"
    return text if len(text) <= limit else f"{text[: limit - 4]} ..."


def _class_name(value: object, wanted: str) -> str:
    """The name of a value's class, with its module where a class of the same name is wanted."""
    class_ = type(value)
    name = class_.__qualname__
    same = name in wanted.replace("[", " ").replace("]", " ").replace(",", " ").split()
    return f"{class_.__module__}.{name}" if same and class_.__module__ != "builtins" else name
