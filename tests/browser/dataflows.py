"""Small dataflows that the tests open."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

SMALL = '''\
def price() -> int:
    """The price of one item."""
    return 20


def total(price: int, quantity: int = 3) -> int:
    """The price of all items."""
    return price * quantity
'''

ENDLESS = SMALL.replace("return price * quantity", "while True:\n        pass")

HOSTILE = Path(__file__).with_name("hostile")


def hostile(*paths: str, **texts: str) -> dict[str, str]:
    """Return the files of a hostile dataflow, with additional text files."""
    files = {Path(path).name: (HOSTILE / path).read_text(encoding="utf-8") for path in paths}
    return files | {f"{name}.txt": text for name, text in texts.items()}


def params(
    values: Mapping[str, object], *, usual: AbstractSet[str] | None = None, seconds: AbstractSet[str] = frozenset()
) -> list[object]:
    """Return named test parameters, some with a marker.

    `make test-seconds` runs only those in `seconds`. `make test` runs those in `usual` (at least one of each kind), or all if
    `usual` is None. `make test-all` runs all.
    """
    unknown = (seconds | (usual or set())) - values.keys()
    assert not unknown, f"unknown: {sorted(unknown)}"

    def marks(name: str) -> list[pytest.MarkDecorator]:
        if name in seconds:
            return [pytest.mark.seconds]
        return [] if usual is None or name in usual else [pytest.mark.everywhere]

    return [pytest.param(value, id=name, marks=marks(name)) for name, value in values.items()]


def hostile_flows(folder: str, *, usual: AbstractSet[str], seconds: AbstractSet[str] = frozenset()) -> pytest.MarkDecorator:
    """Run a test with the path of each hostile dataflow in a folder; see `params` for `usual` and `seconds`."""
    paths = {path.stem: path for path in sorted((HOSTILE / folder).iterdir())}
    assert paths
    return pytest.mark.parametrize("path", params(paths, usual=usual, seconds=seconds))


def files_of(path: Path) -> dict[str, str]:
    """Return the files of a hostile dataflow with one module."""
    return {"flow.py": path.read_text(encoding="utf-8")}
