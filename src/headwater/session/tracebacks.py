"""Shortens tracebacks by collapsing the repeated frames of recursive calls."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from headwater.wire.bounds import MAX_FRAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.wire.views import FrameView

MAX_CYCLE_LENGTH: Final = 10
"""The maximum number of calls in a recognized cycle."""
MIN_REPETITIONS: Final = 2


def collapse_frames(frames: Sequence[FrameView]) -> list[FrameView]:
    """Return the frames without repeated cycles.

    The last frame of a cycle stores the cycle's length and the number of repetitions. If too many frames remain,
    return only the first and the last frames.
    """
    collapsed: list[FrameView] = []
    at = 0
    while at < len(frames):
        length, times = _repetition(frames, at)
        cycle = list(frames[at : at + length])
        if times:
            cycle[-1] = {**cycle[-1], "repeated": length, "times": times}
        collapsed += cycle
        at += length * (times + 1)
    if len(collapsed) > MAX_FRAMES:
        return [*collapsed[: MAX_FRAMES // 2], *collapsed[-MAX_FRAMES // 2 :]]
    return collapsed


def _repetition(frames: Sequence[FrameView], at: int) -> tuple[int, int]:
    """Return the length of the cycle that starts at a frame, and the number of repetitions. Without a cycle, return 1 and 0."""
    for length in range(1, MAX_CYCLE_LENGTH + 1):
        count = 0
        following = islice(frames, at + length, None)
        for offset, frame in enumerate(following):
            if frame != frames[at + offset]:
                break
            count += 1
        times = count // length
        if times >= MIN_REPETITIONS:
            return length, times
    return 1, 0
