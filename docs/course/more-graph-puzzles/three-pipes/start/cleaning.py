"""Clean names on a map."""


def city() -> str:
    """Name of the city."""
    return "  Oslo ".strip().lower()


def river() -> str:
    """Name of the river."""
    return " AKERSELVA".strip().lower()


def lake() -> str:
    """Name of the lake."""
    return "Mjosa  ".strip().lower()
