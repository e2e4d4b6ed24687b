"""Variants of functions that a config excludes, and the config that would include them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from headwater.introspection.source_location import SourceLocation

WITH_CONFIG: Final = " with `with_config`"
"""The end of the advice in errors raised in Python. The playground ends its advice differently."""
MAX_CHOICES: Final = 100
"""The maximum number of values to read from one condition. A `range` may have any number of values."""
_MAX_LISTED: Final = 8
"""The maximum number of values that a message lists."""


class UnmetCondition(NamedTuple):
    """An unmet condition on a config key."""

    key: str
    is_set: bool
    present: str
    """The key's value in the config, as text."""
    choices: tuple[str, ...] = ()
    """The values for which the condition would hold, as text. Empty if the values cannot be listed."""


class ExcludedVariant(NamedTuple):
    """A function that the config excludes."""

    name: str
    """The node that the function would compute."""
    function: str
    location: SourceLocation
    decorators: str
    unmet: tuple[UnmetCondition, ...]
    is_nested: bool = False
    """True if the function belongs to a subdag."""


def variant_lines(variants: Sequence[ExcludedVariant], width: int) -> list[str]:
    """Return a line for each of the first few functions, and a line with the number of the remaining functions."""
    lines = [
        f"  {variant.function:<{width}}  {variant.location}   excluded by {variant.decorators}" for variant in variants[:4]
    ]
    return [*lines, f"  ... and {len(variants) - 4} more"] if len(variants) > 4 else lines


def config_advice(variants: Iterable[ExcludedVariant], how: str) -> str:
    """Return advice on the config keys to set, one or two sentences for each key. `how` ends each instruction."""
    nearest = _nearest(list(variants))
    sentences: list[str] = []
    for key in dict.fromkeys(unmet.key for variant in nearest for unmet in variant.unmet):
        about = [unmet for variant in nearest for unmet in variant.unmet if unmet.key == key]
        first = about[0]
        sentences.append(f"Config value `{key}` is {first.present}." if first.is_set else f"Config value `{key}` is not set.")
        choices = list(dict.fromkeys(choice for unmet in about for choice in unmet.choices))
        if choices:
            sentences.append(f"Set it to {_either(choices)}{how}.")
        elif first.is_set:
            sentences.append(f"Set it to another value{how}.")
        else:
            sentences.append(f"Set it{how}.")
    return " ".join(sentences)


def keys_to_set(variants: Iterable[ExcludedVariant]) -> list[str]:
    """Return the config keys to set."""
    return list(dict.fromkeys(unmet.key for variant in _nearest(list(variants)) for unmet in variant.unmet))


def _nearest(variants: Sequence[ExcludedVariant]) -> Sequence[ExcludedVariant]:
    """Return the variants whose unmet conditions all concern keys that are not set.

    If there are none, return all variants.
    """
    lacking = [variant for variant in variants if not any(unmet.is_set for unmet in variant.unmet)]
    return lacking or variants


def _either(choices: Sequence[str]) -> str:
    """Return the choices as text: `1`, `1 or 2`, `1, 2 or 3`."""
    if len(choices) > _MAX_LISTED:
        return f"{', '.join(choices[:_MAX_LISTED])} or another allowed value"
    *first, last = choices
    return f"{', '.join(first)} or {last}" if first else last
