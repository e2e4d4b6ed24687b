"""Add the playground and the examples to the site, and prerender every `<hw-play>`.

The example of `<hw-play example="seattle-weather">` runs in the build's Python, and the front end's templates render it under
Node (`playground/dist-node/prerender.js`). The visitor's browser then replaces the rendered markup with the live element.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from examples import Example, ExampleError, without_data
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from steps.course import current_course
from steps.settings import StepError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DOCS = Path(__file__).parents[1]
EXAMPLES = DOCS / "examples"
EDITIONS = DOCS / "editions"
KEPT = DOCS / ".cache"
PLAYGROUND = DOCS.parent / "playground"
BUNDLE = PLAYGROUND / "dist"
PACK = PLAYGROUND / ".cache" / "pack"
PRERENDER = PLAYGROUND / "dist-node" / "prerender.js"

SERVED_AT = "assets/headwater"

# Markdown wraps unknown elements in a paragraph. This pattern matches the paragraph too.
EMBED = re.compile(r"""(?:<p>\s*)?<hw-play(?P<attributes>(?:"[^"]*"|[^>"])*)>\s*</hw-play>(?:\s*</p>)?""")
# Valid example names, as in `playground/src/example.ts`. The browser fetches only examples with valid names.
EXAMPLE_NAME = re.compile(r"[a-z0-9-]{1,80}")
# The style sheet of the reference pages. On pages that show only the playground, it is deferred, like the theme's styles.
REFERENCE_STYLES = re.compile(r'<link (rel="stylesheet" href="[^"]*/_mkdocstrings\.css")')
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the front end, Python for the browser, the examples, and their editions."""
    for built, command in ((BUNDLE / "hw-play.js", "npm run build"), (PACK / "manifest.json", "make site")):
        if not built.is_file():
            raise PluginError(f"{built} is missing. Build the site with `make site`, which runs `{command}` first.")
    for folder, place in ((BUNDLE, SERVED_AT), (PACK, f"{SERVED_AT}/runtime"), (EDITIONS, f"{SERVED_AT}/editions")):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                files.append(_served(config, f"{place}/{path.relative_to(folder).as_posix()}", path))
    data: dict[str, Path] = {}
    for example in _examples():
        if not EXAMPLE_NAME.fullmatch(example.name):
            raise PluginError(f"Rename the example `{example.name}`. Use at most 80 lowercase letters, digits and hyphens.")
        data |= {file.path.name: file.path for file in example.data}
        text = json.dumps(without_data(_run(example)), ensure_ascii=False)
        files.append(File.generated(config, f"{SERVED_AT}/examples/{example.name}.json", content=text))
    for name, path in data.items():
        files.append(_served(config, f"{SERVED_AT}/data/{name}", path))
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Prerender every embedded playground on a page, after the search index has read the page without drawings."""
    if page.meta.get("template") == "play.html":
        output = REFERENCE_STYLES.sub(r"<link disabled \1", output)
    index, site = config.extra.get("package_index") or "", Path(config.site_dir)
    return EMBED.sub(lambda embed: _drawn(embed["attributes"], page.file.src_uri, index, site), output)


def on_post_build(**_: object) -> None:
    """Stop the program that prerenders, if it was started."""
    if _renderer.cache_info().currsize:
        _renderer().communicate()
        _renderer.cache_clear()


def _served(config: MkDocsConfig, uri: str, path: Path) -> File:
    return File.generated(config, uri, abs_src_path=str(path))


@cache
def _examples() -> list[Example]:
    """Return the examples in `docs/examples`, and the initial states of the course's steps under current and former names."""
    try:
        examples = [Example.read(settings.parent) for settings in sorted(EXAMPLES.glob("*/example.toml"))]
        steps = [step for step in current_course().steps if step.start]
    except (ExampleError, StepError) as problem:
        raise PluginError(str(problem)) from None
    starts = list(map(Example.of_step, steps))
    former = [step.former_example_name for step in steps]
    renamed = [replace(start, name=name) for start, name in zip(starts, former, strict=True) if name is not None]
    return [*examples, *starts, *renamed]


def _find(name: str) -> Example | None:
    return next((example for example in _examples() if example.name == name), None)


def _run(example: Example) -> dict[str, Any]:
    try:
        return example.run_or_recall(KEPT / "examples")
    except ExampleError as problem:
        raise PluginError(str(problem)) from None


def _inline(code: str, file: str, fails: str | None, site: Path) -> dict[str, Any]:
    """Return an example from code in the page, and write its file next to the files of the other examples."""
    name = f"inline-{hashlib.sha256(f'{file}:{code}'.encode()).hexdigest()[:12]}"
    example = _run(Example(name, title="", summary="", modules={file: code}, data=(), outputs=None, fails=fails))
    path = site / SERVED_AT / "examples" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(example, ensure_ascii=False), encoding="utf-8")
    return example


def _drawn(written: str, where: str, index: str, site: Path) -> str:
    attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(written)}
    if index:
        attributes.setdefault("packages", index)
    code = attributes.pop("code", None)
    if code is not None:
        example = _inline(code, attributes.pop("file", "flow.py"), attributes.pop("fails", None), site)
        return _recalled(example, {**attributes, "example": example["name"]})
    name = attributes.get("example")
    found = None if name is None else _find(name)
    if found is None:
        raise PluginError(f"{where} embeds <hw-play{written}>, but there is no example `{name}` in docs/examples.")
    return _recalled(_run(found), attributes)


def _recalled(example: dict[str, Any], attributes: dict[str, str]) -> str:
    name = example["name"]
    request = json.dumps({**example, "attributes": attributes, "previews": {}})
    key = hashlib.sha256(PRERENDER.read_bytes() + request.encode()).hexdigest()[:16]
    cached = KEPT / "drawn" / f"{name}-{key}.html"
    if not cached.is_file():
        cached.parent.mkdir(parents=True, exist_ok=True)
        cached.write_text(_prerender(request, name), encoding="utf-8")
    return cached.read_text(encoding="utf-8")


def _prerender(request: str, name: str) -> str:
    renderer = _renderer()
    assert renderer.stdin is not None
    assert renderer.stdout is not None
    with suppress(BrokenPipeError):  # the program has ended and printed the reason
        renderer.stdin.write(f"{request}\n")
        renderer.stdin.flush()
    drawn = renderer.stdout.readline()
    if not drawn:
        raise PluginError(f"Prerendering the example `{name}` failed. Node has printed the reason.")
    rendered: str = json.loads(drawn)
    return rendered.strip()


@cache
def _renderer() -> subprocess.Popen[str]:
    """Start the program that prerenders all examples. Its startup takes ten times as long as rendering an example."""
    node = shutil.which("node")
    if node is None:
        raise PluginError("Prerendering the examples needs Node on the PATH. `make site` provides it.")
    return subprocess.Popen(  # noqa: S603 - runs the project's own code
        [node, str(PRERENDER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
