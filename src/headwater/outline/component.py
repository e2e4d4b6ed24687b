"""`Component`: modules that refer to one another, so they are analyzed together. Components are independent of one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from headwater.definitions.functions import Definition, select_definitions
from headwater.errors import DecoratorWarning, HeadwaterError
from headwater.graph.node import Node
from headwater.introspection.source_location import SourceLocation
from headwater.outline.decorators import SourceFunction, decorate
from headwater.outline.diagnostics import Diagnostic, OutlineWarning
from headwater.outline.module import SourceModule, link, top_of
from headwater.outline.scope import public_functions


class FunctionOutline(NamedTuple):
    """The nodes of a function under a given config, and the problems in the function."""

    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]
    warnings: tuple[DecoratorWarning, ...]


@dataclass(slots=True, eq=False)
class Component:
    """A set of modules that refer to one another. Valid until one of the modules changes, or another module is added."""

    modules: Mapping[str, SourceModule]
    source_functions: dict[tuple[str, str], SourceFunction] = field(default_factory=dict[tuple[str, str], SourceFunction])
    """The functions, including private ones, with their decorators attached."""
    decorator_diagnostics: dict[str, list[Diagnostic]] = field(default_factory=dict[str, list[Diagnostic]])
    """Problems with decorators, keyed by module name."""
    definitions: dict[str, list[Definition]] = field(default_factory=dict[str, list[Definition]])
    """The public functions in each module in source order, except functions with invalid names."""
    definition_diagnostics: dict[str, list[Diagnostic]] = field(default_factory=dict[str, list[Diagnostic]])
    """Problems with the names of functions, keyed by module name."""
    last_lines: dict[SourceLocation, int | None] = field(default_factory=dict[SourceLocation, int | None])
    """The last line of each function, keyed by the location of its first line."""
    outlines: dict[Definition, FunctionOutline] = field(default_factory=dict[Definition, FunctionOutline])
    """The nodes and problems of each function under the current config."""

    @property
    def files(self) -> list[str]:
        """The files of the modules."""
        return [module.file for module in self.modules.values()]

    @classmethod
    def of(cls, modules: Mapping[str, SourceModule]) -> Self:
        """Create a component from modules that are not linked yet."""
        link(modules)
        component = cls(modules)
        component._decorate()
        for module in modules.values():
            component._define(module)
        component.last_lines = {
            SourceLocation(function.module.file, function.source.lineno): function.source.end_lineno
            for function in component.source_functions.values()
        }
        return component

    def _decorate(self) -> None:
        self.source_functions = {
            (module.name, name): SourceFunction(function, module)
            for module in self.modules.values()
            for name, function in module.functions.items()
        }
        for name in self.modules:
            self.decorator_diagnostics[name] = []
        for function in self.source_functions.values():
            diagnostics = decorate(function, function.source, function.module, self.modules, self.source_functions)
            self.decorator_diagnostics[function.module.name] += diagnostics

    def _define(self, module: SourceModule) -> None:
        definitions: list[Definition] = []
        diagnostics: list[Diagnostic] = []
        for definition in public_functions(module, self.source_functions):
            try:
                if definition.conditions:
                    select_definitions([definition], {})
            except HeadwaterError as error:
                diagnostics.append(Diagnostic(error))
            else:
                definitions.append(definition)
        self.definitions[module.name] = definitions
        self.definition_diagnostics[module.name] = diagnostics


def redefinition_diagnostics(module: SourceModule) -> Iterator[Diagnostic]:
    """Yield warnings about functions that a later definition replaces."""
    for replaced, replacement in module.redefined:
        first, second = SourceLocation(module.file, replaced.lineno), SourceLocation(module.file, replacement.lineno)
        message = (
            f"`{replacement.name}` is defined twice, at {first} and at {second}. Python uses the second. Rename or remove one."
        )
        yield Diagnostic(OutlineWarning(message, replacement.name), second, replacement.col_offset + 1)


def connected_components(modules: Mapping[str, SourceModule]) -> list[dict[str, SourceModule]]:
    """Group the modules so that no group refers to a module in another group."""
    tops = {top_of(name) for name in modules}
    connected = {top: {top} for top in tops}
    for module in modules.values():
        referenced = (module.mentioned | {top_of(module.name)}) & tops
        merged = set[str]().union(*(connected[top] for top in referenced))
        connected.update(dict.fromkeys(merged, merged))
    groups: dict[int, dict[str, SourceModule]] = {}
    for name, module in modules.items():
        groups.setdefault(id(connected[top_of(name)]), {})[name] = module
    return list(groups.values())
