"""Show interactive sessions in docstrings (`>>> ...`) as code blocks on the reference pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from griffe import Extension

if TYPE_CHECKING:
    from griffe import Object

# A doctest session: from a prompt at the beginning of a line to the next empty line.
SESSION = re.compile(r"^>>> .*?(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


class FencedSessions(Extension):
    """An extension that encloses every doctest session in a fenced code block."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Fence the sessions in an object's docstring."""
        if obj.docstring is not None:
            obj.docstring.value = SESSION.sub(r"```pycon\n\g<0>\n```", obj.docstring.value)
