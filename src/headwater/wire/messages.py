"""Requests from a page to a session, and the replies.

Replies have the id of their request. The page drops a reply if its request is outdated. `make wire` generates the page's types
and validators from this module.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, NotRequired, TypedDict

from headwater.wire import bounds
from headwater.wire.bounds import DistinctKey, MaxItems, MaxLength
from headwater.wire.views import (
    AttributeView,
    CheckView,
    ComparisonView,
    CompletionView,
    ElementsView,
    ExportKind,
    ExportView,
    FieldRole,
    GraphChange,
    GraphView,
    Message,
    Name,
    NodeState,
    Preview,
    RunSummary,
)

Files = dict[str, str]
"""The text of every file in a dataflow, keyed by file name: modules (`.py`) and data (`.csv`, `.json`, `.txt`)."""

FieldTexts = dict[FieldRole, dict[str, str]]
"""Entered values, keyed by role and name.

Each value is either JSON text, which distinguishes 1 and 1.0, or text with a prefix. `FieldView` lists the prefixes.
"""

Graph = Annotated[GraphView | GraphChange, DistinctKey("since")]

BootStage = Literal["fetch", "core", "ready", "library", "complete"]


class Exchange(TypedDict):
    """The fields that a request shares with its replies."""

    id: int
    session: Name


class OutlineRequest(Exchange):
    """A request for the graph of files, without running them."""

    kind: Literal["outline"]
    files: Files
    values: NotRequired[FieldTexts]
    stamps: NotRequired[bool]
    """False omits the stamps, for example when no value can be stale.

    Computing the stamps of a large dataflow takes as long as outlining it.
    """
    since: NotRequired[int]
    """The version of the page's graph. The reply can then omit everything that has not changed since that version."""


class RunRequest(Exchange):
    """A request to run the stale nodes that the outputs need."""

    kind: Literal["run"]
    files: Files
    outputs: list[str] | None
    """The names of the requested nodes. None for all nodes that no other node depends on."""
    values: NotRequired[FieldTexts]
    since: NotRequired[int]


class PreviewRequest(Exchange):
    """A request for a part of a node's value."""

    kind: Literal["preview"]
    node: str
    row: NotRequired[int]
    column: NotRequired[int]


class CompleteRequest(Exchange):
    """A request for the keys of a node's value, such as the columns of a table, for completion in the code."""

    kind: Literal["complete"]
    node: str


class AttributesRequest(Exchange):
    """A request for the attributes that can complete the code at a position. The code may have errors."""

    kind: Literal["attributes"]
    file: str
    text: str
    line: int
    """The line, counted from 1."""
    column: int
    """The number of characters before the position in its line."""


class DescribeRequest(Exchange):
    """A request for the description of an attribute from the latest `AttributesReply`."""

    kind: Literal["describe"]
    name: str


class CompareRequest(Exchange):
    """A request for the differences between this session and the session `before`."""

    kind: Literal["compare"]
    before: str


class ExportRequest(Exchange):
    """A request for an export."""

    kind: Literal["export"]
    export: ExportKind
    files: Files
    outputs: list[str] | None
    values: NotRequired[FieldTexts]
    node: str | None
    """The node that an exported test or script computes."""
    title: str
    link: str | None
    """The link from which the dataflow was opened."""
    engine: str | None
    """The requirement that an exported project uses to install the engine."""


class MutantFiles(TypedDict):
    """A faulty version of a dataflow, which a learner's tests should detect."""

    fault: str
    """The fault, in a sentence."""
    files: Files
    """The modules that differ from those at the start of the step."""


class CheckRequest(Exchange):
    """A request to run a lesson's check against the session's latest run."""

    kind: Literal["check"]
    source: str
    start: NotRequired[Files]
    """The modules at the start of the step. Data files need not be sent."""
    selected: NotRequired[list[str]]
    """The nodes that the learner has selected or predicted."""
    mutants: NotRequired[list[MutantFiles]]


class CloseRequest(Exchange):
    """A request to end the session."""

    kind: Literal["close"]


class StageReply(TypedDict):
    """Python has reached a startup stage."""

    kind: Literal["stage"]
    stage: BootStage
    seconds: float


class BootFailedReply(TypedDict):
    """Python could not start."""

    kind: Literal["boot-failed"]
    message: Message


class PacksReply(TypedDict):
    """Code imports packs that are not installed."""

    kind: Literal["packs"]
    packs: Annotated[list[Name], MaxItems(bounds.MAX_PACKS)]
    """The names of the packs' files."""


class GraphReply(Exchange):
    """The graph of the files, or its changes."""

    kind: Literal["graph"]
    graph: Graph
    version: NotRequired[int]


class StateReply(Exchange):
    """The state or the progress of a node in the current run has changed."""

    kind: Literal["state"]
    node: Name
    state: NodeState
    elements: NotRequired[ElementsView]
    """The progress of a function that is called once for each element."""


class RunReply(RunSummary):
    """The outcome of a run. The graph may be reduced to the changes to the page's graph."""

    graph: Graph


class ResultReply(Exchange):
    """A run has ended."""

    kind: Literal["result"]
    result: RunReply
    version: NotRequired[int]


class PreviewReply(Exchange):
    """A part of a node's value. `preview` is None if the node has no value."""

    kind: Literal["preview"]
    node: Name
    preview: Preview | None


class CompletionsReply(Exchange):
    """The keys of a node's value. Empty if no value is in memory, or if the value has no keys."""

    kind: Literal["completions"]
    completions: Annotated[list[CompletionView], MaxItems(bounds.MAX_COMPLETIONS)]


class AttributesReply(Exchange):
    """Attributes in the order in which they are suggested. None if jedi cannot be imported."""

    kind: Literal["attributes"]
    attributes: Annotated[list[AttributeView], MaxItems(bounds.MAX_ATTRIBUTES)] | None


class DescriptionReply(Exchange):
    """The description of an attribute. The signature and the summary may be empty."""

    kind: Literal["description"]
    signature: Annotated[str, MaxLength(bounds.MAX_SIGNATURE_LENGTH)]
    summary: Annotated[str, MaxLength(bounds.MAX_SUMMARY_LENGTH)]


class ComparisonReply(Exchange):
    """The differences between two sessions."""

    kind: Literal["comparison"]
    comparison: ComparisonView


class ExportReply(Exchange):
    """An export, or the reason why it was refused."""

    kind: Literal["export"]
    export: ExportView


class CheckedReply(Exchange):
    """The result of a lesson's check."""

    kind: Literal["checked"]
    check: CheckView


class ClosedReply(Exchange):
    """The session has ended."""

    kind: Literal["closed"]


class CrashedReply(Exchange):
    """The engine itself has failed."""

    kind: Literal["crashed"]
    message: Message


Request = (
    OutlineRequest
    | RunRequest
    | PreviewRequest
    | CompleteRequest
    | AttributesRequest
    | DescribeRequest
    | CompareRequest
    | ExportRequest
    | CheckRequest
    | CloseRequest
)
"""A request from a page to a session."""

Reply = (
    StageReply
    | BootFailedReply
    | PacksReply
    | GraphReply
    | StateReply
    | ResultReply
    | PreviewReply
    | CompletionsReply
    | AttributesReply
    | DescriptionReply
    | ComparisonReply
    | ExportReply
    | CheckedReply
    | ClosedReply
    | CrashedReply
)
"""A reply to a page."""

ANSWERS: Final = {
    OutlineRequest: GraphReply,
    RunRequest: ResultReply,
    PreviewRequest: PreviewReply,
    CompleteRequest: CompletionsReply,
    AttributesRequest: AttributesReply,
    DescribeRequest: DescriptionReply,
    CompareRequest: ComparisonReply,
    ExportRequest: ExportReply,
    CheckRequest: CheckedReply,
    CloseRequest: ClosedReply,
}
"""The final reply to each request. Before the final reply, a run sends `StateReply` messages."""
