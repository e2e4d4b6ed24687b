"""The parts of a plan's keys that do not depend on the run: the tokens of nodes, and the sources of their arguments."""

from __future__ import annotations

from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.caching.hashing import SCHEME
from headwater.caching.node_tokens import covered_token
from headwater.graph.node import Dependency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.caching.loaded_code import LoadedCode
    from headwater.caching.node_tokens import NodeToken
    from headwater.caching.settings import CacheSettings, Treatment
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan, Step


class PreparedStep(NamedTuple):
    """One step of a plan, with the data that a cache needs for it."""

    step: Step
    node: Node
    treatment: Treatment
    """The treatment from the settings. A run may replace it."""
    code: NodeToken
    prefix: str | None
    """The part of the key that does not depend on the arguments. None if the code is unknown."""
    sources: tuple[str, ...]
    """The names of the nodes and inputs that provide the arguments."""
    constants: Mapping[str, str | None]
    """The versions of config values, keyed by name. A version is None if the parameter uses its default."""
    problem: str | None
    """Why the value cannot be cached."""

    def key(self, versions: Mapping[str, Any]) -> bytes | None:
        """Return the key of the trace, or None if a version is unknown."""
        if self.prefix is None:
            return None
        parts = [self.prefix]
        for source in self.sources:
            version = versions.get(source)
            if version is None:
                if source not in self.constants:
                    return None
                version = self.constants[source] or "-"
            elif type(version) is not str:
                return None
            parts.append(version)
        return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def parts(self, versions: Mapping[str, Any], steps: Mapping[str, PreparedStep], code: LoadedCode) -> dict[str, str | None]:
        """Return the digest of each part of the key, keyed by label. A digest is None if it is unknown."""
        parts: dict[str, str | None] = dict(self.code.parts(code))
        for source in self.sources:
            label = f"{'node' if source in steps else 'input'} {source}"
            version = versions.get(source, self.constants.get(source))
            if source not in versions and source in self.constants:
                parts[f"config {source}" if version is not None else f"default of {source}"] = version or "-"
            else:
                parts[label] = version if isinstance(version, str) else None
        return parts


_NO_CONSTANTS: Final[Mapping[str, str | None]] = MappingProxyType({})


def prepared_steps(plan: Plan, code: LoadedCode, settings: CacheSettings) -> dict[str, PreparedStep]:
    """Return the steps of a plan in order, keyed by node name."""
    computed = {step.result for step in plan.steps} | set(plan.provided.values())
    return {step.node.name: _prepared(step, plan.template, computed, code, settings) for step in plan.steps}


def _prepared(
    step: Step, template: Sequence[Any], computed: set[int], code: LoadedCode, settings: CacheSettings
) -> PreparedStep:
    node = step.node
    own = covered_token(node, code)
    constants: Mapping[str, str | None] = _NO_CONSTANTS
    problem = own.problem
    for argument, slot in zip(node.arguments, step.arguments, strict=True):
        if slot in computed or type(argument) is not Dependency:
            continue
        value = template[slot]
        is_default = argument.optional and value is argument.default
        digest = None if is_default else code.constant(value)
        constants = {**constants, argument.source: digest}
        if digest is None and not is_default:
            problem = problem or f"the config value `{argument.source}` cannot be hashed"
    sources = tuple([argument.source for argument in node.arguments if isinstance(argument, Dependency)])
    prefix = None if problem is not None else f"{SCHEME} {own.token} {node.name}"
    return PreparedStep(step, node, settings.treatment(node), own, prefix, sources, constants, problem)
