"""The JSON shapes in which a session describes itself to whatever shows it.

A page, a notebook and a terminal read the same dictionaries. `playground/src/protocol.ts` states the same shapes in
TypeScript; `tests/test_views.py` keeps the two in agreement.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

NodeKind = Literal["function", "input", "config"]
NodeState = Literal["idle", "stale", "queued", "running", "done", "kept", "overridden", "failed", "skipped"]
Severity = Literal["error", "warning"]
CodeChange = Literal["added", "removed", "changed", "same"]
ValueChange = Literal["same", "different", "unknown"]
Takeable = Literal["project", "test", "script", "dot", "mermaid"]
"""What can be taken home of a dataflow."""


class FieldView(TypedDict):
    """How a value can be typed in. Values are JSON texts, which tell 1 from 1.0 everywhere."""

    kind: Literal["int", "float", "bool", "str", "choice", "json"]
    choices: list[str]
    """The values that there are to choose from; empty for other kinds."""
    default: str | None
    """The value where nobody gives one; None if there is none, or none that can be typed in."""


class NodeView(TypedDict):
    """One node, as drawn and listed."""

    name: str
    kind: NodeKind
    type: str
    """The annotation as a reader would write it, without module paths: `Series`, `list[int]`; of what has a default or was
    given a value, with it: `int = 14`."""
    doc: str
    tags: dict[str, str | list[str]]
    function: str | None
    """The name of the function the node was made from; None for an input."""
    module: str | None
    file: str | None
    line: int | None
    """1-based line of the function's `def`."""
    end: int | None
    """1-based last line of the function."""
    output: bool
    """True if no other node reads this one: it is computed when nobody says which outputs to compute."""
    field: NotRequired[FieldView]
    """Of an input that can be typed in, and of a function whose value can be typed in to override it."""


class EdgeView(TypedDict):
    """A value flowing from one node into a parameter of another."""

    source: str
    target: str
    optional: bool


class FrameView(TypedDict):
    """One line of a traceback that stands in the user's own files."""

    file: str
    line: int
    function: str
    code: str


class ProblemView(TypedDict):
    """Something wrong, and where."""

    kind: str
    """`SyntaxError`, `CycleError`, `MissingInput`, `AttributeError` ...: the exception's class name."""
    severity: Severity
    message: str
    file: str | None
    line: int | None
    column: int | None
    """1-based column, where it is known."""
    node: str | None
    frames: list[FrameView]
    """The user's own frames, outermost first; empty where nothing ran."""


class GraphView(TypedDict):
    """A dataflow: nodes in the order in which they are written, and the edges between them."""

    nodes: list[NodeView]
    edges: list[EdgeView]
    problems: list[ProblemView]
    config: NotRequired[dict[str, FieldView]]
    """The config keys that variants of functions look at; absent where none does."""


class ColumnView(TypedDict):
    name: str
    dtype: str


class TablePreview(TypedDict):
    """A part of a frame, series or array, its beginning unless another was asked for.

    `rows` are texts as pandas would print them; the first `indexes` columns are the index.
    """

    kind: Literal["table"]
    type: str
    columns: list[ColumnView]
    indexes: int
    rows: list[list[str]]
    shape: list[int]
    """Rows and columns of the whole value, the index not counted."""
    row: NotRequired[int]
    """The position of the first row that is here, from 0; absent at the beginning."""
    column: NotRequired[int]
    """The position of the first column that is here, the index not counted; absent at the beginning."""


class ScalarPreview(TypedDict):
    kind: Literal["scalar"]
    type: str
    text: str


class TextPreview(TypedDict):
    kind: Literal["text"]
    type: str
    text: str
    truncated: bool


class ImagePreview(TypedDict):
    """A picture: `data` is base64."""

    kind: Literal["image"]
    type: str
    mime: Literal["image/png"]
    data: str


class TreePreview(TypedDict):
    """Nested lists and dictionaries, pretty-printed as JSON."""

    kind: Literal["tree"]
    type: str
    text: str
    truncated: bool


Preview = TablePreview | ScalarPreview | TextPreview | ImagePreview | TreePreview


class NodeRun(TypedDict):
    """What became of one node in the latest run."""

    state: NodeState
    seconds: NotRequired[float]
    """Time that the function itself took; absent where it did not run."""
    prints: NotRequired[str]
    """What the function printed, capped; absent where it printed nothing."""


class RunView(TypedDict):
    """The outcome of a run: what ran, what was kept, what the outputs look like, what went wrong."""

    ok: bool
    seconds: float
    ran: int
    kept: int
    total: int
    """Nodes that the outputs need, inputs and overridden ones not counted."""
    nodes: dict[str, NodeRun]
    outputs: dict[str, Preview]
    graph: GraphView
    """The graph as built, which may know more than the outline did."""
    problems: list[ProblemView]
    prints: NotRequired[str]
    """What the modules printed while they were imported, capped; absent where they printed nothing."""


class NodeComparison(TypedDict):
    """What differs between the nodes of one name in two dataflows."""

    code: CodeChange
    """`changed` also where another default, input or data file comes to the function; comments make no difference."""
    value: ValueChange | None
    """None unless both have a value; `unknown` where two look alike and nothing tells for certain."""


class ComparisonView(TypedDict):
    """What differs between two dataflows, for each node of either."""

    nodes: dict[str, NodeComparison]


class CheckView(TypedDict):
    """What a lesson's check says of a dataflow."""

    passed: bool
    message: str
    """What is not right yet, in words."""


class TakenView(TypedDict):
    """Files to take home, or why there are none."""

    name: str
    """What the file is called, or the folder of several."""
    files: dict[str, str]
    """The texts by path; empty where there is a refusal."""
    notes: list[str]
    """What is worth knowing of them, a sentence each."""
    refusal: str | None
    """Why there are none, in a sentence."""
