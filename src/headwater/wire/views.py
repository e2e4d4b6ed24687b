"""The JSON shapes in which a session describes itself to whatever shows it.

A page, a notebook and a terminal read the same dictionaries. `make wire` writes the page's types and validators from
them. Each text and each list has a bound; see `bounds.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from headwater.wire import bounds
from headwater.wire.bounds import Matching, MaxItems, MaxLength

Name = Annotated[str, MaxLength(bounds.LONGEST_NAME)]
TypeText = Annotated[str, MaxLength(bounds.LONGEST_TYPE)]
Message = Annotated[str, MaxLength(bounds.LONGEST_MESSAGE)]
Line = Annotated[str, MaxLength(bounds.LONGEST_LINE)]
Prints = Annotated[str, MaxLength(bounds.LONGEST_PRINTS)]
Cell = Annotated[str, MaxLength(bounds.LONGEST_CELL)]
ValueText = Annotated[str, MaxLength(bounds.LONGEST_VALUE)]

NodeKind = Literal["function", "input", "config"]
NodeState = Literal["idle", "stale", "queued", "running", "succeeded", "reused", "overridden", "failed", "skipped", "waiting"]
Severity = Literal["error", "warning"]
CodeChange = Literal["added", "removed", "changed", "same"]
ValueChange = Literal["same", "different", "unknown"]
FieldRole = Literal["inputs", "config", "overrides"]
ExportKind = Literal["project", "test", "script", "dot", "mermaid"]
"""The kinds of export."""


class FieldView(TypedDict):
    """How a value can be entered.

    Values are JSON texts, which tell 1 from 1.0 everywhere, or begin with their form and a colon: `literal:(1, 2)` for a
    Python literal, `date:2024-01-31`, `datetime:2024-01-31T12:00`, and for a table `file:rain.csv` or `table:a,b`.
    """

    kind: Literal["int", "float", "bool", "str", "choice", "json", "literal", "date", "datetime", "table"]
    choices: Annotated[list[Name], MaxItems(bounds.MOST_ITEMS)]
    """The values that there are to choose from; empty for other kinds."""
    default: Name | None
    """The value where nobody gives one; None if there is none, or none that can be typed in."""


class NodeView(TypedDict):
    """One node, as drawn and listed."""

    name: Name
    kind: NodeKind
    type: TypeText
    """The annotation as a reader would write it, without module paths: `Series`, `list[int]`; of what has a default or was
    given a value, with it: `int = 14`."""
    doc: Annotated[str, MaxLength(bounds.LONGEST_DOC)]
    tags: Annotated[dict[Name, Name | Annotated[list[Name], MaxItems(bounds.MOST_ITEMS)]], MaxItems(bounds.MOST_ITEMS)]
    function: Name | None
    """The name of the function the node was made from; None for an input."""
    module: Name | None
    file: Name | None
    line: int | None
    """1-based line of the function's `def`."""
    end: int | None
    """1-based last line of the function."""
    output: bool
    """True if no other node reads this one: it is computed when nobody says which outputs to compute."""
    field: NotRequired[FieldView]
    """Of an input that can be typed in, and of a function whose value can be typed in to override it."""
    stamp: NotRequired[Name]
    """Of a function in a session: another one where the node's code, its data files or its bindings are other ones."""


class EdgeView(TypedDict):
    """A value flowing from one node into a parameter of another."""

    source: Name
    target: Name
    optional: bool


class FrameView(TypedDict):
    """One line of a traceback that stands in the user's own files."""

    file: Name
    line: int
    function: Line
    code: Line
    repeated: NotRequired[int]
    """How many lines that end here follow again; absent where none do."""
    times: NotRequired[int]
    """How often they follow again."""


class FieldReference(TypedDict):
    """A value that the user can set: an input, a config value or an override."""

    role: FieldRole
    name: Name


class ProblemView(TypedDict):
    """Something wrong, and where."""

    kind: Name
    """`SyntaxError`, `CycleError`, `MissingInput`, `AttributeError` ...: the exception's class name."""
    severity: Severity
    message: Message
    file: Name | None
    line: int | None
    column: int | None
    """1-based column, where it is known."""
    node: Name | None
    frames: Annotated[list[FrameView], MaxItems(bounds.MOST_FRAMES)]
    """The user's own frames, outermost first; empty where nothing ran."""
    fields: NotRequired[Annotated[list[FieldReference], MaxItems(bounds.MOST_ITEMS)]]
    """The values to set or to correct; absent where the problem is not about any."""
    input: NotRequired[Name]
    """The input that is missing; absent where none is."""
    argument: NotRequired[Name]
    """The argument that the function changes; absent where it changes none."""
    module: NotRequired[Name]
    """The module that is not there, by its first name; absent where none is missing, or one of the standard library."""


class GraphView(TypedDict):
    """A dataflow: nodes in the order in which they are written, and the edges between them."""

    nodes: Annotated[list[NodeView], MaxItems(bounds.MOST_NODES)]
    edges: Annotated[list[EdgeView], MaxItems(bounds.MOST_EDGES)]
    problems: Annotated[list[ProblemView], MaxItems(bounds.MOST_PROBLEMS)]
    config: NotRequired[Annotated[dict[Name, FieldView], MaxItems(bounds.MOST_ITEMS)]]
    """The config keys that variants of functions look at; absent where none does."""


class GraphChange(TypedDict):
    """How a graph differs from an earlier one of the same session."""

    since: int
    """The version of the earlier graph."""
    nodes: Annotated[list[NodeView], MaxItems(bounds.MOST_NODES)]
    """The nodes that are new or shown in another way."""
    order: Annotated[list[Name], MaxItems(bounds.MOST_NODES)] | None
    """The names of all nodes in their order; None if it is that of before."""
    edges: Annotated[list[EdgeView], MaxItems(bounds.MOST_EDGES)] | None
    """All edges; None if they are those of before."""
    problems: Annotated[list[ProblemView], MaxItems(bounds.MOST_PROBLEMS)]
    config: NotRequired[Annotated[dict[Name, FieldView], MaxItems(bounds.MOST_ITEMS)]]


class ColumnView(TypedDict):
    """The head of a column."""

    name: Cell
    dtype: Cell


class CurveView(TypedDict):
    """All values of a column of numbers, dates or booleans, as a line of few points."""

    count: int
    """The values that the line stands for."""
    gaps: int
    """Those of them that are missing or infinite, and have no point."""
    low: Cell
    """The smallest finite value, as it is printed."""
    high: Cell
    points: Annotated[list[Annotated[list[float], MaxItems(2)]], MaxItems(bounds.MOST_POINTS)]
    """For each part of the column its smallest and its largest value, in their order, from 0 for `low` to 1 for `high`;
    one value where they are the same, none where the part has no finite value."""


class TablePreview(TypedDict):
    """A part of a frame, series or array, its beginning unless another was asked for.

    `rows` are texts as pandas would print them; the first `indexes` columns are the index.
    """

    kind: Literal["table"]
    type: TypeText
    columns: Annotated[list[ColumnView], MaxItems(bounds.MOST_COLUMNS)]
    indexes: int
    rows: Annotated[list[Annotated[list[Cell], MaxItems(bounds.MOST_COLUMNS)]], MaxItems(bounds.MOST_ROWS)]
    shape: Annotated[list[int], MaxItems(bounds.MOST_DIMENSIONS)]
    """Rows and columns of the whole value, the index not counted."""
    row: NotRequired[int]
    """The position of the first row that is here, from 0; absent at the beginning."""
    column: NotRequired[int]
    """The position of the first column that is here, the index not counted; absent at the beginning."""
    curve: NotRequired[CurveView]
    """All values of the only column; absent where there are several, few values, or no order to draw."""


class ScalarPreview(TypedDict):
    """A value that fits on a line."""

    kind: Literal["scalar"]
    type: TypeText
    text: Annotated[str, MaxLength(bounds.LONGEST_SCALAR)]


class TextPreview(TypedDict):
    """A text, cut off where it is too long."""

    kind: Literal["text"]
    type: TypeText
    text: ValueText
    truncated: bool


class ImagePreview(TypedDict):
    """A picture: `data` is base64."""

    kind: Literal["image"]
    type: TypeText
    mime: Literal["image/png"]
    data: Annotated[str, MaxLength(bounds.LONGEST_IMAGE), Matching(r"^[A-Za-z0-9+/]*={0,2}$")]


class TreePreview(TypedDict):
    """Nested lists and dictionaries, pretty-printed as JSON."""

    kind: Literal["tree"]
    type: TypeText
    text: ValueText
    truncated: bool


Preview = TablePreview | ScalarPreview | TextPreview | ImagePreview | TreePreview


class NodeRun(TypedDict):
    """What became of one node in the latest run."""

    state: NodeState
    """`waiting` if the node needs an input that is not given; `skipped` if a node that it needs has no value."""
    needs: NotRequired[Annotated[list[Name], MaxItems(bounds.MOST_NEEDED)]]
    """The inputs that are not given, the first few: of a waiting node its own, of a skipped one those of the nodes upstream."""
    seconds: NotRequired[float]
    """Time that the function itself took; absent where it did not run."""
    prints: NotRequired[Prints]
    """What the function printed, capped; absent where it printed nothing."""
    again: NotRequired[Message]
    """Why the next run computes the value again even if nothing that it depends on changes; absent where that need not be."""


class RunSummary(TypedDict):
    """What a run tells besides its graph."""

    ok: bool
    seconds: float
    ran: int
    reused: int
    total: int
    """Nodes that the outputs need, inputs and overridden ones not counted."""
    nodes: Annotated[dict[Name, NodeRun], MaxItems(bounds.MOST_NODES)]
    outputs: Annotated[dict[Name, Preview], MaxItems(bounds.MOST_NODES)]
    problems: Annotated[list[ProblemView], MaxItems(bounds.MOST_PROBLEMS)]
    prints: NotRequired[Prints]
    """What the modules printed while they were imported, capped; absent where they printed nothing."""


class RunView(RunSummary):
    """The outcome of a run: what ran, what was reused, what the outputs look like, what went wrong."""

    graph: GraphView
    """The graph as built, which may know more than the outline did."""


class NodeComparison(TypedDict):
    """What differs between the nodes of one name in two dataflows."""

    code: CodeChange
    """`changed` also where another default, input or data file comes to the function; comments make no difference."""
    value: ValueChange | None
    """None unless both have a value; `unknown` where two look alike and nothing tells for certain."""


class ComparisonView(TypedDict):
    """What differs between two dataflows, for each node of either."""

    nodes: Annotated[dict[Name, NodeComparison], MaxItems(bounds.MOST_COMPARED)]


class CheckView(TypedDict):
    """What a lesson's check says of a dataflow."""

    passed: bool
    message: Message
    """What is not right yet, in words."""


class ExportView(TypedDict):
    """The exported files, or the reason for refusing the export."""

    name: Name
    """What the file is called, or the folder of several."""
    files: Annotated[dict[Name, Annotated[str, MaxLength(bounds.LONGEST_FILE)]], MaxItems(bounds.MOST_ITEMS)]
    """The texts by path; empty where there is a refusal."""
    notes: Annotated[list[Message], MaxItems(bounds.MOST_ITEMS)]
    """What is worth knowing of them, a sentence each."""
    refusal: Message | None
    """Why there are none, in a sentence."""
