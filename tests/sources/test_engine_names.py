"""Names from Headwater in source text."""

from __future__ import annotations

import ast

import pytest

from headwater.sources.engine_names import engine_name
from headwater.sources.links import CodeGraph
from headwater.sources.statements import statements_of

MODULES = {
    "flow": """
import headwater
import headwater.quality as quality
import headwater as hw
from headwater import tag, tag as label
from headwater.hooks import Observer
from common import check as other, own, price
from .common import check
import common
def local(): ...
""",
    "common": "from headwater import check_output as check\nfrom flow import own\nfrom library import price",
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tag", "tag"),
        ("label", "tag"),
        ("hw.config.when", "config.when"),
        ("headwater.tag", "tag"),
        ("quality.checks", "checks"),
        ("Observer", "Observer"),
        ("other", "check_output"),
        ("check", None),
        ("own", None),
        ("price", None),
        ("common.check", None),
        ("local", None),
        ("missing", None),
        ("(1).real", None),
    ],
)
def test_imports_are_followed_to_headwater(text: str, name: str | None) -> None:
    graph = CodeGraph({module: statements_of(module, source) for module, source in MODULES.items()})
    assert engine_name(ast.parse(text, mode="eval").body, "flow", graph) == name
