"""The components of the pages, from the theme's files."""

import json


def test_the_packages_in_scripts_come_from_their_source_maps(licenses, tmp_path):
    sources = ["node_modules/lunr/lunr.js", "src/index.ts", "../node_modules/@scope/part/a.ts", "node_modules/lunr/b.js"]
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "bundle.js.map").write_text(json.dumps({"sources": sources}))
    assert licenses("theme").packages_in_maps(tmp_path) == ["@scope/part", "lunr"]


def test_only_icons_in_the_styles_count(licenses, tmp_path):
    for name, path in (("used", "M1 1z"), ("unused", "M2 2z")):
        (tmp_path / name / "solid").mkdir(parents=True)
        (tmp_path / name / "solid" / "icon.svg").write_text(f'<svg id="{name}"><path d="{path}"/></svg>')
    styles = "a{mask:url(\"data:image/svg+xml,<svg><path d='M1 1z'/></svg>\")}"
    assert [folder.name for folder in licenses("theme").used_icon_sets(tmp_path, styles)] == ["used"]
