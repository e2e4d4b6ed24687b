"""`Trials`: runs of the learner's dataflow, and of the step's starting code, in separate sessions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import short_repr
from headwater.lessons.failure import CheckFailure
from headwater.lessons.run_facts import NodeFacts, RunFacts
from headwater.lessons.similarity import is_similar
from headwater.lessons.unloadable import reason_unloadable
from headwater.previews.texts import plain_text_of, type_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.session import Session

_MAX_SHOWN: Final = 60


class Trials:
    """Runs of the learner's files in a separate session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def run(
        self,
        outputs: Sequence[str],
        *,
        inputs: Mapping[str, Any] | None = None,
        config: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Run the learner's code with other inputs, config or overrides, and return the outputs as a dictionary.

        Values that the learner has entered are not used.

        Raises:
            CheckFailure: an output does not exist or failed.
        """
        if isinstance(outputs, str):
            raise TypeError('`run` needs a list of names, such as `run(["total"])`')
        tried = _settings(inputs or {}, config or {}, overrides or {})
        facts = _run(self._session, outputs, inputs=inputs, config=config, overrides=overrides)
        try:
            return facts.values(outputs)
        except CheckFailure as failure:
            raise CheckFailure(f"{failure}{tried}") from None

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Call the function of a node, as the learner wrote it, and return its result.

        Raises:
            CheckFailure: no function computes the node, or the call raised an exception.
        """
        function = _run(self._session, []).function(name)
        try:
            with self._session.active():
                return function(*args, **kwargs)
        except Exception as error:
            arguments = [*map(_shown, args), *(f"{key}={_shown(argument)}" for key, argument in kwargs.items())]
            reason = f"raised {type_name(error)}: {plain_text_of(error)}"
            raise CheckFailure(f"`{name}({', '.join(arguments)})` {reason}") from error


class StepStart:
    """The starting code of a step. The code runs only when a check first needs its results."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.files: Mapping[str, str] = session.texts
        """The text of each file, keyed by file name."""

    @property
    def nodes(self) -> frozenset[str]:
        """The names of all nodes."""
        return self._facts.nodes

    def outlined_names(self) -> frozenset[str]:
        """Return the names of all nodes, read from the source text without running it."""
        return frozenset(node["name"] for node in self._session.graph(stamps=False)["nodes"])

    def value(self, name: str) -> Any:
        """Return the value of a node at the start of the step."""
        return self._facts.value(name)

    def node(self, name: str) -> NodeFacts:
        """Return the facts about a node at the start of the step."""
        return self._facts.node(name)

    def reads(self, name: str, other: str) -> bool:
        """Return whether there is an edge from `other` to `name` at the start of the step."""
        return self._facts.reads(name, other)

    def changed(self, current: RunFacts, names: Sequence[str]) -> frozenset[str]:
        """Return the names of the nodes whose values differ from those at the start of the step."""
        return frozenset(name for name in names if not is_similar(current.value(name), self.value(name)))

    def reruns(self, edited: Mapping[str, str], outputs: Sequence[str]) -> frozenset[str]:
        """Return the names of the nodes that run if all nodes of the starting code have run and its files are then edited.

        The result does not depend on the learner's own runs. For example, the first of them computes all nodes.
        """
        _run(self._session, None, texts=self.files)
        return _run(self._session, outputs, texts=edited).computed

    @cached_property
    def _facts(self) -> RunFacts:
        return _run(self._session, None, texts=self.files)


def _run(
    session: Session,
    outputs: Sequence[str] | None,
    *,
    texts: Mapping[str, str] | None = None,
    **settings: Mapping[str, Any] | None,
) -> RunFacts:
    """Run a session with the given files, config, inputs and overrides. The default for `texts` is the files of the session.

    Raises:
        CheckFailure: the code could not be loaded, or its graph is invalid.
    """
    session.update(session.texts if texts is None else texts, **settings)
    session.run(outputs)
    if session.latest_run is None:
        raise CheckFailure(reason_unloadable(session) or "The dataflow cannot run.")
    return RunFacts(session.latest_run)


def _settings(inputs: Mapping[str, Any], config: Mapping[str, Any], overrides: Mapping[str, Any]) -> str:
    """Return the settings of a trial, as a sentence to add to a message."""
    tried = {**config, **inputs, **overrides}
    if not tried:
        return ""
    return f" The check tried {', '.join(f'`{name}={_shown(value)}`' for name, value in tried.items())}."


def _shown(value: object) -> str:
    return short_repr(value, _MAX_SHOWN)
