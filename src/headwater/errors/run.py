"""Errors for values that are wrong at run time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headwater.errors.base import HeadwaterError, error_text, short_repr
from headwater.errors.quantities import counted
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import SourceLocation


class RunError(HeadwaterError):
    """A value is wrong at run time."""


class MissingPart(RunError, KeyError):
    """A value lacks a column or field that a decorator extracts."""

    def __init__(self, part: str, name: str, function: str, present: Iterable[object] | int, location: SourceLocation) -> None:
        """`part` is "column", "field" or "part". `present` lists the names of the parts, or is the number of unnamed parts."""
        names = [] if isinstance(present, int) else [str(other) for other in present]
        suggestion = did_you_mean(name, names)
        number = present if isinstance(present, int) else len(names)
        shown = ", ".join(f"`{other}`" for other in names[:12]) + (" ..." if len(names) > 12 else "")
        contents = f"Its {part}s are: {shown}." if names else f"It has {counted(number, part) if number else f'no {part}s'}."
        super().__init__(
            f"`{function}` ({location}) returned no {part} `{name}`.{suggestion} {contents}",
            [location],
            function,
        )

    __str__ = HeadwaterError.__str__  # `KeyError` would print the message's repr


class DuplicateColumn(RunError, ValueError):
    """A frame has several columns with the name that a decorator extracts."""

    def __init__(self, name: str, number: int, function: str, location: SourceLocation) -> None:
        message = f"`{function}` ({location}) returned {number} columns named `{name}`. Rename all but one of them."
        super().__init__(message, [location], function)


class MissingVariable(RunError, KeyError):
    """A loader reads environment variables that are not set."""

    def __init__(self, missing: Sequence[str], known: Iterable[str]) -> None:
        self.missing = tuple(missing)
        listed = ", ".join(f"`{name}`" for name in missing)
        suggestion = did_you_mean(missing[0], known)
        subject, them = ("Environment variable", "it") if len(missing) == 1 else ("Environment variables", "them")
        verb = "is" if len(missing) == 1 else "are"
        super().__init__(f"{subject} {listed} {verb} not set.{suggestion} Set {them} before the program starts.")

    __str__ = HeadwaterError.__str__  # `KeyError` would print the message's repr


class NoElements(RunError, TypeError):
    """A function annotated with `Parallelizable` returned a value that is not a collection of elements."""

    def __init__(self, name: str, location: SourceLocation, value: object) -> None:
        returned = f"{type(value).__qualname__}: {short_repr(value)}"
        super().__init__(
            f"`{name}` ({location}) must return or yield elements, but returned {returned}. Yield each "
            "element, or return a list.",
            [location],
            name,
        )


class NotAList(RunError, TypeError):
    """A value that a function reads element by element is not a list."""

    def __init__(self, name: str, location: SourceLocation, parameter: str, value: object) -> None:
        super().__init__(
            f"`{name}` ({location}) is called once for each element of `{parameter}`, which must be a list, not "
            f"{short_repr(value)}.",
            [location],
            name,
        )


class UnequalLengths(RunError, ValueError):
    """The lists that a function reads element by element have different lengths."""

    def __init__(self, name: str, location: SourceLocation, lengths: Mapping[str, int]) -> None:
        listed = " and ".join(f"{length:,} (`{source}`)" for source, length in lengths.items())
        super().__init__(
            f"`{name}` ({location}) is called once for each element, but the lists differ in length: {listed}. Provide lists "
            "of the same length, and do not add elements to a list that another function reads.",
            [location],
            name,
        )


class WrongAdapterResult(RunError, TypeError):
    """A loader or saver returned a value of the wrong type."""

    def __init__(self, function: str, expected: str, value: object) -> None:
        super().__init__(f"{function} must return {expected}, but returned {type(value).__qualname__}: {short_repr(value)}.")


class UnknownColumnType(RunError, TypeError):
    """The type of a column that a pandas UDF computes is not declared and cannot be inferred."""

    def __init__(self, node: str, reason: str, location: SourceLocation) -> None:
        message = (
            f"The type of the column `{node}` ({location}) cannot be inferred: {reason}. Declare the type of the values, "
            "for example `-> Annotated[pd.Series, float]`."
        )
        super().__init__(message, [location], node)


class WrongRuntimeType(RunError, TypeError):
    """An argument or return value of a function does not have its annotated type. `parameter` is None for a returned value."""

    def __init__(self, node: str, location: SourceLocation, parameter: str | None, expected: str, value: object) -> None:
        self.parameter = parameter
        self.expected = expected
        found = f"{type(value).__qualname__}: {short_repr(value)}"
        subject = f"`{node}` ({location})"
        message = (
            f"{subject} must return {expected}, but returned {found}."
            if parameter is None
            else f"{subject} must receive {expected} for `{parameter}`, but received {found}."
        )
        super().__init__(message, [location], node)


class ChecksFailed(RunError):
    """Checks with importance "fail" did not pass. `failures` holds their messages."""

    def __init__(self, node: str, failures: Sequence[str], location: SourceLocation) -> None:
        self.failures = tuple(failures)
        listed = "\n".join(f"  - {failure}" for failure in failures)
        super().__init__(f"The value of `{node}` ({location}) failed its checks:\n{listed}", [location], node)


class ClusterLost(RunError, ConnectionError):
    """A cluster is not available, or the connection to it ended during a run."""

    def __init__(self, name: str, location: SourceLocation, reason: str, remedy: str) -> None:
        """`reason` names the cluster and its address. `remedy` says how to connect again."""
        self.reason = reason
        super().__init__(
            f"`{name}` ({location}) has no value, because {reason}. {remedy} On the next run, a driver with a cache "
            "(`Builder.with_cache`) reuses the values that it has stored.",
            [location],
            name,
        )

    __str__ = HeadwaterError.__str__  # `ConnectionError` would use its own format, with an error number


class WorkerLost(RunError, RuntimeError):
    """A worker process ended during a run. The worker's executor can no longer be used."""

    def __init__(self, functions: Sequence[tuple[str, SourceLocation]], *, was_called: bool = True) -> None:
        """Report a lost worker.

        Args:
            functions: the names and source locations of the functions that the worker may have called. The value of the first
                function is missing.
            was_called: False if the executor had lost a worker before it received the call.
        """
        names = " or ".join(f"`{name}` ({location})" for name, location in functions[:8])
        names += f" or {len(functions) - 8} more" if len(functions) > 8 else ""
        if was_called:
            message = (
                f"A worker process ended while running {names}. Possible causes: it ran out of memory, compiled code "
                "crashed, or the return value or exception of a function could not be unpickled."
            )
        else:
            message = f"{names} was not called, because a worker process of its executor had already ended."
        message += " The executor can no longer be used. Create a new executor and run again."
        super().__init__(message, [location for _, location in functions], functions[0][0])


class UnpicklableError(RunError):
    """A function in a worker process raised an exception that cannot be copied to the process that runs the plan.

    The notes of this error include the traceback of that exception.
    """

    def __init__(self, raised: BaseException, problem: BaseException) -> None:
        self.raised = type(raised).__qualname__
        super().__init__(
            f"The function raised {self.raised}: {error_text(raised)}. This exception cannot be sent from the worker process, "
            f"because copying it raises {type(problem).__qualname__}: {error_text(problem)}. An exception can be copied if its "
            "`__init__` passes all its arguments to `super().__init__`."
        )


class NodeTimeout(RunError, TimeoutError):
    """A node took longer than the `Timeout` hook allows."""

    def __init__(self, name: str, location: SourceLocation, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"`{name}` ({location}) took longer than {seconds:g} s.", [location], name)

    __str__ = HeadwaterError.__str__  # `TimeoutError` would use its own format, with an error number


class RunTimeout(RunError, TimeoutError):
    """A run of an `AsyncDriver` took longer than its `timeout`."""

    def __init__(self, seconds: float, running: Sequence[tuple[str, SourceLocation]]) -> None:
        """Report the nodes whose functions were running, with their source locations."""
        self.seconds = seconds
        self.running = tuple(name for name, _ in running)
        lines = [f"The run took longer than {seconds:g} s.{' These nodes were running:' if running else ''}"]
        lines += [f"  {name} ({location})" for name, location in running[:8]]
        lines += [f"  and {len(running) - 8} more"] if len(running) > 8 else []
        super().__init__("\n".join(lines), [location for _, location in running], self.running[0] if running else None)

    __str__ = HeadwaterError.__str__  # `TimeoutError` would use its own format, with an error number


class NodeCanceled(RunError):
    """A node's function ended with `asyncio.CancelledError`, although the run was not canceled."""

    def __init__(self, name: str, location: SourceLocation) -> None:
        super().__init__(
            f"`{name}` ({location}) raised `asyncio.CancelledError`, but the run was not canceled. The function "
            "probably awaited a task that was canceled.",
            [location],
            name,
        )
