"""`Builder`: collects the parts of a dataflow and builds a checked driver."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from os import PathLike
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from headwater.definitions.functions import (
    Definition,
    config_keys,
    definition_of,
    definitions_in,
    nodes_of,
    variant_dependencies,
)
from headwater.driver import Driver
from headwater.errors import CacheError, ConflictingNames, NotAFunction, UnusedNameWarning, WrongValueWarning, short_repr
from headwater.errors.suggestions import did_you_mean
from headwater.graph.graph import Graph
from headwater.introspection.names import by_normalized_name, duplicate_spellings, normalized
from headwater.results import DictResult, ResultBuilder
from headwater.types.type_checks import DEFAULT_CHECKS, TypeChecks

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from headwater.async_driver import AsyncDriver
    from headwater.caching.cache import Cache
    from headwater.caching.settings import Behavior, CacheSettings
    from headwater.definitions.known_nodes import KnownNodes
    from headwater.errors.excluded_variants import ExcludedVariant
    from headwater.execution.placement import Placement
    from headwater.execution.policy import Hook, Policy
    from headwater.graph.tags import TagFilter
    from headwater.io.materializers import Materializer
    from headwater.quality.rules import CheckRule

R = TypeVar("R")
S = TypeVar("S")


class _Parts(NamedTuple):
    """The parts of a dataflow that a builder has collected."""

    definitions: tuple[Definition, ...] = ()
    config: Mapping[str, Any] = MappingProxyType({})
    allow_overrides: bool = False
    checks: tuple[CheckRule, ...] = ()
    materializers: tuple[Materializer, ...] = ()
    policy: Policy | None = None
    hooks: tuple[Hook, ...] = ()
    placements: tuple[Placement, ...] = ()
    cache: CacheSettings | None = None
    type_checks: TypeChecks = DEFAULT_CHECKS
    known_nodes: KnownNodes | None = None


class Builder(Generic[R]):
    """A collection of functions and config that builds a `Driver`.

    A builder never changes. Each `with_...` method returns a new builder, so several builders can share a common base.

    >>> from headwater import Builder
    >>> def total(price: float, rate: float) -> float:
    ...     return price * (1 + rate)
    >>> driver = Builder().with_functions(total).with_config({"rate": 0.2}).build()
    >>> driver.execute(["total"], inputs={"price": 10.0})
    {'total': 12.0}
    """

    __slots__ = ("_parts", "_result")

    _parts: _Parts
    _result: ResultBuilder[R]

    def __init__(self: Builder[dict[str, Any]]) -> None:
        self._parts = _Parts()
        self._result = DictResult()

    def with_modules(self, *modules: ModuleType) -> Builder[R]:
        """Add the public functions that modules define.

        Raises:
            NotAFunction: an argument is not a module.
        """
        definitions = [definition for module in modules for definition in definitions_in(module)]
        return self._with(definitions=(*self._parts.definitions, *definitions))

    def with_functions(self, *functions: Callable[..., Any], **named: Callable[..., Any]) -> Builder[R]:
        """Add functions. A keyword argument also sets the name of the function in the dataflow.

        Raises:
            NotAFunction: an argument is not a function, or has no name.
        """
        if len(functions) == 1 and isinstance(functions[0], list | tuple):
            raise NotAFunction("`with_functions` takes functions as separate arguments: write `with_functions(*functions)`.")
        definitions = [definition_of(function) for function in functions]
        definitions += [definition_of(function, name) for name, function in named.items()]
        return self._with(definitions=(*self._parts.definitions, *definitions))

    def with_config(self, config: Mapping[str, Any]) -> Builder[R]:
        """Add config. It selects variants of functions, and provides values for nodes and inputs by name.

        A later value for a key replaces an earlier value. If a key is the name of a function, the key's value replaces the
        function. Every config value can be requested as an output.

        Raises:
            ConflictingNames: two keys are spellings of the same name.
        """
        if duplicates := duplicate_spellings(config):
            raise ConflictingNames(duplicates, "the config", "the config")
        return self._with(config={**self._parts.config, **by_normalized_name(config)})

    def with_checks(self, *rules: CheckRule) -> Builder[R]:
        """Check the values of many nodes, selected by name, type or tag. See `headwater.quality.checks`.

        Raises:
            TypeError: an argument is not a rule from `checks(...)`.

        >>> from headwater import Builder
        >>> from headwater.quality import checks
        >>> def tax_rate() -> float:
        ...     return 0.2
        >>> rule = checks(range=(0, 1), importance="fail").where(name="*_rate")
        >>> list(Builder().with_functions(tax_rate).with_checks(rule).build().graph.nodes)
        ['tax_rate_raw', 'tax_rate_range_validator', 'tax_rate']
        """
        from headwater.quality.rules import CheckRule  # imported lazily: only checks need it

        for rule in rules:
            if not isinstance(rule, CheckRule):
                raise TypeError(
                    f"`with_checks` takes rules created by `headwater.quality.checks(...)`, not {short_repr(rule)}."
                )
        return self._with(checks=(*self._parts.checks, *rules))

    def allow_module_overrides(self) -> Builder[R]:
        """Let later modules redefine nodes from earlier modules."""
        return self._with(allow_overrides=True)

    def with_materializers(self, *materializers: Materializer) -> Builder[R]:
        """Add loaders and savers: `with_materializers(from_.json(target="prices", path="prices.json"))`.

        Data loaded by `from_` replaces a node or an input. A saver added with `to` runs when its `id` is requested.

        Raises:
            MaterializerError: an argument is not a materializer.
        """
        from headwater.io.materializers import validate_materializers  # imported lazily: most dataflows use no materializers

        return self._with(materializers=(*self._parts.materializers, *validate_materializers(materializers)))

    def with_hooks(self, *hooks: Hook) -> Builder[R]:
        """Add observers and middleware for the build and for every run. See `headwater.hooks`.

        Observers receive events in the order of the arguments. The first middleware is outermost. To use hooks
        for only one run, pass them to `Driver.execute`.

        Raises:
            TypeError: an argument is neither an observer nor middleware.

        >>> from headwater import Builder
        >>> from headwater.hooks import Observer
        >>> class Names(Observer):
        ...     def started(self, call):
        ...         print(call.node.name)
        >>> def price() -> float:
        ...     return 10.0
        >>> def total(price: float) -> float:
        ...     return price * 1.2
        >>> driver = Builder().with_functions(price, total).with_hooks(Names()).build()
        >>> driver.execute(["total"])
        price
        total
        {'total': 12.0}
        """
        from headwater.execution.policy import check_hooks  # imported lazily: only hooks need it

        check_hooks(hooks)
        return self._with(hooks=(*self._parts.hooks, *hooks))

    def with_policy(self, policy: Policy) -> Builder[R]:
        """Run every request under a policy, for example to set an executor or the exceptions that count as failures.

        A later policy replaces an earlier one. Hooks added by `with_hooks` still apply, after the policy's hooks. Without a
        policy or hooks, a run calls the functions directly.

        Raises:
            TypeError: the argument is not a `Policy`.
            ValueError: the policy continues after a failure. Use the `ContinueOnError` hook instead.

        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from headwater import Builder
        >>> from headwater.hooks import Policy
        >>> def price() -> float:
        ...     return 10.0
        >>> with ThreadPoolExecutor(2) as pool:
        ...     Builder().with_functions(price).with_policy(Policy(executor=pool)).build().execute(["price"])
        {'price': 10.0}
        """
        from headwater.execution.policy import Policy  # imported lazily: only a policy needs it

        if not isinstance(policy, Policy):
            raise TypeError(f"`with_policy` takes a `headwater.hooks.Policy`, not {short_repr(policy)}.")
        if policy.on_failure == "continue":
            raise ValueError(
                "A driver's policy cannot continue after a failure. To collect failures instead, omit `on_failure` and add the "
                "hook `ContinueOnError()` with `with_hooks`."
            )
        return self._with(policy=policy)

    def with_executor(self, executor: Executor | None, *, on: str | None = None, where: TagFilter | None = None) -> Builder[R]:
        """Call functions on an executor, so that independent functions run in parallel.

        An executor is any object with the interface of `concurrent.futures.Executor`: threads, processes, loky or Dask. You
        create it and shut it down. Call this method once for each executor. If several executors match a function, the executor
        that was added last calls the function.

        Args:
            executor: the executor, or None for the thread that starts the run.
            on: call only functions marked with this name, as in `@on("gpu")`.
            where: call only functions with these tags, such as `{"kind": "download"}`. See `list_available_variables`.

        Raises:
            TypeError: an argument has the wrong type.
            RequestError: the tag filter is invalid. `build` also raises this error if there are named executors, but a function
                is marked with a name that none of them has.

        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from headwater import Builder
        >>> def price() -> float:
        ...     return 10.0
        >>> def count() -> int:
        ...     return 2
        >>> def total(price: float, count: int) -> float:
        ...     return price * count
        >>> with ThreadPoolExecutor(2) as pool:
        ...     Builder().with_functions(price, count, total).with_executor(pool).build().execute(["total"])
        {'total': 20.0}
        """
        from headwater.execution.placement import Placement  # imported lazily: only an executor needs it

        return self._with(placements=(*self._parts.placements, Placement(executor, on, where)))

    def with_cache(
        self,
        path: str | PathLike[str] = ".headwater",
        *,
        values: str | None = None,
        default: bool | Iterable[str] | None = None,
        recompute: bool | Iterable[str] | None = None,
        disable: bool | Iterable[str] | None = None,
        ignore: bool | Iterable[str] | None = None,
        pinned: Mapping[str, str] | None = None,
        formats: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        allow_pickle: bool | None = None,
        default_behavior: Behavior | None = None,
        default_loader_behavior: Behavior = "recompute",
        default_saver_behavior: Behavior = "recompute",
    ) -> Builder[R]:
        """Store computed values in a folder, and reuse them in later runs, including those in other processes.

        A stored value is reused if nothing that it depends on has changed: the function, the helpers, classes and module-level
        values that it uses, the config, and the values of its arguments. A node whose code or value cannot be hashed is
        reported in a `CacheWarning` and computed in every run.

        Args:
            path: the folder.
            values: an fsspec URL for values and traces, such as `s3://bucket/cache`. Everyone who uses the URL shares them.
            default: the nodes to reuse: a list of names, or True for all.
            recompute: the nodes to compute in every run.
            disable: the nodes to compute in every run, together with everything downstream. Their values are not stored.
            ignore: the nodes to compute in every run. Downstream nodes treat their values as constants.
            pinned: the stored version to use for each pinned node. See `driver.cache.versions`.
            formats: the file formats, keyed by node: "parquet", "npy", "json" or "pickle". By default, the format depends on
                the value's type.
            max_bytes: the size limit. The least recently used values are deleted first.
            allow_pickle: whether to use pickle for values that no other format supports. Loading a pickle can run arbitrary
                code, so `allow_pickle` is off by default if `values` is a URL.
            default_behavior: the behavior of nodes that no other setting covers.
            default_loader_behavior: the behavior of loaders.
            default_saver_behavior: the behavior of savers.

        Raises:
            CacheError: an argument is invalid, or a cache was already added. `build` also raises this error if a node is
                unknown.

        >>> import tempfile
        >>> from headwater import Builder
        >>> def total(price: float) -> float:
        ...     return price * 1.2
        >>> driver = Builder().with_functions(total).with_cache(tempfile.mkdtemp()).build()
        >>> for _ in range(2):
        ...     result = driver.execute(["total"], inputs={"price": 10.0})
        >>> [event.outcome for event in driver.cache.log]
        ['miss', 'hit']
        """
        from headwater.caching.settings import cache_settings  # imported lazily: most dataflows need no cache

        if self._parts.cache is not None:
            raise CacheError("The builder already has a cache. Call `with_cache` once.")
        settings = cache_settings(
            path,
            values=values,
            lists={"default": default, "recompute": recompute, "disable": disable, "ignore": ignore},
            pinned=pinned,
            formats=formats,
            max_bytes=max_bytes,
            defaults=(default_behavior, default_loader_behavior, default_saver_behavior),
            allow_pickle=allow_pickle,
        )
        return self._with(cache=settings)

    def with_type_checks(self, checks: TypeChecks) -> Builder[R]:
        """Replace the rules that decide which types and values a parameter accepts. See `headwater.hooks.TypeChecks`.

        Raises:
            TypeError: the argument is not a `TypeChecks`.
        """
        if not isinstance(checks, TypeChecks):
            raise TypeError(f"`with_type_checks` takes a `headwater.hooks.TypeChecks`, not {short_repr(checks)}.")
        return self._with(type_checks=checks)

    def with_result_builder(self, result: ResultBuilder[S]) -> Builder[S]:
        """Set the result builder, which creates the result of `Driver.execute`. By default, the result is a dictionary."""
        return _builder(self._parts, result)

    def build(self) -> Driver[R]:
        """Check everything and return the driver.

        A config value that does not fit a parameter causes a warning. Requests that need the value fail.

        Raises:
            DefinitionError, GraphError: a function is invalid, or functions do not fit together.
                `SeveralErrors` if there are several errors.
            TypeError: a hook has an `async def` method. Use `build_async`.
        """
        parts = self._parts
        graph, policy, cache = self._built(awaits=False)
        return Driver(graph, self._result, parts.config, policy, cache)

    def build_async(self, *, concurrency: int | None = None, timeout: float | None = None) -> AsyncDriver[R]:
        """Check everything and return a driver that awaits `async def` functions.

        Args:
            concurrency: the maximum number of concurrent calls in a run. By default, there is no limit.
            timeout: the maximum duration of a run in seconds. By default, there is no limit.

        Raises:
            DefinitionError, GraphError: see `build`.
            TypeError: a hook has an `async def` method that is never awaited.
            ValueError: an argument is invalid.
        """
        from headwater.async_driver import AsyncDriver  # imported lazily: asyncio takes as long to import as all of Headwater
        from headwater.execution.async_runner import Limits

        limits = Limits(concurrency, timeout)
        parts = self._parts
        graph, policy, cache = self._built(awaits=True)
        return AsyncDriver(graph, self._result, parts.config, policy, cache, limits=limits)

    def _built(self, *, awaits: bool) -> tuple[Graph, Policy | None, Cache | None]:
        """Check everything, and return the graph, the policy and the cache of a driver."""
        parts, policy = self._parts, self._policy
        if policy is None:
            graph, keys = _graph_of(parts, parts.type_checks)
        else:
            from headwater.execution.async_hooks import check_hook_methods
            from headwater.execution.observed_build import observe_build  # imported lazily: only hooks need it

            check_hook_methods(policy, awaits=awaits)

            type_checks = policy.type_checks(parts.type_checks)
            graph, keys = observe_build(policy.observers, parts.config, lambda: _graph_of(parts, type_checks))
        for error in graph.config_errors:
            warning = WrongValueWarning(error, "Requests that need this value will fail.")
            warnings.warn(warning, stacklevel=3)
        _warn_about_unused(parts, graph, keys)
        if parts.placements:
            from headwater.execution.placement import check_names

            check_names(parts.placements, graph)
        if parts.cache is None:
            return graph, policy, None
        from headwater.execution.policy import Policy

        try:
            from headwater.caching.cache import open_cache  # imported lazily: most drivers have no cache
        except ImportError as error:
            raise CacheError(f"A cache needs SQLite, which this Python does not have: {error}.") from error

        cache = open_cache(parts.cache, graph.nodes)
        return graph, replace(policy or Policy(), traces=cache.start_run), cache

    @property
    def _policy(self) -> Policy | None:
        """The policy with all hooks and executors. None if every run calls the functions directly."""
        parts = self._parts
        if not parts.hooks and not parts.placements:
            return parts.policy
        from headwater.execution.policy import Policy  # imported lazily: only hooks and executors need it

        policy = parts.policy or Policy()
        return replace(policy, placements=(*policy.placements, *parts.placements)).with_hooks(*parts.hooks)

    def _with(self, **changes: Any) -> Builder[R]:
        return _builder(self._parts._replace(**changes), self._result)


def _graph_of(parts: _Parts, type_checks: TypeChecks) -> tuple[Graph, set[str]]:
    """Return the checked graph, and the config keys that decorators read."""
    keys: set[str] = set()
    excluded_variants: dict[str, list[ExcludedVariant]] = {}
    recorded_keys = keys if parts.config else None
    reuse = None if parts.known_nodes is None else parts.known_nodes.nodes_of
    nodes = nodes_of(parts.definitions, parts.config, recorded_keys, excluded_variants, reuse)
    if parts.checks:
        from headwater.decorators.rule_application import apply_rules

        nodes = tuple(apply_rules(nodes, parts.checks))
    graph = Graph.of(
        nodes,
        config=parts.config,
        allow_overrides=parts.allow_overrides,
        excluded_variants=excluded_variants,
        type_checks=type_checks,
    )
    if parts.materializers:
        from headwater.io.materializers import add_materializers

        graph = add_materializers(graph, parts.materializers, parts.config)
    return graph, keys


def with_known_nodes(builder: Builder[R], known: KnownNodes) -> Builder[R]:
    """Return a builder that reuses the nodes of unchanged functions. For callers that build after each edit."""
    parts, result = builder._parts, builder._result  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - not for users
    return _builder(parts._replace(known_nodes=known), result)


def _builder(parts: _Parts, result: ResultBuilder[S]) -> Builder[S]:
    builder: Builder[S] = Builder.__new__(Builder)
    # `__init__` takes no result builder, so the attributes are set directly.
    builder._parts = parts  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    builder._result = result  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    return builder


def _warn_about_unused(parts: _Parts, graph: Graph, keys: Iterable[str]) -> None:
    """Warn about config values that have no effect. `keys` are the keys that decorators read under this config."""
    known = {node.name for node in graph if not graph.is_unread_config(node)}
    known |= {normalized(key) for key in (*config_keys(parts.definitions), *keys)}
    known |= {key for materializer in parts.materializers for key in materializer.spec.config_keys}
    unknown = [key for key in parts.config if key not in known]
    variant_inputs = variant_dependencies(parts.definitions) if unknown else frozenset[str]()
    for key in unknown:
        if key not in variant_inputs:
            message = f"Config key `{key}` has no effect: no function or decorator reads it.{did_you_mean(key, known)}"
            warnings.warn(message, UnusedNameWarning, stacklevel=4)
