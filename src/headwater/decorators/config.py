"""`config.when` and its family: which functions take part, decided from the config.

Variants of one node are written as functions with a common name and a suffix after two underscores:

>>> from headwater import Builder, config
>>> @config.when(region="us")
... def tax__us(price: float) -> float:
...     return price * 0.08
>>> @config.otherwise
... def tax__elsewhere(price: float) -> float:
...     return price * 0.2
>>> driver = Builder().with_functions(tax__us, tax__elsewhere).with_config({"region": "us"}).build()
>>> driver.execute(["tax"], inputs={"price": 100.0})
{'tax': 8.0}
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from headwater.decorators.config_keys import config_keys
from headwater.decorators.protocol import (
    Decorator,
    Exclusion,
    F,
    IncomparableError,
    attach,
    decorator_error,
    takes_arguments,
    takes_functions,
)
from headwater.errors import short_repr
from headwater.errors.excluded_variants import MOST_CHOICES, UnmetCondition
from headwater.graph.operation import REQUIRED
from headwater.introspection.names import normalized

Test = Literal["when", "when_not", "when_in", "when_not_in", "otherwise"]


@dataclass(frozen=True, slots=True)
class ConfigCondition:
    """One `config.*` decorator: a test, and the values that it compares the config with."""

    test: Test
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The decorator's name, for messages."""
        return f"config.{self.test}"

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(map(normalized, self.values))

    @property
    def is_fallback(self) -> bool:
        """True for `otherwise`."""
        return self.test == "otherwise"

    @property
    def fault(self) -> str | None:
        """What is wrong with how it was written."""
        if not self.values and not self.is_fallback:
            return f"it needs a config key to look at, as in `@{self.name}(region=...)`."
        for key, value in self.values.items():
            if self.test in ("when_in", "when_not_in") and (isinstance(value, str) or not isinstance(value, Collection)):
                return f"`{key}` has to be a list of values, and is {value!r}."
        return None

    def holds(self, config: Mapping[str, Any]) -> bool:
        """True if every key passes the test; a key that the config lacks counts as None.

        Raises:
            IncomparableError: for a value that does not compare to True or False, such as an array.
        """
        return all(self._passes(key, config.get(normalized(key)), value) for key, value in self.values.items())

    def unmet(self, config: Mapping[str, Any]) -> Iterator[UnmetCondition]:
        """The config keys that keep it from holding, with the values that would pass."""
        for written, value in self.values.items():
            key = normalized(written)
            try:
                passes = self._passes(written, config.get(key), value)
            except IncomparableError:
                passes = False
            if passes:
                continue
            choices: Iterable[Any] = ()
            if self.test in ("when", "when_in"):
                choices = [value] if self.test == "when" else islice(value, MOST_CHOICES)
            present = short_repr(config[key]) if key in config else ""
            is_excluded = self.test in ("when_not", "when_not_in")
            yield UnmetCondition(key, key in config, present, tuple(map(short_repr, choices)), is_excluded)

    def _passes(self, key: str, present: Any, wanted: Any) -> bool:
        try:
            match self.test:
                case "when":
                    return _equal(present, wanted)
                case "when_not":
                    return not _equal(present, wanted)
                case "when_in":
                    return _among(present, wanted)
                case _:
                    return not _among(present, wanted)
        except Exception as error:
            reason = f"the config's `{key}`, {short_repr(present)}, cannot be compared with {short_repr(wanted)}: {error}"
            raise IncomparableError(f"{reason.rstrip('.')}. Decide by a key of its own.") from error


def _equal(present: Any, wanted: Any) -> bool:
    """Whether two values are equal; of None, whether both are: arrays and frames compare with it value by value."""
    if present is None or wanted is None:
        return present is wanted
    answer = present == wanted
    if getattr(answer, "shape", ()) != ():
        raise ValueError(f"{type(present).__name__} is compared value by value")
    return bool(answer)


def _among(present: Any, wanted: Collection[Any]) -> bool:
    """Whether a value is in a collection. An unhashable value can be looked up in a set, too."""
    if isinstance(present, Hashable) and isinstance(wanted, range | AbstractSet | Mapping):
        try:
            return present in wanted
        except TypeError:  # a tuple of lists
            pass
    return any(present is one or _equal(present, one) for one in wanted)


@takes_arguments("config.when")
def when(**values: Any) -> Decorator:
    """Takes part if the config has these values: `@config.when(region="us")`."""
    return _decorator("when", values)


@takes_arguments("config.when_not")
def when_not(**values: Any) -> Decorator:
    """Takes part if the config has other values than these, or none: `@config.when_not(region="us")`."""
    return _decorator("when_not", values)


@takes_arguments("config.when_in")
def when_in(**values: Collection[Any]) -> Decorator:
    """Takes part if each config value is one of those listed: `@config.when_in(region=["us", "ca"])`."""
    return _decorator("when_in", values)


@takes_arguments("config.when_not_in")
def when_not_in(**values: Collection[Any]) -> Decorator:
    """Takes part if each config value is none of those listed: `@config.when_not_in(region=["us", "ca"])`."""
    return _decorator("when_not_in", values)


@takes_functions("config.where")
def where(condition: Callable[..., object], /) -> Decorator:
    """Takes part if a function of config values says so: `@config.where(lambda year: year > 2020)`.

    The function's parameters are the config keys that it looks at. Where the config lacks one, it gets the parameter's
    default, or None.

    Raises:
        DecoratorError: for anything but a function whose parameters have names; when the dataflow is built, if it fails.

    >>> from headwater import Builder, config
    >>> @config.where(lambda year=2020: year < 2021)
    ... def tax(price: float) -> float:
    ...     return price * 0.16
    >>> flow = Builder().with_functions(tax)
    >>> flow.build().execute(["tax"], inputs={"price": 100.0})
    {'tax': 16.0}
    >>> [node.name for node in flow.with_config({"year": 2021}).build().list_available_variables()]
    ['year']
    """

    def decorate(function: F) -> F:
        if isinstance(condition, type) or not callable(condition):
            raise decorator_error("config.where", function, f"it takes a function of config values, and not {condition!r}.")
        asked = config_keys("config.where", function, condition, "its function")
        defaults = {key: None if default is REQUIRED else default for key, default in asked.items()}
        return attach(Where(condition, defaults, function), function)

    return decorate


@dataclass(frozen=True, slots=True)
class Where:
    """What `config.where` notes on a function."""

    condition: Callable[..., object]
    defaults: Mapping[str, Any]
    """The config keys, each with what stands for it where the config lacks it."""
    function: Callable[..., Any]
    """The one that is decorated, for messages."""
    name = "config.where"
    is_fallback = False

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(self.defaults)

    def holds(self, config: Mapping[str, Any]) -> bool:
        """True if the function says so.

        Raises:
            DecoratorError: if it fails.
        """
        values = {key: config.get(key, default) for key, default in self.defaults.items()}
        try:
            return bool(self.condition(**values))
        except Exception as error:
            given = ", ".join(f"{key}={short_repr(value)}" for key, value in values.items())
            reason = f"its condition failed for {given or 'no config'}: {type(error).__name__}: {error}"
            raise decorator_error(self.name, self.function, reason) from error


def otherwise(function: F) -> F:
    """Takes part if no other variant of the same name does: `@config.otherwise`."""
    return attach(ConfigCondition("otherwise", {}), function)


def exclude(function: F) -> F:
    """Keeps a public function out of the dataflow: `@exclude`, for what is only called by others, or part of a subdag.

    A subdag that names the function has it all the same.

    >>> from headwater import Builder, exclude
    >>> @exclude
    ... def helper(x: int) -> int: ...
    >>> Builder().with_functions(helper).build().list_available_variables()
    []
    """
    return attach(Exclusion("exclude"), function)


def _decorator(test: Test, values: Mapping[str, Any]) -> Decorator:
    condition = ConfigCondition(test, values)

    def decorate(function: F) -> F:
        if condition.fault is not None:
            raise decorator_error(condition.name, function, condition.fault)
        return attach(condition, function)

    return decorate
