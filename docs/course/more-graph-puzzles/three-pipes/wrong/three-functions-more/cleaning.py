"""Clean names on a map."""

from headwater import pipe_output, step


def _stripped(text: str) -> str:
    """The text without leading or trailing spaces."""
    return text.strip()


def _lowered(text: str) -> str:
    """The text in lowercase."""
    return text.lower()


@pipe_output(step(_stripped), step(_lowered))
def city() -> str:
    """Name of the city."""
    return "  Oslo "


@pipe_output(step(_stripped), step(_lowered))
def river() -> str:
    """Name of the river."""
    return " AKERSELVA"


@pipe_output(step(_stripped), step(_lowered))
def lake() -> str:
    """Name of the lake."""
    return "Mjosa  "
