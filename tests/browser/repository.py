"""The paths of the repository and of the built site."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
