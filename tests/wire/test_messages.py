"""The bridge answers each request in the declared wire format, and `make wire` turns shapes into types and validators."""

from __future__ import annotations

import importlib.util
import json
import typing
from pathlib import Path
from typing import Any, NotRequired

import pytest

from headwater.wire import messages

PLAYGROUND = Path(__file__).parents[2] / "playground"

pytestmark = pytest.mark.skipif(not (PLAYGROUND / "wire").exists(), reason="the page's sources are not available")

FILES = {"prices.py": "def rate(base: int = 1) -> int:\n    return 2\n\ndef total(rate: int) -> int:\n    return rate * 3\n"}
REQUESTS: dict[str, dict[str, Any]] = {
    "outline": {"files": FILES, "values": {"inputs": {"base": "2"}, "config": {}, "overrides": {}}},
    "run": {"files": FILES, "outputs": None},
    "preview": {"node": "total"},
    "complete": {"node": "total"},
    "attributes": {"file": "prices.py", "text": "x.", "line": 1, "column": 2},
    "describe": {"name": "total"},
    "compare": {"before": "b"},
    "check": {"source": "assert value('total') == 6"},
    "export": {"export": "test", "files": FILES, "outputs": None, "node": "total", "title": "A", "link": None, "engine": None},
    "close": {},
}


def kind_of(shape: Any) -> str:
    (word,) = typing.get_args(typing.get_type_hints(shape)["kind"])
    return str(word)


def required(shape: Any) -> set[str]:
    hints = typing.get_type_hints(shape, include_extras=True)
    return {name for name, kind in hints.items() if typing.get_origin(kind) is not NotRequired}


@pytest.fixture(scope="module")
def bridge() -> Any:
    spec = importlib.util.spec_from_file_location("bridge", PLAYGROUND / "src" / "runtime" / "bridge.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Bridge()


@pytest.mark.parametrize("request_type", messages.ANSWERS, ids=kind_of)
def test_a_request_is_answered_by_the_reply_that_is_stated(bridge: Any, request_type: Any) -> None:
    reply_type = messages.ANSWERS[request_type]
    kind = kind_of(request_type)
    request = {"id": 1, "session": "a", "kind": kind, **REQUESTS[kind]}
    assert required(request_type) <= request.keys() <= request_type.__annotations__.keys()
    if kind in ("preview", "check"):
        bridge.answer(json.dumps({"id": 0, "session": "a", "kind": "run", **REQUESTS["run"]}), lambda _: None)
    reply = json.loads(bridge.answer(json.dumps(request), lambda _: None))
    assert reply["kind"] == kind_of(reply_type)
    assert required(reply_type) <= reply.keys() <= reply_type.__annotations__.keys()


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that generates types and validators for the shapes in `shapes.py`, as `make wire` does."""
    monkeypatch.syspath_prepend(str(PLAYGROUND))
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    declarations = importlib.import_module("wire.declarations")
    types, validators = importlib.import_module("wire.typescript"), importlib.import_module("wire.validators")
    here = declarations.Declarations(importlib.import_module("shapes"))
    return lambda: (types.typescript(here, {}), lambda name: validators.validators(here, name))


def test_a_shape_is_written_as_a_type_and_as_a_validator(wire: Any) -> None:
    types, validators = wire()
    assert (
        "/** A shape. */\nexport interface Small {\n"
        '  kind: "small";\n'
        "  /** The name. */\n"
        "  name: string;\n"
        "  few?: number[];\n"
        "  other: number | null;\n}\n"
    ) in types
    assert validators("Small") == (
        'const small = v.object({\nkind: v.literal("small"),\nname: maxText(3),\n'
        "few: v.exactOptional(maxItems(count, 2)),\nother: v.nullable(v.number()),\n});\n\nexport { small };\n"
    )


def test_a_text_without_a_bound_cannot_be_in_a_reply(wire: Any) -> None:
    _, validators = wire()
    with pytest.raises(TypeError, match="has no bound"):
        validators("Open")
