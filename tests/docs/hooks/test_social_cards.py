"""Each page has a card with its title, its section and its description."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("PIL", reason="needs the packages for the site")

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "social_cards.py"
CONFIG = SimpleNamespace(site_name="Headwater", site_description="Turn functions into a dataflow. Edit one.")


@pytest.fixture(scope="module")
def hook() -> Any:
    spec = importlib.util.spec_from_file_location("docs_hooks_social_cards", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(uri: str, navigation_title: str, *, section: str | None = None, **meta: str) -> SimpleNamespace:
    parent = None if section is None else SimpleNamespace(title=section)
    return SimpleNamespace(
        file=SimpleNamespace(src_uri=uri), title=navigation_title, parent=parent, meta=meta, is_homepage=uri == "index.md"
    )


def texts(card: Any) -> tuple[str, str, str, str]:
    return (card.site, card.section, card.title, card.description)


def test_a_card_has_the_texts_of_the_page(hook: Any) -> None:
    described = page("guides/async.md", "Async functions", section="Guides", description="Run `async def` functions.")
    assert texts(hook.card(described, CONFIG)) == ("Headwater", "Guides", "Async functions", "Run async def functions.")
    assert texts(hook.card(page("play.md", "Nav", title="Playground"), CONFIG)) == ("Headwater", "", "Playground", "")


def test_the_card_of_the_home_page_describes_the_project(hook: Any) -> None:
    assert texts(hook.card(page("index.md", "Home"), CONFIG)) == (
        "Headwater",
        "",
        "Turn functions into a dataflow",
        "Edit one.",
    )


def test_the_card_is_written_into_the_site(hook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "CACHE", tmp_path / "cache")
    config = SimpleNamespace(**vars(CONFIG), site_dir=str(tmp_path / "site"))
    context = hook.on_page_context({}, page=page("guides/async.md", "Async functions"), config=config)
    assert context == {"card": "assets/cards/guides/async.png"}
    assert (tmp_path / "site" / context["card"]).read_bytes().startswith(b"\x89PNG")
