"""`config.when` and its family: include or exclude functions based on the config.

Variants of a node are functions with a common name and a suffix after two underscores:

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
from headwater.errors.excluded_variants import MAX_CHOICES, UnmetCondition
from headwater.graph.operation import REQUIRED
from headwater.introspection.callables import is_callable_value
from headwater.introspection.names import normalized

Test = Literal["when", "when_not", "when_in", "when_not_in", "otherwise"]


@dataclass(frozen=True, slots=True)
class ConfigCondition:
    """A `config.*` condition: a test, and the values to compare with the config."""

    test: Test
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        return f"config.{self.test}"

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the condition depends on."""
        return frozenset(map(normalized, self.values))

    @property
    def is_fallback(self) -> bool:
        """Return True for `otherwise`."""
        return self.test == "otherwise"

    @property
    def usage_error(self) -> str | None:
        """Return the error if the condition's arguments are invalid, otherwise None."""
        if not self.values and not self.is_fallback:
            return f"it needs at least one config key, as in `@{self.name}(region=...)`."
        for key, value in self.values.items():
            if self.test in ("when_in", "when_not_in") and (isinstance(value, str) or not isinstance(value, Collection)):
                return f"`{key}` must be a list of values, such as `[{value!r}]`, not {value!r}."
        return None

    def holds(self, config: Mapping[str, Any]) -> bool:
        """Return True if every key passes the test. A key that is missing from the config is treated as None.

        Raises:
            IncomparableError: for a value whose comparison does not return True or False, such as an array.
        """
        return all(self._passes(key, config.get(normalized(key)), value) for key, value in self.values.items())

    def unmet(self, config: Mapping[str, Any]) -> Iterator[UnmetCondition]:
        """Yield the config keys that do not pass, with the values that would pass."""
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
                choices = [value] if self.test == "when" else islice(value, MAX_CHOICES)
            present = short_repr(config[key]) if key in config else ""
            yield UnmetCondition(key, key in config, present, tuple(map(short_repr, choices)))

    def _passes(self, key: str, present: Any, expected: Any) -> bool:
        try:
            match self.test:
                case "when":
                    return _equal(present, expected)
                case "when_not":
                    return not _equal(present, expected)
                case "when_in":
                    return _is_in(present, expected)
                case _:
                    return not _is_in(present, expected)
        except Exception as error:
            reason = f"config value `{key}`, {short_repr(present)}, cannot be compared with {short_repr(expected)}: {error}"
            raise IncomparableError(f"{reason.rstrip('.')}. Use a separate config key for the condition.") from error


def _equal(present: Any, expected: Any) -> bool:
    """Return True if two values are equal. None equals only None. An array would compare None with each element."""
    if present is None or expected is None:
        return present is expected
    result = present == expected
    if getattr(result, "shape", ()) != ():
        raise ValueError(f"{type(present).__name__} is compared element by element")
    return bool(result)


def _is_in(present: Any, values: Collection[Any]) -> bool:
    """Return True if a collection contains a value. Unhashable values can be looked up in any collection, even in a set."""
    if isinstance(present, Hashable) and isinstance(values, range | AbstractSet | Mapping):
        try:
            return present in values
        except TypeError:  # the value contains an unhashable object, such as a list in a tuple
            pass
    return any(present is value or _equal(present, value) for value in values)


@takes_arguments("config.when")
def when(**values: Any) -> Decorator:
    """Include the function if the config has these values: `@config.when(region="us")`."""
    return _decorator("when", values)


@takes_arguments("config.when_not")
def when_not(**values: Any) -> Decorator:
    """Include the function unless the config has one of these values: `@config.when_not(region="us")`."""
    return _decorator("when_not", values)


@takes_arguments("config.when_in")
def when_in(**values: Collection[Any]) -> Decorator:
    """Include the function if each config value is in its list: `@config.when_in(region=["us", "ca"])`."""
    return _decorator("when_in", values)


@takes_arguments("config.when_not_in")
def when_not_in(**values: Collection[Any]) -> Decorator:
    """Include the function if no config value is in its list: `@config.when_not_in(region=["us", "ca"])`."""
    return _decorator("when_not_in", values)


@takes_functions("config.where")
def where(condition: Callable[..., object], /) -> Decorator:
    """Include the function if a condition on config values returns True: `@config.where(lambda year: year > 2020)`.

    The condition is a function whose parameters are config keys. If a key is missing from the config, the parameter gets its
    default, or None.

    Raises:
        DecoratorError: the condition is not a function with named parameters. Also raised when the dataflow is built, if the
            condition raises an exception.

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
        if not is_callable_value(condition):
            raise decorator_error("config.where", function, f"it takes a function of config values, not {condition!r}.")
        keys = config_keys("config.where", function, condition, "its function")
        defaults = {key: None if default is REQUIRED else default for key, default in keys.items()}
        return attach(Where(condition, defaults, function), function)

    return decorate


@dataclass(frozen=True, slots=True)
class Where:
    """The condition of `config.where`."""

    condition: Callable[..., object]
    defaults: Mapping[str, Any]
    """The config keys, each with the value to use if the key is missing from the config."""
    function: Callable[..., Any]
    """The decorated function, for messages."""
    name = "config.where"
    is_fallback = False

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the condition depends on."""
        return frozenset(self.defaults)

    def holds(self, config: Mapping[str, Any]) -> bool:
        """Return True if the condition's function returns True.

        Raises:
            DecoratorError: if the condition's function raises an exception.
        """
        values = {key: config.get(key, default) for key, default in self.defaults.items()}
        try:
            return bool(self.condition(**values))
        except Exception as error:
            arguments = ", ".join(f"{key}={short_repr(value)}" for key, value in values.items())
            called = f"for {arguments}" if arguments else "without config values"
            reason = f"its condition failed {called}: {type(error).__name__}: {error}"
            raise decorator_error(self.name, self.function, reason) from error


def otherwise(function: F) -> F:
    """Include the function if no other variant of the same name is included: `@config.otherwise`."""
    return attach(ConfigCondition("otherwise", {}), function)


def exclude(function: F) -> F:
    """Exclude a public function, such as a helper or a function used only in subdags, from the dataflow: `@exclude`.

    A subdag that names the function still includes it.

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
        if condition.usage_error is not None:
            raise decorator_error(condition.name, function, condition.usage_error)
        return attach(condition, function)

    return decorate
