"""A run of modules, recorded with its values, as everything in this package takes them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from headwater.builder import Builder
from headwater.execution.recording import Recording


def record(
    *modules: ModuleType,
    outputs: Sequence[str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Recording:
    """Runs the dataflow of some modules and keeps the value of every node on the way.

    Args:
        modules: as `Builder.with_modules` takes them.
        outputs: names of nodes; without, all nodes that no other reads.
        inputs: as `Driver.execute` takes them.
        config: as `Builder.with_config` takes it.
        overrides: as `Driver.execute` takes them.

    Raises:
        HeadwaterError: as `build` and `execute` do.
        OSError: the source of a module is not found.
    """
    driver = Builder().with_modules(*modules).with_config(config or {}).build()
    wanted = [node.name for node in driver.graph.sinks] if outputs is None else list(outputs)
    given, replaced = dict(inputs or {}), dict(overrides or {})
    reached = driver.graph.upstream(wanted, provided=replaced)
    names = [node.name for node in reached if node.kind == "function"]
    fixed = {node.name: node.value for node in reached if node.kind == "config"}
    return Recording(
        sources={module.__name__: inspect.getsource(module) for module in modules},
        graph=driver.graph,
        values={**fixed, **given, **replaced, **driver.execute(names, inputs=given, overrides=replaced)},
        outputs=wanted,
        inputs=given,
        config=dict(config or {}),
        overrides=replaced,
    )
