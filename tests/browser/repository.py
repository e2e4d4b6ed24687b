"""Where the repository and the built site are."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
