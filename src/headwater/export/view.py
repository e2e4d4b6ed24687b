"""Exports for the page: files with notes, or a message that explains why an export is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from headwater.drawing.graph_view import draw_view
from headwater.errors import NotWritable, UnknownNode
from headwater.export.data_files import DataFiles
from headwater.export.node_test import node_test
from headwater.export.project import project
from headwater.export.safe_names import plain_stem, refuse_unsafe_names
from headwater.export.script import script

if TYPE_CHECKING:
    from headwater.execution.recording import Recording
    from headwater.session import Session
    from headwater.wire.views import ExportKind, ExportView, RunView


def export(
    session: Session,
    kind: ExportKind,
    *,
    node: str | None = None,
    outputs: Sequence[str] | None = None,
    title: str = "dataflow",
    link: str | None = None,
    engine: str | None = None,
) -> ExportView:
    """Return an export of a session's dataflow, or a message that explains why it is refused.

    A drawing shows the current files and runs nothing. For all other kinds, the session first runs the nodes that they need.

    Args:
        session: the session with the files.
        kind: a project, a test or script for one node, or a drawing.
        node: the node for a test or script.
        outputs: the outputs of a project; by default, all nodes that no other node depends on.
        title: the title of the dataflow.
        link: the URL from which the dataflow was opened, for a project's README.
        engine: the requirement that installs Headwater in a project.
    """
    if kind in ("dot", "mermaid"):
        return _drawing(session, kind)
    if kind != "project" and node is None:
        return _refusal(f"A {kind} needs a node. Choose one.")
    run = session.run(outputs if node is None else [node])
    try:
        recording = _recording(session, run)
        match kind, node:
            case "test", str():
                return _test(recording, node)
            case "script", str():
                text = script(recording, node)
                return _single_file(f"compute_{plain_stem(node)}.py", text, *_reads(recording, text))
            case _:
                result = project(recording, title=title, link=link, engine=engine)
                notes = [f"`{name}` is not tested: {reason}." for name, reason in result.untested.items()]
                return {"name": result.name, "files": dict(result.files), "notes": notes, "refusal": None}
    except (NotWritable, UnknownNode) as error:
        return _refusal(error.message)
    except Exception as error:  # noqa: BLE001 - a user's object may raise anything
        return _refusal(f"A value could not be exported. {type(error).__name__}: {error}")


def _recording(session: Session, run: RunView) -> Recording:
    try:
        return session.recording()
    except NotWritable:
        problem = next(problem for problem in run["problems"] if problem["severity"] == "error")
        location = "" if problem["file"] is None else f" ({problem['file']}:{problem['line']})"
        first = problem["message"].partition("\n")[0]
        raise NotWritable(f"The code has an error{location}: {first}") from None


def _test(recording: Recording, node: str) -> ExportView:
    """Return the test alone or, if it has data files, with all files needed to run it."""
    stem = f"test_{plain_stem(node)}"
    data = DataFiles(f"{stem}_data")
    text = node_test(recording, node, data)
    if not data.texts:
        return _single_file(f"{stem}.py", text, f"Save it in the same folder as {_modules(recording)}.")
    modules = {f"{module}.py": source for module, source in recording.sources.items()}
    files = {**modules, **recording.data}
    refuse_unsafe_names(files, beside=f"{stem}.py")
    tables = {f"{data.folder}/{file}": content for file, content in data.texts.items()}
    listed = " and ".join(f"`{file}`" for file in tables)
    note = f"The test reads {listed}. The zip contains them and {_modules(recording)}."
    return {"name": stem, "files": {f"{stem}.py": text, **files, **tables}, "notes": [note], "refusal": None}


def _drawing(session: Session, kind: ExportKind) -> ExportView:
    drawing = draw_view(session.graph())
    return _single_file("dataflow.dot", drawing.dot) if kind == "dot" else _single_file("dataflow.mmd", drawing.mermaid)


def _single_file(name: str, text: str, *notes: str) -> ExportView:
    return {"name": name, "files": {name: text}, "notes": list(notes), "refusal": None}


def _refusal(message: str) -> ExportView:
    return {"name": "", "files": {}, "notes": [], "refusal": message}


def _modules(recording: Recording) -> str:
    return " and ".join(f"`{module}.py`" for module in recording.sources)


def _reads(recording: Recording, text: str) -> list[str]:
    return [f"The script reads `{name}`, which must be in the same folder." for name in recording.data if name in text]
