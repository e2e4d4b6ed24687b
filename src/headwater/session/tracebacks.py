"""The user's lines of a traceback, those that repeat themselves once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from headwater.wire.bounds import MOST_FRAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.wire.views import FrameView

LONGEST_CYCLE: Final = 10
"""Functions that call one another in a circle, for the circle to be found."""
FEWEST_REPETITIONS: Final = 2


def collapse_frames(frames: Sequence[FrameView]) -> list[FrameView]:
    """The frames without repetitions: the last frame of what is repeated says of how many lines, and how often.

    Of those that are left, the first and the last, if they are very many.
    """
    found: list[FrameView] = []
    at = 0
    while at < len(frames):
        length, times = _repetition(frames, at)
        cycle = list(frames[at : at + length])
        if times:
            cycle[-1] = {**cycle[-1], "repeated": length, "times": times}
        found += cycle
        at += length * (times + 1)
    if len(found) > MOST_FRAMES:
        return [*found[: MOST_FRAMES // 2], *found[-MOST_FRAMES // 2 :]]
    return found


def _repetition(frames: Sequence[FrameView], at: int) -> tuple[int, int]:
    """How many frames from a place on are repeated, and how many times after the first; one frame and 0 if none are."""
    for length in range(1, LONGEST_CYCLE + 1):
        count = 0
        following = islice(frames, at + length, None)
        for offset, frame in enumerate(following):
            if frame != frames[at + offset]:
                break
            count += 1
        times = count // length
        if times >= FEWEST_REPETITIONS:
            return length, times
    return 1, 0
