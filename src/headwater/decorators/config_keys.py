"""Config keys read from the parameters of a callback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from headwater.decorators.protocol import decorator_error
from headwater.graph.operation import REQUIRED
from headwater.introspection.callables import bare_signature


def config_keys(name: str, function: Callable[..., Any], callback: Callable[..., Any], subject: str) -> Mapping[str, Any]:
    """Return the config keys of a callback, each with the default of its parameter or `REQUIRED`.

    Args:
        name: the name of the decorator, for messages.
        function: the decorated function.
        callback: the function whose parameters are config keys.
        subject: how messages refer to the callback.

    Raises:
        DecoratorError: if the callback has `*args`, `**kwargs` or positional-only parameters, or if it has no signature.
    """
    import inspect  # imported lazily: slow to import, and few dataflows need it

    try:
        parameters = bare_signature(callback).parameters.values()
    except ValueError:  # some functions written in C have no signature
        reason = f"the parameters of {callback!r} cannot be read. Use a function written in Python."
        raise decorator_error(name, function, reason) from None
    by_name = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    for parameter in parameters:
        if parameter.kind not in by_name:
            reason = (
                f"{subject} receives config values as keyword arguments, so it cannot have `{parameter}`. "
                "Write one parameter for each key."
            )
            raise decorator_error(name, function, reason)
    return {
        parameter.name: REQUIRED if parameter.default is inspect.Parameter.empty else parameter.default
        for parameter in parameters
    }
