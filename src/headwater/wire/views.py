"""The JSON shapes that describe the graphs, runs and values in a session.

A page, a notebook and a terminal read the same dictionaries. `make wire` generates the page's types and validators from them.
Every string and list has a bound: see `bounds.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from headwater.wire import bounds
from headwater.wire.bounds import Matching, MaxItems, MaxLength

Name = Annotated[str, MaxLength(bounds.MAX_NAME_LENGTH)]
TypeText = Annotated[str, MaxLength(bounds.MAX_TYPE_LENGTH)]
Message = Annotated[str, MaxLength(bounds.MAX_MESSAGE_LENGTH)]
Line = Annotated[str, MaxLength(bounds.MAX_LINE_LENGTH)]
Prints = Annotated[str, MaxLength(bounds.MAX_PRINTS_LENGTH)]
Cell = Annotated[str, MaxLength(bounds.MAX_CELL_LENGTH)]
ValueText = Annotated[str, MaxLength(bounds.MAX_VALUE_LENGTH)]

NodeKind = Literal["function", "input", "config"]
NodeState = Literal["idle", "stale", "queued", "running", "succeeded", "reused", "overridden", "failed", "skipped", "waiting"]
Severity = Literal["error", "warning"]
CodeChange = Literal["added", "removed", "changed", "same"]
ValueChange = Literal["same", "different", "unknown"]
FieldRole = Literal["inputs", "config", "overrides"]
CauseKind = Literal[
    "first",  # the node's function has not been called before
    "code",  # the code of the node's function has changed
    "function",  # another function, `name`, now computes the node
    "definition",  # the function uses a helper, constant, class or import, `name`, that has changed
    "statement",  # a statement that binds no name has changed in the file `name`
    "module",  # the module in the file `name` was added or removed
    "source_text",  # the function reads the modules' source text, which has changed
    "data",  # the function may read the data file `name`, which has changed
    "node",  # a dependency, the node `name`, has a new value
    "input",  # the input `name` was set, removed or changed
    "config",  # the config value `name` has changed
    "override",  # the override for the node `name` was set, removed or changed
    "changed_in_place",  # a function has changed, or may have changed, the value `name` in place
    "iterator",  # the node's value is an iterator, which can be read only once
    "shared_state",  # the function uses a module-level value, `name`, that functions change
    "unreadable_code",  # the files do not contain the function's source, so it runs every time
    "unfinished",  # the latest call failed or was interrupted
]
"""The kinds of reasons why a node runs."""
ExportKind = Literal["project", "test", "script", "dot", "mermaid"]
"""The kinds of export."""


class FieldView(TypedDict):
    """A field for entering a value.

    A value is JSON, which distinguishes 1 and 1.0, or text with a prefix: `literal:(1, 2)` for a Python literal,
    `date:2024-01-31`, `datetime:2024-01-31T12:00`, and `file:rain.csv` or `table:a,b` for a table.
    """

    kind: Literal["int", "float", "bool", "str", "choice", "json", "literal", "date", "datetime", "table"]
    choices: Annotated[list[Name], MaxItems(bounds.MAX_ITEMS)]
    """The values that can be chosen in a field of kind `choice`. Empty for all other kinds."""
    default: Name | None
    """The default value. None if the field has no default, or if it cannot be entered as text."""


class NodeView(TypedDict):
    """One node, with the properties that a page shows."""

    name: Name
    kind: NodeKind
    type: TypeText
    """The annotation without module paths, such as `Series` or `list[int]`, with its default or value: `int = 14`."""
    doc: Annotated[str, MaxLength(bounds.MAX_DOC_LENGTH)]
    tags: Annotated[dict[Name, Name | Annotated[list[Name], MaxItems(bounds.MAX_ITEMS)]], MaxItems(bounds.MAX_ITEMS)]
    function: Name | None
    """The name of the node's function. None for an input."""
    module: Name | None
    file: Name | None
    line: int | None
    """1-based line of the function's `def`."""
    end: int | None
    """1-based last line of the function."""
    output: bool
    """True if no other node depends on this node. These nodes are the default outputs."""
    each: NotRequired[Annotated[list[Name], MaxItems(bounds.MAX_ITEMS)]]
    """The nodes that return the elements for which the function is called, outermost first.

    The node's value is then a list. Absent if the function is not called for each element.
    """
    field: NotRequired[FieldView]
    """The field of an input, or of a function whose value can be overridden."""
    stamp: NotRequired[Name]
    """A string that changes with the node's code, data files, bindings or config. Only functions in a session have a stamp."""


class EdgeView(TypedDict):
    """An edge: the value of the source node is passed to a parameter of the target node."""

    source: Name
    target: Name
    optional: bool


class FrameView(TypedDict):
    """A line of a traceback in the user's files."""

    file: Name
    line: int
    function: Line
    code: Line
    repeated: NotRequired[int]
    """The number of lines in the repeating cycle that ends with this line. Absent if no lines repeat."""
    times: NotRequired[int]
    """The number of times that the cycle repeats."""


class FieldReference(TypedDict):
    """A value that the user can set: an input, a config value or an override."""

    role: FieldRole
    name: Name


class ProblemView(TypedDict):
    """A problem and its location."""

    kind: Name
    """`SyntaxError`, `CycleError`, `MissingInput`, `AttributeError` ...: the exception's class name."""
    severity: Severity
    message: Message
    file: Name | None
    line: int | None
    column: int | None
    """1-based column, if known."""
    node: Name | None
    frames: Annotated[list[FrameView], MaxItems(bounds.MAX_FRAMES)]
    """The frames in the user's files, outermost first. Empty if nothing ran."""
    fields: NotRequired[Annotated[list[FieldReference], MaxItems(bounds.MAX_ITEMS)]]
    """The values that the user must set or correct. Absent if there are none."""
    input: NotRequired[Name]
    """The name of the missing input. Absent for all other problems."""
    argument: NotRequired[Name]
    """The argument that the function changes in place. Absent for all other problems."""
    module: NotRequired[Name]
    """The top-level name of a missing module.

    Absent if no module is missing, or if the missing module is in the standard library.
    """
    docs: NotRequired[Annotated[str, MaxLength(bounds.MAX_PAGE_NAME_LENGTH), Matching(r"^[a-z]+(-[a-z]+)*$")]]
    """The name of the page about `kind` in the error catalog. Absent for classes that are not Headwater's."""


class GraphView(TypedDict):
    """A dataflow: nodes in source order, and edges."""

    nodes: Annotated[list[NodeView], MaxItems(bounds.MAX_NODES)]
    edges: Annotated[list[EdgeView], MaxItems(bounds.MAX_EDGES)]
    problems: Annotated[list[ProblemView], MaxItems(bounds.MAX_PROBLEMS)]
    config: NotRequired[Annotated[dict[Name, FieldView], MaxItems(bounds.MAX_ITEMS)]]
    """The config keys that variants of functions read. Absent if there are none."""


class GraphChange(TypedDict):
    """The changes from an earlier graph in the same session."""

    since: int
    """The version of the earlier graph."""
    nodes: Annotated[list[NodeView], MaxItems(bounds.MAX_NODES)]
    """The nodes that are new or have changed."""
    order: Annotated[list[Name], MaxItems(bounds.MAX_NODES)] | None
    """The names of all nodes in order. None if the order has not changed."""
    edges: Annotated[list[EdgeView], MaxItems(bounds.MAX_EDGES)] | None
    """All edges. None if no edge has changed."""
    problems: Annotated[list[ProblemView], MaxItems(bounds.MAX_PROBLEMS)]
    config: NotRequired[Annotated[dict[Name, FieldView], MaxItems(bounds.MAX_ITEMS)]]


class ColumnView(TypedDict):
    """The header of a column."""

    name: Cell
    dtype: Cell


class CurveView(TypedDict):
    """All values of a column of numbers, dates or booleans, as a curve with few points."""

    count: int
    """The number of values."""
    gaps: int
    """The number of missing or infinite values, which have no point."""
    low: Cell
    """The smallest finite value, as text."""
    high: Cell
    points: Annotated[list[Annotated[list[float], MaxItems(2)]], MaxItems(bounds.MAX_POINTS)]
    """For each part of the column, its smallest and largest value in row order. Values are scaled: 0 is `low`,
    and 1 is `high`.

    A part has one value if the two are equal, and none if it has no finite value.
    """


class TablePreview(TypedDict):
    """A part of a frame, series or array, by default its beginning.

    `rows` are strings, as pandas prints them. The first `indexes` columns are the index.
    """

    kind: Literal["table"]
    type: TypeText
    columns: Annotated[list[ColumnView], MaxItems(bounds.MAX_COLUMNS)]
    indexes: int
    rows: Annotated[list[Annotated[list[Cell], MaxItems(bounds.MAX_COLUMNS)]], MaxItems(bounds.MAX_ROWS)]
    shape: Annotated[list[int], MaxItems(bounds.MAX_DIMENSIONS)]
    """Rows and columns of the whole value, without the index."""
    row: NotRequired[int]
    """The index of the part's first row in the whole value, from 0. Absent if it is 0."""
    column: NotRequired[int]
    """The index of the part's first column in the whole value, from 0, without the index columns. Absent if it is 0."""
    curve: NotRequired[CurveView]
    """All values of the only column. Absent for several columns, few values, or values without an order."""


class ScalarPreview(TypedDict):
    """A value that fits on one line."""

    kind: Literal["scalar"]
    type: TypeText
    text: Annotated[str, MaxLength(bounds.MAX_SCALAR_LENGTH)]


class TextPreview(TypedDict):
    """Text, truncated if it is too long."""

    kind: Literal["text"]
    type: TypeText
    text: ValueText
    truncated: bool


class ImagePreview(TypedDict):
    """An image. `data` is encoded in base64."""

    kind: Literal["image"]
    type: TypeText
    mime: Literal["image/png"]
    data: Annotated[str, MaxLength(bounds.MAX_IMAGE_LENGTH), Matching(r"^[A-Za-z0-9+/]*={0,2}$")]


class TreePreview(TypedDict):
    """Nested lists and dictionaries, pretty-printed as JSON."""

    kind: Literal["tree"]
    type: TypeText
    text: ValueText
    truncated: bool


Preview = TablePreview | ScalarPreview | TextPreview | ImagePreview | TreePreview


class CauseView(TypedDict):
    """A reason why a run computed a node."""

    kind: CauseKind
    name: NotRequired[Name]
    """The name of the changed node, file, input or other item. Absent if the kind alone states the reason, or if the name is
    unknown."""


class ElementsView(TypedDict):
    """The progress of a function that is called once for each element."""

    computed: int
    """The number of elements whose values have been computed."""
    total: int


class NodeRun(TypedDict):
    """The outcome of a node in the latest run."""

    state: NodeState
    """`waiting` if an input of the node is missing, `skipped` if an upstream node has no value."""
    needs: NotRequired[Annotated[list[Name], MaxItems(bounds.MAX_NEEDED_INPUTS)]]
    """The first missing inputs of a waiting node, or of the nodes upstream of a skipped node."""
    elements: NotRequired[ElementsView]
    """The elements for which the function was called.

    Absent if the function is not called for each element, or if the number of elements is unknown.
    """
    seconds: NotRequired[float]
    """The duration of the call, or the total duration of the calls for all elements. Absent if the function was not called."""
    bytes: NotRequired[int]
    """The approximate memory that the computed value holds, including parts that it shares with other values.

    Absent if the node did not run, if it failed, or if the memory is unknown.
    """
    causes: NotRequired[Annotated[list[CauseView], MaxItems(bounds.MAX_CAUSES)]]
    """The reasons why the function was called.

    Absent if the function was not called.
    """
    prints: NotRequired[Prints]
    """The text that the function printed, truncated. Absent if it printed nothing."""
    again: NotRequired[Message]
    """The reason why the next run computes the value again even if its dependencies do not change.

    Absent if the value can be reused.
    """


class RunSummary(TypedDict):
    """The outcome of a run, without its graph."""

    ok: bool
    seconds: float
    ran: int
    reused: int
    total: int
    """The number of nodes that the outputs need, excluding inputs and overridden nodes."""
    nodes: Annotated[dict[Name, NodeRun], MaxItems(bounds.MAX_NODES)]
    outputs: Annotated[dict[Name, Preview], MaxItems(bounds.MAX_NODES)]
    problems: Annotated[list[ProblemView], MaxItems(bounds.MAX_PROBLEMS)]
    prints: NotRequired[Prints]
    """The text that was printed while modules were imported, truncated. Absent if nothing was printed."""


class RunView(RunSummary):
    """The outcome of a run: nodes that ran or were reused, outputs and problems."""

    graph: GraphView
    """The built graph, which may have more details than the outline."""


class CompletionView(TypedDict):
    """A name that can complete the code, with its type."""

    name: Annotated[str, MaxLength(bounds.MAX_COMPLETION_LENGTH)]
    type: TypeText


AttributeKind = Literal["class", "function", "module", "property", "value"]
"""The kind of an attribute. `value` means any other kind."""


class AttributeView(TypedDict):
    """An attribute that can complete the code."""

    name: Annotated[str, MaxLength(bounds.MAX_COMPLETION_LENGTH)]
    kind: AttributeKind


class NodeComparison(TypedDict):
    """The differences between the nodes with the same name in two dataflows."""

    code: CodeChange
    """`changed` if the code, a default, an input or a data file differs. Comments do not count."""
    value: ValueChange | None
    """The comparison of the values. None unless both nodes have a value. `unknown` if the values look alike but may differ."""


class ComparisonView(TypedDict):
    """The differences between the nodes of two dataflows, keyed by node name."""

    nodes: Annotated[dict[Name, NodeComparison], MaxItems(bounds.MAX_COMPARED_NODES)]


class CriterionView(TypedDict):
    """A condition of a lesson's check."""

    text: Annotated[str, MaxLength(bounds.MAX_CRITERION_LENGTH)]
    passed: bool | None
    """None if the check could not evaluate the condition, for example because a node failed."""


class CheckView(TypedDict):
    """The result of a lesson's check."""

    passed: bool
    message: Message
    """The problem, in a sentence. Empty if the check has passed."""
    criteria: Annotated[list[CriterionView], MaxItems(bounds.MAX_CRITERIA)]
    """The conditions, in order. Empty if the check does not list its conditions."""


class ExportView(TypedDict):
    """The exported files, or the reason for refusing the export."""

    name: Name
    """The name of the file. For several files, the name of their folder."""
    files: Annotated[dict[Name, Annotated[str, MaxLength(bounds.MAX_FILE_LENGTH)]], MaxItems(bounds.MAX_ITEMS)]
    """The text of each file, keyed by path. Empty for a refusal."""
    notes: Annotated[list[Message], MaxItems(bounds.MAX_ITEMS)]
    """Remarks on the files. Each remark is a sentence."""
    refusal: Message | None
    """The reason for the refusal, in a sentence."""
