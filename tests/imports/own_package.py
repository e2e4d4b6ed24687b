"""A contract for import-linter: no module imports its own package. The built-in contracts compare only siblings."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OwnPackageContract(Contract):
    """No module in a package below the root imports that package.

    A package usually imports its modules, so an import in the other direction closes a cycle.
    """

    type_name = "own_package"

    root: Any = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports of a package by its own modules."""
        del verbose
        found = [
            (module, package, detail["line_number"])
            for package in sorted(graph.find_descendants(self.root))
            for module in sorted(graph.find_descendants(package))
            for detail in graph.get_import_details(importer=module, imported=package)
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line per import."""
        for module, package, line in check.metadata["found"]:
            output.print_error(f"- {module} -> {package} (l.{line}): import the module that defines the name instead")
        output.new_line()
