"""The nearest known names, for "did you mean" in error messages."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: object, known: Iterable[object]) -> str:
    """Returns ` Did you mean ...?` with up to three near names, or nothing if none is near, or where a name is no text.

    >>> did_you_mean("rat", ["rate", "price"])
    ' Did you mean `rate`?'
    """
    if not isinstance(name, str):
        return ""
    import difflib  # only a message needs it, and importing it takes longer than the message

    near = difflib.get_close_matches(name, sorted({one for one in known if isinstance(one, str)}), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(f'`{other}`' for other in near)}?" if near else ""
