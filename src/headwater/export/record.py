"""Records a run and its values. All exports are created from a recording."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from headwater.builder import Builder
from headwater.execution.recording import Recording
from headwater.export.asynchronous import needs_async_driver


def record(
    *modules: ModuleType,
    outputs: Sequence[str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Recording:
    """Run the dataflow that the modules define, and record the values of the outputs and all upstream nodes.

    Args:
        modules: see `Builder.with_modules`.
        outputs: names of nodes; by default, all nodes that no other node depends on.
        inputs: see `Driver.execute`.
        config: see `Builder.with_config`.
        overrides: see `Driver.execute`.

    Raises:
        HeadwaterError: see `build` and `execute`.
        OSError: if the source of a module is not found.
    """
    builder = Builder().with_modules(*modules).with_config(config or {})
    driver = builder.build()
    outputs = [node.name for node in driver.graph.sinks] if outputs is None else list(outputs)
    inputs, overrides = dict(inputs or {}), dict(overrides or {})
    upstream = driver.graph.upstream(outputs, provided=overrides)
    names = [node.name for node in upstream if node.kind == "function"]
    config_values = {node.name: node.value for node in upstream if node.kind == "config"}
    if needs_async_driver(upstream):
        from headwater.coroutines import CoroutineRunner  # imported lazily: importing asyncio is slow

        runner = CoroutineRunner()
        computed = runner.run(builder.build_async().execute(names, inputs=inputs, overrides=overrides))
        runner.close()
    else:
        computed = driver.execute(names, inputs=inputs, overrides=overrides)
    return Recording(
        sources={module.__name__: inspect.getsource(module) for module in modules},
        graph=driver.graph,
        values={**config_values, **inputs, **overrides, **computed},
        outputs=outputs,
        inputs=inputs,
        config=dict(config or {}),
        overrides=overrides,
    )
