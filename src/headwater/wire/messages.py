"""What a page asks of a session, and what it is told.

A request carries an id, and each reply to it the same id: a reply that nobody waits for any more is dropped. `make wire`
writes the page's types and validators from these.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, NotRequired, TypedDict

from headwater.wire.bounds import DistinctKey
from headwater.wire.views import (
    CheckView,
    ComparisonView,
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
"""The text of every file of a dataflow by its name: modules (`.py`) and data (`.csv`, `.json`, `.txt`)."""

FieldTexts = dict[FieldRole, dict[str, str]]
"""What was typed in, by role and name: JSON texts, since a number of JavaScript would not tell 1 from 1.0, or texts that begin
with their form. `FieldView` lists the forms."""

Graph = Annotated[GraphView | GraphChange, DistinctKey("since")]

BootStage = Literal["fetch", "core", "ready", "complete"]


class Exchange(TypedDict):
    """What a request has in common with all replies to it."""

    id: int
    session: Name


class OutlineRequest(Exchange):
    """Asks for the graph of files as they are written, without running anything."""

    kind: Literal["outline"]
    files: Files
    given: NotRequired[FieldTexts]
    stamps: NotRequired[bool]
    """False where there is no value that could be stale: stamps of a large dataflow take as long as its outline."""
    since: NotRequired[int]
    """The version of the graph that the page has; the reply may tell only what has changed since."""


class RunRequest(Exchange):
    """Runs what is out of date of the outputs."""

    kind: Literal["run"]
    files: Files
    outputs: list[str] | None
    """None for all that no other node reads."""
    given: NotRequired[FieldTexts]
    since: NotRequired[int]


class PreviewRequest(Exchange):
    """Asks for a part of the value of a node."""

    kind: Literal["preview"]
    node: str
    row: NotRequired[int]
    column: NotRequired[int]


class CompareRequest(Exchange):
    """Asks what the session has other than the session `before`."""

    kind: Literal["compare"]
    before: str


class ExportRequest(Exchange):
    """Request for an export."""

    kind: Literal["export"]
    export: ExportKind
    files: Files
    outputs: list[str] | None
    given: NotRequired[FieldTexts]
    node: str | None
    """For a test and a script."""
    title: str
    link: str | None
    """Where the dataflow came from."""
    engine: str | None
    """How a project gets the engine."""


class CheckRequest(Exchange):
    """Has a lesson's check, in Python, look at the latest run of the session."""

    kind: Literal["check"]
    source: str


class CloseRequest(Exchange):
    """Ends the session."""

    kind: Literal["close"]


class StageReply(TypedDict):
    """A stage of Python's start has been reached."""

    kind: Literal["stage"]
    stage: BootStage
    seconds: float


class BootFailedReply(TypedDict):
    """Python could not start."""

    kind: Literal["boot-failed"]
    message: Message


class GraphReply(Exchange):
    """The graph of the files, or how it differs from the one that the page has."""

    kind: Literal["graph"]
    graph: Graph
    version: NotRequired[int]


class StateReply(Exchange):
    """A node of a run that goes on has another state."""

    kind: Literal["state"]
    node: Name
    state: NodeState


class RunReply(RunSummary):
    """A run as it is told: its graph may be a change of one that the page has."""

    graph: Graph


class ResultReply(Exchange):
    """A run is over."""

    kind: Literal["result"]
    result: RunReply
    version: NotRequired[int]


class PreviewReply(Exchange):
    """A part of the value of a node; None where it has none."""

    kind: Literal["preview"]
    node: Name
    preview: Preview | None


class ComparisonReply(Exchange):
    """What two sessions have other than each other."""

    kind: Literal["comparison"]
    comparison: ComparisonView


class ExportReply(Exchange):
    """An export, or the reason why there is none."""

    kind: Literal["export"]
    export: ExportView


class CheckedReply(Exchange):
    """What a lesson's check says."""

    kind: Literal["checked"]
    check: CheckView


class ClosedReply(Exchange):
    """The session has ended."""

    kind: Literal["closed"]


class CrashedReply(Exchange):
    """The engine itself failed."""

    kind: Literal["crashed"]
    message: Message


Request = OutlineRequest | RunRequest | PreviewRequest | CompareRequest | ExportRequest | CheckRequest | CloseRequest
"""What a page asks of a session."""

Reply = (
    StageReply
    | BootFailedReply
    | GraphReply
    | StateReply
    | ResultReply
    | PreviewReply
    | ComparisonReply
    | ExportReply
    | CheckedReply
    | ClosedReply
    | CrashedReply
)
"""What a page is told."""

ANSWERS: Final = {
    OutlineRequest: GraphReply,
    RunRequest: ResultReply,
    PreviewRequest: PreviewReply,
    CompareRequest: ComparisonReply,
    ExportRequest: ExportReply,
    CheckRequest: CheckedReply,
    CloseRequest: ClosedReply,
}
"""The reply that ends the waiting for each request. A run is reported on by `StateReply` until then."""
