"""Which config keys a function asks for: its parameters say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from headwater.decorators.protocol import decorator_error
from headwater.graph.operation import REQUIRED
from headwater.introspection.callables import bare_signature


def config_keys(name: str, function: Callable[..., Any], asking: Callable[..., Any], called: str) -> Mapping[str, Any]:
    """The config keys, each with its parameter's default or `REQUIRED`.

    Args:
        name: of the decorator, for messages.
        function: the one that is decorated.
        asking: the one whose parameters are config keys.
        called: what messages call it.

    Raises:
        DecoratorError: for parameters without a name, or which nobody knows.
    """
    import inspect  # takes milliseconds to import, and few dataflows need it

    try:
        parameters = bare_signature(asking).parameters.values()
    except ValueError:  # some of those written in C do not say
        raise decorator_error(name, function, f"the parameters of {asking!r} are not known: write a function.") from None
    by_name = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    for parameter in parameters:
        if parameter.kind not in by_name:
            reason = f"{called} takes config keys by name, and `{parameter}` has none: write one parameter for each key."
            raise decorator_error(name, function, reason)
    return {one.name: REQUIRED if one.default is inspect.Parameter.empty else one.default for one in parameters}
