"""An explanation as tables: text for terminals, HTML for notebooks."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.errors import short_repr
from headwater.errors.quantities import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.errors.excluded_variants import ExcludedVariant
    from headwater.planning.explanation import ExplainedStep, Explanation

_MAX_STEPS: Final = 100
"""The maximum number of steps to list in full."""
_FIRST_STEPS: Final = 60
_LAST_STEPS: Final = 20
_MAX_CELL_LENGTH: Final = 40
"""The maximum length of a cell with names, unless one name is longer."""
_MAX_ROW_LENGTH: Final = 100
"""The maximum length of the last cell in a row, unless one name is longer."""
_MAX_VALUE_LENGTH: Final = 60
_MAX_OPERATION_LENGTH: Final = 60
_LEFT: Final = 'style="text-align: left"'
"""Notebooks right-align the text in tables by default."""


class _Table(NamedTuple):
    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def explanation_text(explanation: Explanation) -> str:
    """Return the tables with aligned columns."""
    return "\n\n".join("\n".join(_text_lines(table)) for table in _tables(explanation))


def explanation_html(explanation: Explanation) -> str:
    """Return the tables as HTML."""
    return "".join(map(_html, _tables(explanation)))


def _tables(explanation: Explanation) -> Iterator[_Table]:
    yield _steps_table(explanation)
    if explanation.missing:
        rows = [
            (error.name, _names((requirement.reader for requirement in error.requirements), _MAX_ROW_LENGTH))
            for error in explanation.missing
        ]
        yield _Table("Missing inputs", ("input", "needed by"), rows)
    if explanation.provided:
        provided = [(value.name, value.source, short_repr(value.value, _MAX_VALUE_LENGTH)) for value in explanation.provided]
        yield _Table("Provided values", ("name", "from", "value"), provided)
    if explanation.omitted:
        yield _Table(f"Not called: {counted(len(explanation.omitted), 'function')}", ("reason", "nodes"), _omitted(explanation))
    if explanation.excluded:
        excluded = [(item.function, item.decorators, _config_of(item), str(item.location)) for item in explanation.excluded]
        yield _Table("Variants that the config excludes", ("function", "excluded by", "config", "defined at"), excluded)


def _steps_table(explanation: Explanation) -> _Table:
    steps = explanation.steps
    title = f"{counted(len(steps), 'step')} for {_names(explanation.outputs)}, {_where(steps)}"
    numbered = [_step_row(number, step) for number, step in _shown(steps)]
    if len(steps) > _MAX_STEPS:
        left_out = len(steps) - _FIRST_STEPS - _LAST_STEPS
        numbered.insert(_FIRST_STEPS, ("", f"... {left_out:,} more steps in `steps`", "", "", "", ""))
    return _Table(title, ("", "node", "operation", "defined at", "reads", "then frees"), numbered)


def _where(steps: Sequence[ExplainedStep]) -> str:
    """Return where the functions are called. If there are several places, include the number of functions for each."""
    counts = Counter("in the calling thread" if step.executor is None else f"on a {step.executor}" for step in steps)
    if len(counts) <= 1:
        return next(iter(counts), "in the calling thread")
    return " and ".join(f"{count:,} {where}" for where, count in counts.most_common())


def _shown(steps: Sequence[ExplainedStep]) -> Iterator[tuple[int, ExplainedStep]]:
    for number, step in enumerate(steps, start=1):
        if len(steps) <= _MAX_STEPS or number <= _FIRST_STEPS or number > len(steps) - _LAST_STEPS:
            yield number, step


def _step_row(number: int, step: ExplainedStep) -> tuple[str, ...]:
    name = step.node.name if step.status == "queued" else f"{step.node.name} ({step.status})"
    return str(number), name, _clipped(step.operation), str(step.location), _names(step.reads), _names(step.frees)


def _omitted(explanation: Explanation) -> list[tuple[str, str]]:
    names: dict[str, list[str]] = {}
    for omitted in explanation.omitted:
        names.setdefault(omitted.reason, []).append(omitted.node.name)
    return [(reason, _names(nodes, _MAX_ROW_LENGTH)) for reason, nodes in names.items()]


def _config_of(variant: ExcludedVariant) -> str:
    conditions = (f"{unmet.key}={unmet.present}" if unmet.is_set else f"{unmet.key} is not set" for unmet in variant.unmet)
    return ", ".join(dict.fromkeys(conditions))


def _names(names: Iterable[str], most: int = _MAX_CELL_LENGTH) -> str:
    """Return names on one line, followed by the number of names that do not fit."""
    all_names = list(names)
    text = ", ".join(all_names)
    if len(text) <= most:
        return text
    first_names = all_names[:1]
    for name in all_names[1:]:
        if len(", ".join([*first_names, name])) > most - len(" and 1,000 more"):
            break
        first_names.append(name)
    left_out = len(all_names) - len(first_names)
    return f"{', '.join(first_names)} and {left_out:,} more" if left_out else text


def _clipped(text: str) -> str:
    return text if len(text) <= _MAX_OPERATION_LENGTH else f"{text[: _MAX_OPERATION_LENGTH - 4]} ..."


def _text_lines(table: _Table) -> Iterator[str]:
    yield table.title
    if not table.rows:
        return
    rows = [table.headings, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.headings))]
    for row in rows:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True) if width).rstrip()


def _html(table: _Table) -> str:
    title = escape(table.title)
    if not table.rows:
        return f"<p>{title}</p>"
    headings = "".join(f"<th {_LEFT}>{escape(heading)}</th>" for heading in table.headings)
    rows = (f"<tr>{''.join(f'<td {_LEFT}>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return f"<table><caption>{title}</caption><thead><tr>{headings}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
