"""The Python environment: the versions of Python and of imported packages."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Environment:
    """The versions of Python and packages, and the platform."""

    python: str
    platform: str
    packages: Mapping[str, str]
    """The versions of the imported packages, keyed by distribution name."""

    @classmethod
    def current(cls) -> Environment:
        """Return this process's environment."""
        imported = {name.partition(".")[0] for name in sys.modules}
        distributions = _distributions()
        names = sorted({name for module in imported for name in distributions.get(module, ())})
        return cls(platform.python_version(), platform.platform(), {name: importlib.metadata.version(name) for name in names})

    def differences(self) -> list[str]:
        """Return a line for each difference from the environment of this process."""
        now_python, now_platform = platform.python_version(), platform.platform()
        lines = [f"Python {self.python}, now {now_python}"] if self.python != now_python else []
        lines += [f"{self.platform}, now {now_platform}"] if self.platform != now_platform else []
        for name, version in self.packages.items():
            now = _installed_version(name)
            if now != version:
                lines.append(f"{name} {version}, now {now or 'not installed'}")
        return lines


@cache
def _distributions() -> Mapping[str, list[str]]:
    """Return the distributions of each package. Cached, because this reads the metadata of all installed distributions."""
    return importlib.metadata.packages_distributions()


def _installed_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None
