"""The command `headwater`."""

from headwater.cli.main import main

__all__ = ["main"]
