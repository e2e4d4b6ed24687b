"""`make keep-examples`: keeps the texts that the examples have now, for links to changes of them.

To be run with each release of the site, and before an example that was on it is edited.
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "hooks"))

from editions import keep  # noqa: E402 - a neighbour that no package holds
from examples import Example  # noqa: E402 - a neighbour that no package holds


def main() -> None:
    """Keep all."""
    folders = sorted(said.parent for said in (DOCS / "examples").glob("*/example.toml"))
    added = keep(map(Example.read, folders), DOCS / "editions")
    print(f"Kept anew: {', '.join(added)}." if added else "All editions were kept already.")


if __name__ == "__main__":
    main()
