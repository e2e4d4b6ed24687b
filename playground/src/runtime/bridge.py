"""The Python side of the runtime protocol, which answers requests with replies. Both are JSON text.

`headwater.wire` defines their shapes. This module holds the sessions, one for each element on the page.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from headwater.session import Session, early_runs, replies
from headwater.session.graph_changes import GraphVersions, VersionedGraph
from headwater.session.pack_imports import PackImports
from headwater.session.text_values import parse_text_value
from headwater.wire.views import ElementsView, GraphView, NodeState, RunView

if TYPE_CHECKING:
    from headwater.session.session_run import OnState

# Matplotlib must render images, because it cannot open a window here.
os.environ.setdefault("MPLBACKEND", "agg")


_COMPLETING = {"attributes", "describe"}
"""Requests that only read the code. They do not load the packs that the code imports."""


class Bridge:
    """Answers a page's requests."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._graphs: dict[str, GraphVersions] = {}
        self._latest_runs: dict[str, Mapping[str, Any]] = {}
        """The request of each session's latest run."""
        self._lost_runs: dict[str, Mapping[str, Any]] = {}
        """The request of a run whose values were lost with the session. The next run repeats it, and then reuses its values."""
        self._packs = PackImports()
        self._collect = gc.collect  # the visitor's code may replace `gc.collect`

    def register_packs(self, packs: str) -> None:
        """Register the packs that can be installed later. `packs` is a JSON object that maps modules to the names of packs."""
        self._packs.register(json.loads(packs))

    def pack_installed(self, pack: str) -> None:
        """Record that a pack is installed, so that code can import it."""
        self._packs.installed(pack)

    def collect_garbage(self) -> None:
        """Run a full garbage collection. The page calls this while there are no requests."""
        self._collect()

    def answer(self, text: str, send: Callable[[str], None]) -> str:
        """Return the reply to a request. `send` is called with messages that come before the reply."""
        request = json.loads(text)
        about = {"id": request["id"], "session": request["session"]}
        try:
            return replies.encode_reply(about, self._reply(request, about, send))
        except BaseException as failure:  # noqa: BLE001 - without a reply, the page would wait forever
            message = f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
            return replies.encode_crash(about, message)

    def early(self, text: str, send: Callable[[str], None]) -> str | None:
        """Answer a request while module files are still being downloaded. Return None if the request has to wait for them."""
        request = json.loads(text)
        is_run = request["kind"] == "run"
        if request["kind"] == "check" or (is_run and not early_runs.can_run(_sources(request["files"]))):
            return None
        before = self._run_to_keep(request["session"])
        with early_runs.block_pending_imports() as blocked:
            reply = self.answer(text, send)
        if not blocked:
            return reply
        if is_run:
            self._drop_values(request["session"], before)
        return None

    def attempt(self, text: str, send: Callable[[str], None], need: Callable[[str], None]) -> str | None:
        """Answer a request. If the code imports packs that are not installed, call `need` with their names and return None."""
        request = json.loads(text)
        if request["kind"] in _COMPLETING:
            return self.answer(text, send)
        before = self._run_to_keep(request["session"])
        with self._packs.watch() as missing:
            reply = self.answer(text, send)
        if not missing:
            return reply
        if request["kind"] in {"run", "export"}:
            self._drop_values(request["session"], before)
        for pack in dict.fromkeys(missing):
            need(pack)
        return None

    def _run_to_keep(self, name: str) -> Mapping[str, Any] | None:
        """Return the request of the run whose values a session has, or has lost."""
        return self._latest_runs.get(name) or self._lost_runs.get(name)

    def _drop_values(self, name: str, before: Mapping[str, Any] | None) -> None:
        """Drop a session after a failed import. Its code may have handled the failure, so its values may be wrong.

        Args:
            name: the name of the session.
            before: the request of the run before the failed import. Its values were correct, so the next run should reuse them.
        """
        if (session := self._sessions.pop(name, None)) is not None:
            session.close()
        self._latest_runs.pop(name, None)
        if before is not None:
            self._lost_runs[name] = before

    def _reply(self, request: dict[str, Any], about: dict[str, Any], send: Callable[[str], None]) -> dict[str, Any]:
        session = self._session(request["session"])
        match request["kind"]:
            case "outline":
                session.update(request["files"], **_values(request.get("values", {})))
                published = self._publish(request, session.graph(stamps=request.get("stamps", True)))
                return {"kind": "graph", "graph": published.graph, "version": published.version}
            case "run":
                return self._run_reply(session, request, about, send)
            case "preview":
                node = request["node"]
                shown = session.preview(node, row=request.get("row", 0), column=request.get("column", 0))
                return {"kind": "preview", "node": node, "preview": shown}
            case "complete" | "attributes" | "describe":
                return _completion(session, request)
            case "compare":
                return {"kind": "comparison", "comparison": session.compare(self._session(request["before"]))}
            case "check":
                return {"kind": "checked", "check": _check(session, request)}
            case "export":
                session.update(request["files"], **_values(request.get("values", {})))
                options = {name: request[name] for name in ("node", "outputs", "title", "link", "engine")}
                return {"kind": "export", "export": _export(session, request["export"], options)}
            case "close":
                self._sessions.pop(request["session"]).close()
                for by_session in (self._graphs, self._latest_runs, self._lost_runs):
                    by_session.pop(request["session"], None)
                return {"kind": "closed"}
            case kind:
                raise ValueError(f"unknown request kind {kind!r}")

    def _run_reply(
        self, session: Session, request: Mapping[str, Any], about: Mapping[str, Any], send: Callable[[str], None]
    ) -> dict[str, Any]:
        def on_state(node: str, state: NodeState, elements: ElementsView | None) -> None:
            progress = {} if elements is None else {"elements": elements}
            send(json.dumps({**about, "kind": "state", "node": node, "state": state, **progress}))

        if (lost := self._lost_runs.pop(request["session"], None)) is not None:
            _run(session, lost)
        result = _run(session, request, on_state)
        self._latest_runs[request["session"]] = request
        published = self._publish(request, result["graph"])
        return {"kind": "result", "result": {**result, "graph": published.graph}, "version": published.version}

    def _publish(self, request: Mapping[str, Any], graph: GraphView) -> VersionedGraph:
        """Return a graph for the page, or only the changes if the page has an earlier version."""
        return self._graphs.setdefault(request["session"], GraphVersions()).publish(graph, request.get("since"))

    def _session(self, name: str) -> Session:
        session = self._sessions.get(name)
        if session is None:
            session = self._sessions[name] = Session()
        return session


def reseed() -> None:
    """Seed the random generators. Otherwise, all pages would draw the same numbers after starting from the memory snapshot."""
    for module in ("random", "numpy.random"):
        importlib.import_module(module).seed()


def defer_full_collections() -> None:
    """Make automatic full garbage collections rare, and exclude the imported modules from all collections.

    A full collection takes 0.2 s for a graph of 3,000 nodes, and automatic ones would delay every third run. Instead, the page
    requests full collections while Python is idle; see `Bridge.collect_garbage`. Young objects are collected as usual, because
    they may hold large arrays.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, 100)


def _completion(session: Session, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return keys or attributes that can complete the code, or the description of an attribute."""
    match request["kind"]:
        case "complete":
            return {"kind": "completions", "completions": session.keys(request["node"])}
        case "attributes":
            position = request["line"], request["column"]
            return {"kind": "attributes", "attributes": session.attributes(request["file"], request["text"], *position)}
        case _:
            signature, summary = session.describe(request["name"])
            return {"kind": "description", "signature": signature, "summary": summary}


def _export(session: Session, kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return an export. The package is imported lazily: most visits export nothing."""
    export: Callable[..., dict[str, Any]] = importlib.import_module("headwater.export.view").export
    return dict(replies.truncate_export(export(session, kind, **options)))


def _check(session: Session, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a lesson's check. The package is imported lazily: only lessons need it."""
    lessons = importlib.import_module("headwater.lessons")
    exercise = lessons.Exercise(
        request["source"],
        start=request.get("start", {}),
        selected=frozenset(request.get("selected", ())),
        mutants=[lessons.Mutant(mutant["fault"], mutant["files"]) for mutant in request.get("mutants", ())],
    )
    return dict(lessons.run_check(session, exercise))


def _sources(files: Mapping[str, str]) -> dict[str, str]:
    """Return the source code of the modules, keyed by name."""
    return {name.removesuffix(".py"): text for name, text in files.items() if name.endswith(".py")}


def _run(session: Session, request: Mapping[str, Any], on_state: OnState | None = None) -> RunView:
    session.update(request["files"], **_values(request.get("values", {})))
    return session.run(request["outputs"], on_state)


def _values(entered: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """Parse the entered values. They arrive as text because a JavaScript number does not distinguish 1 from 1.0."""
    return {role: {name: parse_text_value(text) for name, text in texts.items()} for role, texts in entered.items()}
