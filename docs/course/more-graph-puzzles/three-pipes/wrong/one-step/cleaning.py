"""Clean names on a map."""

from headwater import parameterize, pipe_output, step, value


def _stripped(text: str) -> str:
    """The text without leading or trailing spaces."""
    return text.strip().lower()


@pipe_output(step(_stripped))
@parameterize(
    city={"written": value("  Oslo ")},
    river={"written": value(" AKERSELVA")},
    lake={"written": value("Mjosa  ")},
)
def name(written: str) -> str:
    """A name on the map."""
    return written
