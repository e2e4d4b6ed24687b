"""The theme treats only links to translations as translations."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "alternates.py"
SPEC = importlib.util.spec_from_file_location("docs_hooks_alternates", HOOK)
assert SPEC is not None
assert SPEC.loader is not None
alternates = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(alternates)


def test_the_script_of_the_site_selects_links_to_translations(tmp_path: Path) -> None:
    script = tmp_path / "assets" / "javascripts" / "bundle.a1b2.min.js"
    script.parent.mkdir(parents=True)
    script.write_text('b(()=>M("link[rel=alternate]"))', encoding="utf-8")
    alternates.on_post_build(SimpleNamespace(site_dir=str(tmp_path)))
    assert script.read_text(encoding="utf-8") == 'b(()=>M("link[rel=alternate][hreflang]"))'


@pytest.mark.parametrize("script", ["", 'M("link[rel=alternate]");M("link[rel=alternate]")'])
def test_another_version_of_the_theme_is_reported(script: str) -> None:
    with pytest.raises(PluginError, match="no longer contains"):
        alternates.only_translations(script)
