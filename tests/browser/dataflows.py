"""Small dataflows that the tests open."""

from pathlib import Path

import pytest

SMALL = '''\
def price() -> int:
    """What one costs."""
    return 20


def total(price: int, quantity: int = 3) -> int:
    """What all cost."""
    return price * quantity
'''

ENDLESS = SMALL.replace("return price * quantity", "while True:\n        pass")

HOSTILE = Path(__file__).with_name("hostile")


def hostile(*paths: str, **texts: str) -> dict[str, str]:
    """Files of a hostile dataflow, as they are, and others made up."""
    files = {Path(path).name: (HOSTILE / path).read_text(encoding="utf-8") for path in paths}
    return files | {f"{name}.txt": text for name, text in texts.items()}


def hostile_flows(folder: str) -> pytest.MarkDecorator:
    """Run a test with the path of each hostile dataflow in a folder."""
    paths = sorted((HOSTILE / folder).iterdir())
    assert paths
    return pytest.mark.parametrize("path", paths, ids=[path.stem for path in paths])


def files_of(path: Path) -> dict[str, str]:
    """A hostile dataflow of one module."""
    return {"flow.py": path.read_text(encoding="utf-8")}
