"""A build with observers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.events import Events
from headwater.execution.outcome import Failed, Succeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from headwater.execution.observer import Observer
    from headwater.graph.graph import Graph


def observe_build(
    observers: Iterable[Observer], config: Mapping[str, Any], build: Callable[[], tuple[Graph, set[str]]]
) -> tuple[Graph, set[str]]:
    """Call `build`, notify the observers of its start and end, and return its result.

    Raises:
        Exception: any exception from `build`.
    """
    events = Events(observers)
    events.build_started(config)
    try:
        graph, keys = build()
    except BaseException as error:
        events.build_ended(Failed(error))
        raise
    events.build_ended(Succeeded(graph))
    events.raise_reported()
    return graph, keys
