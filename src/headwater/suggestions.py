"""The nearest known names, for "did you mean" in error messages."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Returns ` Did you mean ...?` with up to three near names, or nothing if none is near.

    >>> did_you_mean("rat", ["rate", "price"])
    ' Did you mean `rate`?'
    """
    import difflib  # only a message needs it, and importing it takes longer than the message

    near = difflib.get_close_matches(name, sorted(set(known)), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(f'`{other}`' for other in near)}?" if near else ""
