"""Clean names on a map."""

from headwater import parameterize, pipe_output, step, value


def _stripped(text: str) -> str:
    """The text without leading or trailing spaces."""
    return text.strip()


def _lowered(text: str) -> str:
    """The text in lowercase."""
    return text.title()


@pipe_output(step(_stripped), step(_lowered))
@parameterize(
    city={"written": value("  Oslo ")},
    river={"written": value(" AKERSELVA")},
    lake={"written": value("Mjosa  ")},
)
def name(written: str) -> str:
    """A name on the map."""
    return written
