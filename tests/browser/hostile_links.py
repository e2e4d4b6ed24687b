"""Links that the playground never creates. Each has a description and the expected notice."""

import base64
import json
import zlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pytest
from dataflows import params

FLOW = "def total() -> int:\n    return 60\n"
FINE = {"flow.py": FLOW}
MEGABYTE = bytes(2**20)


@dataclass(frozen=True)
class Link:
    """A fragment, and a part of the expected notice. If the notice is empty, the link opens."""

    tries: str
    fragment: str
    says: str = ""


def _link(payload: bytes) -> str:
    return "#v1." + base64.urlsafe_b64encode(payload).rstrip(b"=").decode()


def _deflated(content: str | bytes) -> bytes:
    return zlib.compress(content.encode() if isinstance(content, str) else content, 9)


def _of(content: object) -> str:
    return _link(_deflated(content if isinstance(content, str) else json.dumps(content)))


def _bomb(megabytes: int) -> str:
    """Return a link whose content is zeros, compressed a thousandfold: one flushed block, repeated."""
    deflate = zlib.compressobj(9)
    first, block = (deflate.compress(MEGABYTE) + deflate.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return _link(first + block * (megabytes - 1) + deflate.flush())


def inflated_size(fragment: str, most: int) -> int:
    """Return the size of a link's content, measured up to a limit."""
    payload = base64.urlsafe_b64decode(fragment.removeprefix("#v1.") + "==")
    inflate = zlib.decompressobj()
    size = 0
    while size < most and payload and not inflate.eof:
        size += len(inflate.decompress(payload, 2**20))
        payload = inflate.unconsumed_tail
    return size


def _with_dictionary(dictionary: bytes) -> bytes:
    deflate = zlib.compressobj(zdict=dictionary)
    return deflate.compress(json.dumps({"files": FINE}).encode()) + deflate.flush()


def _named(name: str) -> str:
    return json.dumps({"files": {name: FLOW}})


def _deep(levels: int) -> str:
    return "[" * levels + "]" * levels


BOMBS = [
    Link("decompresses to 130 MB", _bomb(130), "Its content is too large."),
    Link("decompresses to a gigabyte", _bomb(1024), "It is too long."),
]

DAMAGED = [
    Link("is empty", "#v1.", "damaged"),
    Link("is cut off", _of({"files": FINE})[:-12], "damaged"),
    Link("is not base64", "#v1.<script>owned=1</script>", "it contains invalid characters"),
    Link("has an impossible length", "#v1.AAAAA", "damaged"),
    Link("comes from the future", "#v99999999999999999999.AAAA", "newer version of Headwater"),
    Link("is not JSON", _of("<html>"), "cannot be read"),
    Link("is not UTF-8", _link(_deflated(b'{"files": {"a.py": "\xff\xfe"}}')), "cannot be read"),
    Link("is followed by something else", _link(_deflated(json.dumps({"files": FINE})) + b"more" * 9), "damaged"),
    Link("has the checksum of another text", _link(_deflated(json.dumps({"files": FINE}))[:-4] + b"text"), "damaged"),
    Link("uses a custom dictionary", _link(_with_dictionary(b"evil")), "with a dictionary that this page does not have"),
    Link("needs an unknown dictionary", _link(b"\x78\xf9" + bytes(40)), "with a dictionary that this page"),
    Link("names an example in another folder", "#v1.../../play/index.1x2y3z.AAAA", "damaged"),
    Link("names an example on another site", "#v1.https://evil.1x2y3z.AAAA", "an invalid example"),
    Link("names an example with markup", "#v1.<img src=owned onerror=owned=1>.1x2y3z.AAAA", "an invalid example"),
    Link("names a missing example", "#v1.constructor.1x2y3z.AAAA", "has no example"),
    Link("names an edition in another folder", "#v1.seattle-weather./x.AAAA", "an invalid edition"),
    Link("names an edition after a property of every object", "#v1.seattle-weather.valueof.AAAA", "an older edition of"),
]

OF_OTHER_SHAPES = [
    Link(f"contains {what}", _of(content), "Its content is not a dataflow")
    for what, content in {
        "nothing": None,
        "a number": 7,
        "a list": [FINE],
        "a list of numbers as files": {"files": [7]},
        "files that are numbers": {"files": {"flow.py": 7}},
        "nested files": {"files": {"flow.py": FINE}},
        "a title that is an object": {"files": FINE, "title": {"toString": "x"}},
        "an endless title": {"files": FINE, "title": "x" * 100_000},
        "invalid changes": {"files": {}, "spliced": {"flow.py": [[-1, 1.5, {}]]}},
        "a million invalid outputs": '{"files": {}, "outputs": [' + "1," * 900_000 + "1]}",
        "a million inputs in a list": '{"files": {}, "given": {"inputs": [' + '"x",' * 450_000 + '"x"], "config": {}}}',
        "thousands of changes": {"files": {}, "spliced": {f"data{number}.csv": [[0, 0, ""]] for number in range(5_000)}},
        "thousands of files": {"files": {f"flow{number}.py": FLOW for number in range(5_000)}},
        "thousands of outputs": {"files": FINE, "outputs": ["total"] * 5_000},
        "inputs that are not JSON": {"files": FINE, "given": {"inputs": {"x": "alert(1)"}, "config": {}}},
        "an engine that is a list": {"files": FINE, "engine": ["<script>"]},
    }.items()
] + [Link("is nested deeper than the stack", _of(f'{{"files": {_deep(400_000)}}}'), "Its content is not a dataflow")]

BADLY_NAMED = [
    Link(f"has a file named {name[:20]!r}", _of(_named(name)), "")
    if name == "toString.py"
    else Link(f"has a file named {name[:20]!r}", _of(_named(name)), "A file name is invalid")
    for name in [
        "../../etc/passwd",
        "/etc/passwd",
        "folder/flow.py",
        "..\\flow.py",
        ".hidden.py",
        "..",
        "",
        "flow\u0000.py",
        "flow\u202eyp.txt",
        '"><img src=owned onerror=owned=1>.py',
        "x" * 101 + ".py",
        "__proto__",
        "constructor",
        "toString.py",
    ]
]

ODD = [
    Link(f"opens with {what}", _of(content))
    for what, content in {
        "unexpected keys": f'{{"files": {json.dumps(FINE)}, "more": {_deep(400_000)}}}',
        "keys that every object has": f'{{"files": {json.dumps(FINE)}, "__proto__": {{"polluted": true}}, "constructor": 1}}',
        "markup as the title": {"files": FINE, "title": '<img src="owned" onerror="owned=1">'},
        "a title with reversed text": {"files": FINE, "title": "\u202etxet\u0000\ud800"},
        "outputs that are not nodes": {
            "files": FINE,
            "outputs": ["__proto__", "constructor", "<script>"],
            "selected": "__proto__",
        },
        "inputs that every object has": '{"files": {"flow.py": "def a(constructor: int = 1) -> int: ..."}, "given":'
        ' {"inputs": {"__proto__": "1", "constructor": "2", "toString": "3"}, "config": {"__proto__": "{}"}}}',
        "half a character": '{"files": {"flow.py": "x = \'\\ud800\'\\n", "data.txt": "\\udfff"}}',
    }.items()
]

SOURCES = [
    Link(f"opens with {what}", _of({"files": {"flow.py": source}}))
    for what, source in {
        "endless brackets": "(" * 200_000,
        "endless signs": "x = " + "-" * 200_000 + "1\n",
        "endless attributes": "x = y" + ".y" * 200_000 + "\n",
        "endless sums": "x = " + "1+" * 200_000 + "1\n",
        "one endless line": "x = '" + "y" * 1_900_000 + "'\n",
        "an endless name": f"def {'y' * 500_000}() -> int: ...\n",
        "an endless type": f"def total() -> {'list[' * 90}int{']' * 90}: ...\ndef other() -> {'Y' * 500_000}: ...\n",
        "endless documentation": f'def total() -> int:\n    """{"words " * 300_000}"""\n    return 60\n',
        "endless lambdas": "x = " + "lambda: " * 50_000 + "1\n",
        "endless decorators": "@y\n" * 100_000 + FLOW,
        "endless functions": "".join(f"def f{number}() -> int: ...\n" for number in range(20_000)),
        "an endless chain": "def f0() -> int: ...\n"
        + "".join(f"def f{number}(f{number - 1}: int) -> int: ...\n" for number in range(1, 5_000)),
        "no Python at all": "\u0000\u202e" * 1_000,
    }.items()
]

LARGE = [*BOMBS, *SOURCES]
SMALL = [*DAMAGED, *OF_OTHER_SHAPES, *BADLY_NAMED, *ODD]
ONE_OF_EACH_KIND = {
    *[link.tries for link in [*DAMAGED, *ODD]],
    *[
        f"contains {what}"
        for what in ("nothing", "a list", "a title that is an object", "invalid changes", "a million inputs in a list")
    ],
    "is nested deeper than the stack",
    *[f"has a file named {name!r}" for name in ("../../etc/passwd", "", "flow\u202eyp.txt", "__proto__", "toString.py")],
}
"""Each `DAMAGED` and `ODD` link is of a different kind. The other links differ only in which part has a wrong shape or name."""


def links(
    links: list[Link], *, usual: AbstractSet[str] | None = None, seconds: AbstractSet[str] = frozenset()
) -> pytest.MarkDecorator:
    """Run a test with each link; see `params` for `usual` and `seconds`."""
    return pytest.mark.parametrize("link", params({link.tries: link for link in links}, usual=usual, seconds=seconds))
