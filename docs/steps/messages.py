"""Messages for wrong answers, written into `step.toml`. Comments and the order of the settings are preserved."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

_TABLE: Final = re.compile(r"^\[")
_ENTRY: Final = re.compile(r"^(?P<name>[\w-]+|\"[^\"]*\")\s*=\s*(?P<value>.*)$")
_MESSAGE: Final = re.compile(r'message\s*=\s*"(?:[^"\\]|\\.)*"')


def with_messages(text: str, messages: Mapping[str, str]) -> str:
    r"""Return the text of `step.toml` with these messages for the wrong answers.

    >>> print(with_messages("[wrong]\nzero = ''", {"zero": "No."}))
    [wrong]
    zero = "No."
    """
    lines = text.split("\n")
    inside = False
    for at, line in enumerate(lines):
        if _TABLE.match(line):
            inside = line.strip() == "[wrong]"
        elif inside and (entry := _ENTRY.match(line)) is not None and (name := entry["name"].strip('"')) in messages:
            lines[at] = f"{entry['name']} = {_with_message(entry['value'], messages[name])}"
    return "\n".join(lines)


def _with_message(value: str, message: str) -> str:
    quoted = json.dumps(message, ensure_ascii=False)
    if not value.startswith("{"):
        return quoted
    if _MESSAGE.search(value) is not None:
        return _MESSAGE.sub(lambda _: f"message = {quoted}", value)
    return f"{value.rstrip().removesuffix('}').rstrip().rstrip(',')}, message = {quoted} }}"
