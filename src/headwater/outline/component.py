"""`Component`: modules that import one another, read together. Those of other components mean the same without them."""

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
    """What the text of a function comes to under a config."""

    nodes: tuple[Node, ...]
    diagnostics: tuple[Diagnostic, ...]
    warnings: tuple[DecoratorWarning, ...]


@dataclass(slots=True, eq=False)
class Component:
    """What the text of some modules tells. It holds as long as none of them changes and none joins them."""

    modules: Mapping[str, SourceModule]
    source_functions: dict[tuple[str, str], SourceFunction] = field(default_factory=dict[tuple[str, str], SourceFunction])
    """What stands for each function, private ones too, with its decorators noted on it."""
    decorator_diagnostics: dict[str, list[Diagnostic]] = field(default_factory=dict[str, list[Diagnostic]])
    """What is wrong with decorators, by module."""
    definitions: dict[str, list[Definition]] = field(default_factory=dict[str, list[Definition]])
    """The public functions of each module, in the order in which they are written, without those whose names are wrong."""
    definition_diagnostics: dict[str, list[Diagnostic]] = field(default_factory=dict[str, list[Diagnostic]])
    """What is wrong with the names of functions, by module."""
    ends: dict[SourceLocation, int | None] = field(default_factory=dict[SourceLocation, int | None])
    """The last lines of functions, by where they begin."""
    outlines: dict[Definition, FunctionOutline] = field(default_factory=dict[Definition, FunctionOutline])
    """What was read under the present config."""

    @property
    def files(self) -> list[str]:
        """The files of the modules."""
        return [module.file for module in self.modules.values()]

    @classmethod
    def of(cls, modules: Mapping[str, SourceModule]) -> Self:
        """Read modules and all that they import of one another. Nobody else may have linked them."""
        link(modules)
        component = cls(modules)
        component._decorate()
        for module in modules.values():
            component._define(module)
        source_functions = component.source_functions.values()
        component.ends = {SourceLocation(one.module.file, one.source.lineno): one.source.end_lineno for one in source_functions}
        return component

    def _decorate(self) -> None:
        self.source_functions = {
            (module.name, name): SourceFunction(function, module)
            for module in self.modules.values()
            for name, function in module.functions.items()
        }
        for name in self.modules:
            self.decorator_diagnostics[name] = []
        for one in self.source_functions.values():
            found = decorate(one, one.source, one.module, self.modules, self.source_functions)
            self.decorator_diagnostics[one.module.name] += found

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
    """Warnings of functions that a later one of the same name hides."""
    for hidden, kept in module.redefined:
        first, second = SourceLocation(module.file, hidden.lineno), SourceLocation(module.file, kept.lineno)
        twice = f"`{kept.name}` is defined twice, at {first} and at {second}: Python keeps the later. Rename or remove one."
        yield Diagnostic(OutlineWarning(twice, kept.name), second, kept.col_offset + 1)


def connected_components(modules: Mapping[str, SourceModule]) -> list[dict[str, SourceModule]]:
    """The modules in groups, none of which mentions a module of another."""
    tops = {top_of(name) for name in modules}
    connected = {top: {top} for top in tops}
    for module in modules.values():
        found = (module.mentioned | {top_of(module.name)}) & tops
        together = set[str]().union(*(connected[top] for top in found))
        connected.update(dict.fromkeys(together, together))
    groups: dict[int, dict[str, SourceModule]] = {}
    for name, module in modules.items():
        groups.setdefault(id(connected[top_of(name)]), {})[name] = module
    return list(groups.values())
