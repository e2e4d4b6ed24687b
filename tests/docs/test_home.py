"""The home page's promise about its live example holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from headwater.session import Session

pytestmark = pytest.mark.native

DOCS = Path(__file__).parents[2] / "docs"
HOME = (DOCS / "index.md").read_text(encoding="utf-8")
PROMISE = re.compile(r"change `(\w+ = )(\S+)` to `(\S+)` on line (\d+)\..*: (\d+) of (\d+) nodes rerun", re.DOTALL)


def test_the_suggested_edit_reruns_as_many_nodes_as_promised():
    promise = PROMISE.search(HOME)
    assert promise is not None
    variable, old, new, line, rerun, nodes = promise.groups()
    example = DOCS / "examples" / re.search(r'<hw-play example="([\w-]+)"', HOME)[1]
    settings = tomllib.loads((example / "example.toml").read_text(encoding="utf-8"))
    modules = {path.name: path.read_text(encoding="utf-8") for path in sorted(example.glob("*.py")) if path.name != "run.py"}
    data = {name: (DOCS / "data" / name).read_text(encoding="utf-8") for name in settings["data"]}
    first = next(iter(modules))
    assert modules[first].splitlines()[int(line) - 1].startswith(variable + old)

    with Session() as session:
        session.update({**modules, **data})
        assert len(session.run(settings["outputs"])["nodes"]) == int(nodes)
        session.update({**modules, **data, first: modules[first].replace(variable + old, variable + new)})
        states = [node["state"] for node in session.run(settings["outputs"])["nodes"].values()]
    assert states.count("succeeded") == int(rerun)
    assert states.count("reused") == int(nodes) - int(rerun)
