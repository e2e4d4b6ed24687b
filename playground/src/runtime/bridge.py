"""The Python end of the seam: requests in, replies out, both as JSON text.

`playground/src/protocol.ts` states their shapes. The sessions live here, one for each element of the page, and with
them everything that knows what Python code means.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from headwater.session import Session, early_runs, replies
from headwater.session.graph_changes import GraphVersions, VersionedGraph
from headwater.session.text_values import parse_text_value
from headwater.wire.views import GraphView


class Bridge:
    """Answers the page's requests."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._graphs: dict[str, GraphVersions] = {}

    def answer(self, text: str, tell: Callable[[str], None]) -> str:
        """The reply to one request. `tell` is given what is worth knowing before the reply is there."""
        request = json.loads(text)
        about = {"id": request["id"], "session": request["session"]}
        try:
            return replies.encode_reply(about, self._reply(request, about, tell))
        except BaseException as failure:  # noqa: BLE001 - whatever it is, the page must hear of it, not wait for ever
            said = f"{type(failure).__name__}: {failure}" if str(failure) else type(failure).__name__
            return replies.encode_crash(about, said)

    def early(self, text: str, tell: Callable[[str], None]) -> str | None:
        """The reply to a request while files of modules are still arriving. None if it has to wait for them."""
        request = json.loads(text)
        is_run = request["kind"] == "run"
        if is_run and not early_runs.can_run(_sources(request["files"])):
            return None
        with early_runs.block_pending_imports() as pending:
            reply = self.answer(text, tell)
        if not pending:
            return reply
        if is_run:
            # Code may have handled the failed import, so none of its values are kept.
            self._sessions.pop(request["session"]).close()
        return None

    def _reply(self, request: dict[str, Any], about: dict[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
        session = self._session(request["session"])
        match request["kind"]:
            case "outline":
                session.update(request["files"], **_values(request.get("given", {})))
                published = self._publish(request, session.graph(stamps=request.get("stamps", True)))
                return {"kind": "graph", "graph": published.graph, "version": published.version}
            case "run":

                def on_state(node: str, state: str) -> None:
                    tell(json.dumps({**about, "kind": "state", "node": node, "state": state}))

                session.update(request["files"], **_values(request.get("given", {})))
                result = session.run(request["outputs"], on_state)
                published = self._publish(request, result["graph"])
                return {"kind": "result", "result": {**result, "graph": published.graph}, "version": published.version}
            case "preview":
                node = request["node"]
                shown = session.preview(node, row=request.get("row", 0), column=request.get("column", 0))
                return {"kind": "preview", "node": node, "preview": shown}
            case "compare":
                return {"kind": "comparison", "comparison": session.compare(self._session(request["before"]))}
            case "check":
                return {"kind": "checked", "check": session.check(request["source"])}
            case "export":
                session.update(request["files"], **_values(request.get("given", {})))
                asked = {name: request[name] for name in ("node", "outputs", "title", "link", "engine")}
                return {"kind": "export", "export": _export(session, request["export"], asked)}
            case "close":
                self._sessions.pop(request["session"]).close()
                self._graphs.pop(request["session"], None)
                return {"kind": "closed"}
            case kind:
                raise ValueError(f"the page asked for {kind!r}, which nobody here knows")

    def _publish(self, request: Mapping[str, Any], graph: GraphView) -> VersionedGraph:
        """A graph for the page, which may have an earlier version of it."""
        return self._graphs.setdefault(request["session"], GraphVersions()).publish(graph, request.get("since"))

    def _session(self, name: str) -> Session:
        session = self._sessions.get(name)
        if session is None:
            session = self._sessions[name] = Session()
        return session


def reseed() -> None:
    """Every page begins with the same memory, but must not throw the same dice."""
    for module in ("random", "numpy.random"):
        importlib.import_module(module).seed()


def _export(session: Session, kind: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return an export. The package is imported lazily: most visits export nothing."""
    export: Callable[..., dict[str, Any]] = importlib.import_module("headwater.export.view").export
    return dict(replies.truncate_export(export(session, kind, **asked)))


def _sources(files: Mapping[str, str]) -> dict[str, str]:
    """The texts of the modules by name."""
    return {name.removesuffix(".py"): text for name, text in files.items() if name.endswith(".py")}


def _values(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """What was typed in, as texts: a JavaScript number would not tell 1 from 1.0."""
    return {role: {name: parse_text_value(text) for name, text in texts.items()} for role, texts in given.items()}
