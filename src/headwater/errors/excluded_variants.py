"""Functions that a config leaves out, and what to change in the config to have them take part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from headwater.introspection.source_location import SourceLocation

WITH_CONFIG: Final = " with `with_config`"
"""Ends the advice for a program, where nothing else says how to set a config value."""
MOST_CHOICES: Final = 100
"""Values of one condition that are looked at: a `range` may have any number."""
_MOST: Final = 8
"""Values that are listed."""


class UnmetCondition(NamedTuple):
    """A condition on one config key that does not hold."""

    key: str
    is_given: bool
    present: str
    """The config's value, as text."""
    choices: tuple[str, ...] = ()
    """The values with which it would hold, as text; empty where they cannot be listed."""
    is_excluded: bool = False
    """Whether any other value than the present one would do."""


class ExcludedVariant(NamedTuple):
    """A function that does not take part."""

    name: str
    """The node that it would make."""
    function: str
    location: SourceLocation
    decorators: str
    unmet: tuple[UnmetCondition, ...]
    is_nested: bool = False
    """Whether it belongs to a subdag."""


def variant_lines(variants: Sequence[ExcludedVariant], width: int) -> list[str]:
    """A line for each function."""
    lines = [
        f"  {variant.function:<{width}}  {variant.location}   left out by {variant.decorators}" for variant in variants[:4]
    ]
    return [*lines, f"  ... and {len(variants) - 4} more"] if len(variants) > 4 else lines


def config_advice(variants: Iterable[ExcludedVariant], how: str) -> str:
    """What to set in the config, a sentence or two for each key; `how` says in which way."""
    nearest = _nearest(list(variants))
    sentences: list[str] = []
    for key in dict.fromkeys(unmet.key for variant in nearest for unmet in variant.unmet):
        about = [unmet for variant in nearest for unmet in variant.unmet if unmet.key == key]
        first = about[0]
        sentences.append(f"The config's `{key}` is {first.present}." if first.is_given else f"The config has no `{key}`.")
        choices = list(dict.fromkeys(choice for unmet in about for choice in unmet.choices))
        if choices:
            sentences.append(f"Set it to {_either(choices)}{how}.")
        elif any(unmet.is_excluded for unmet in about):
            sentences.append(f"Set it to something else{how}.")
        else:
            sentences.append(f"Set it{how}.")
    return " ".join(sentences)


def keys_to_set(variants: Iterable[ExcludedVariant]) -> list[str]:
    """The config keys to set."""
    return list(dict.fromkeys(unmet.key for variant in _nearest(list(variants)) for unmet in variant.unmet))


def _nearest(variants: Sequence[ExcludedVariant]) -> Sequence[ExcludedVariant]:
    """Those that only lack config values, if there are any: what is given need not be changed for them."""
    lacking = [variant for variant in variants if not any(unmet.is_given for unmet in variant.unmet)]
    return lacking or variants


def _either(choices: Sequence[str]) -> str:
    """`1`, `1 or 2`, `1, 2 or 3`."""
    if len(choices) > _MOST:
        return f"{', '.join(choices[:_MOST])} or another of these values"
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last
