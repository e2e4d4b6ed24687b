"""Save the current edition of the examples, for links to edited examples (`make keep-examples`).

Run it for each release of the site, and before you edit a published example.
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "hooks"))

from editions import keep  # noqa: E402 - a module that is not in a package
from examples import Example  # noqa: E402 - a module that is not in a package
from steps.course import current_course  # noqa: E402 - needs the path added above


def main() -> None:
    """Save the current edition of every example and of the start of every step."""
    folders = sorted(settings.parent for settings in (DOCS / "examples").glob("*/example.toml"))
    steps = [Example.of_step(step) for step in current_course().steps if step.start]
    added = keep([*map(Example.read, folders), *steps], DOCS / "editions")
    print(f"New editions: {', '.join(added)}." if added else "All editions are already saved.")


if __name__ == "__main__":
    main()
