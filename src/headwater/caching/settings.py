"""Settings of a cache: where it is, and how it treats each node."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from headwater.errors import CacheError, short_repr

if TYPE_CHECKING:
    from headwater.graph.node import Node

Behavior = Literal["default", "recompute", "disable", "ignore"]
"""How a cache treats a node:

- `default`: use the stored value if it is valid. Otherwise, compute and store a new value.
- `recompute`: always compute and store. Nodes downstream are reused if the new value equals the old one.
- `disable`: always compute, without storing. Everything downstream is computed, too.
- `ignore`: always compute. Nodes downstream treat the value as a constant.
"""
BEHAVIORS: Final = get_args(Behavior)
FORMAT_NAMES: Final = ("parquet", "npy", "json", "pickle")
CACHE_TAG: Final = "headwater.cache."
"""The prefix of the tags that `@cache` adds. Each tag ends with the name of a setting."""
_ROLE_TAG: Final = "headwater.role"


@dataclass(frozen=True, slots=True)
class Pinned:
    """Use one stored version of a node's value, regardless of its code and inputs: `Pinned("3f2a...")`."""

    version: str


Treatment = Behavior | Pinned
Treatments = Treatment | Mapping[str, Treatment]
"""How to treat all nodes in a run, or some nodes by name."""
_NONE: Final[Mapping[str, Treatment]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """The settings of a cache. See `Builder.with_cache`."""

    path: str
    values: str | None = None
    default_behavior: Behavior = "default"
    default_loader_behavior: Behavior = "recompute"
    default_saver_behavior: Behavior = "recompute"
    nodes: Mapping[str, Treatment] = field(default_factory=lambda: _NONE)
    formats: Mapping[str, str] = field(default_factory=dict[str, str])
    max_bytes: int | None = None
    allow_pickle: bool = True

    def __reduce__(self) -> tuple[type[CacheSettings], tuple[object, ...]]:
        """Return the class and its arguments for `pickle`. Read-only mappings, which cannot be pickled, become dictionaries.

        Before Python 3.11.4, a frozen dataclass with slots ignores its own `__getstate__`.
        """
        fields = {name: getattr(self, name) for name in self.__slots__}
        return CacheSettings, tuple({**fields, "nodes": dict(self.nodes), "formats": dict(self.formats)}.values())

    def treatment(self, node: Node, run: Treatments | None = None) -> Treatment:
        """Return the treatment of a node. In order of precedence: the run, these settings, `@cache`, and the defaults."""
        if isinstance(run, str | Pinned):
            return run
        if run is not None and node.name in run:
            return run[node.name]
        if node.name in self.nodes:
            return self.nodes[node.name]
        tags = node.tags
        if not tags:
            return self.default_behavior
        if (tagged := tags.get(f"{CACHE_TAG}behavior")) is not None:
            return cast(Behavior, tagged)
        match tags.get(_ROLE_TAG):
            case "loader":
                return self.default_loader_behavior
            case "saver":
                return self.default_saver_behavior
            case _:
                return self.default_behavior

    def format(self, node: Node) -> str | None:
        """Return the requested format for a node's value, or None."""
        requested = self.formats.get(node.name) or node.tags.get(f"{CACHE_TAG}format")
        return requested if isinstance(requested, str) else None


def cache_settings(
    path: object,
    *,
    values: str | None,
    lists: Mapping[Behavior, bool | Iterable[str] | None],
    pinned: Mapping[str, str] | None,
    formats: Mapping[str, str] | None,
    max_bytes: int | None,
    defaults: tuple[Behavior | None, Behavior, Behavior],
    allow_pickle: bool | None,
) -> CacheSettings:
    """Return the settings of a cache from the arguments of `Builder.with_cache`, after checking them.

    Raises:
        CacheError: an argument is invalid, or two arguments contradict each other.
    """
    folder = _folder(path)
    default, loaders, savers = defaults
    everything: list[Behavior] = [behavior for behavior, names in lists.items() if names is True]
    if len(everything) + (default is not None) > 1:
        raise CacheError("Only one behavior can apply to all nodes. Pass lists of names for the other behaviors.")
    for behavior in (*everything, default, loaders, savers):
        if behavior is not None and behavior not in BEHAVIORS:
            raise CacheError(f"A cache behavior must be one of {_listed(BEHAVIORS)}, not {behavior!r}.")
    for name, format_ in (formats or {}).items():
        if format_ not in FORMAT_NAMES:
            raise CacheError(f"The format of `{name}` must be one of {_listed(FORMAT_NAMES)}, not {format_!r}.")
    if max_bytes is not None and (type(max_bytes) is not int or max_bytes < 0):
        raise CacheError(f"`max_bytes` must be a number of bytes, not {max_bytes!r}.")
    return CacheSettings(
        path=folder,
        values=values,
        default_behavior=everything[0] if everything else (default or "default"),
        default_loader_behavior=loaders,
        default_saver_behavior=savers,
        nodes=_treatments_by_node(lists, pinned or {}),
        formats=dict(formats or {}),
        max_bytes=max_bytes,
        allow_pickle=values is None if allow_pickle is None else allow_pickle,
    )


def _folder(path: object) -> str:
    """Return the absolute path of a cache, because the current folder may change.

    Raises:
        CacheError: `path` cannot be the path of a folder.
    """
    if not isinstance(path, str | os.PathLike):
        raise CacheError(f"The path of a cache must be a string or a `Path`, not {short_repr(path)}.")
    folder = os.fspath(cast("str | os.PathLike[str]", path))
    if not folder or "\0" in folder:
        raise CacheError(f"The path of a cache must point to a folder, not {folder!r}.")
    if "://" in folder:
        raise CacheError(f'Traces need a local folder. Write `with_cache(".headwater", values="{folder}")` to share values.')
    if os.path.exists(folder) and not os.path.isdir(folder):  # noqa: PTH110, PTH112 - importing pathlib takes 5 ms
        raise CacheError(f"The path of a cache must be a folder, but `{folder}` is a file.")
    return os.path.abspath(folder)  # noqa: PTH100 - importing pathlib takes 5 ms


def _treatments_by_node(
    lists: Mapping[Behavior, bool | Iterable[str] | None], pinned: Mapping[str, str]
) -> dict[str, Treatment]:
    pairs: list[tuple[str, Treatment]] = []
    for behavior, names in lists.items():
        if isinstance(names, str):
            raise CacheError(f'`{behavior}` must be a list of names: write `{behavior}=["{names}"]`.')
        if not isinstance(names, bool) and names is not None:
            pairs.extend((name, behavior) for name in names)
    pairs.extend((name, Pinned(version)) for name, version in pinned.items())
    treatments: dict[str, Treatment] = {}
    for name, treatment in pairs:
        if name in treatments:
            raise CacheError(f"`{name}` has two cache behaviors: {treatments[name]!r} and {treatment!r}. Choose one.")
        treatments[name] = treatment
    return treatments


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def checked_treatments(treatments: Treatments, names: Container[str]) -> Treatments:
    """Return the `cache` argument of a run after checking it.

    Args:
        treatments: the argument.
        names: the names of all nodes.

    Raises:
        CacheError: the argument is invalid.
    """
    pairs = treatments.items() if isinstance(treatments, Mapping) else [(None, treatments)]
    for name, value in pairs:
        if name is not None and name not in names:
            raise CacheError(f"`cache` names the node `{name}`, which is not in the dataflow.")
        if not isinstance(value, Pinned) and value not in BEHAVIORS:
            raise CacheError(
                f"A cache behavior must be one of {_listed(BEHAVIORS)}, or `Pinned(version)`, not {short_repr(value)}."
            )
    return treatments
