"""`make wire`: write the page's types and validators of what crosses between it and Python, from `src/headwater/wire/`.

With `--check`, only say which files are out of date.
"""

from __future__ import annotations

import subprocess
import sys
import typing
from pathlib import Path

from wire.declarations import Declarations, constant, kind_of
from wire.typescript import comment, typescript
from wire.validators import validators

from headwater.wire import bounds, messages, views

PLAYGROUND = Path(__file__).parents[1]
HEADER = "// Written by `make wire` from src/headwater/wire/. Edit what stands there, and run it again.\n\n"
VALIDATORS = """/** What a reply can hold, and how much of it: checked before anything of a reply is used. */

import * as v from "valibot";
import { count, longest, named, several, withOrWithout } from "./validators.ts";

"""
CONSTANTS = ("LONGEST_TEXTS", "MOST_MARKS", "LONGEST_PRINTS_OF_RUN")


def main() -> None:
    """Write the files, or name those that would change."""
    wanted = {PLAYGROUND / "src" / path: _formatted(HEADER + text) for path, text in generated().items()}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit("\n".join(f"{path.relative_to(PLAYGROUND.parent)} is out of date: run `make wire`." for path in stale) or None)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
        print(f"Wrote {path.relative_to(PLAYGROUND.parent)}.")


def generated() -> dict[str, str]:
    """The texts of the files, by path below `src/`, before they are formatted."""
    declarations = Declarations(views, messages)
    return {
        "protocol.ts": comment("What crosses the seam between the page and the sealed Python.")
        + "\n"
        + typescript(declarations, messages.ANSWERS),
        "runtime/wire.ts": _constants(),
        "runtime/reply-validators.ts": VALIDATORS + validators(declarations, "Reply"),
    }


def _constants() -> str:
    answers = "".join(f'{kind_of(one)}: "{kind_of(answer)}",\n' for one, answer in messages.ANSWERS.items())
    longest = "".join(f'"{word}": {most:_},\n' for word, most in bounds.LONGEST_REPLY.items())
    stages = ", ".join(f'"{stage}"' for stage in typing.get_args(messages.BootStage))
    numbers = [(name, *constant(bounds, name)) for name in CONSTANTS]
    return "\n".join(
        [
            _constant("The reply that ends the waiting for each kind of request.", "ANSWERS", f"{{\n{answers}}} as const"),
            _constant("In their order.", "BOOT_STAGES", f"[{stages}] as const"),
            _constant("The most characters of a reply of each kind.", "LONGEST_REPLY", f"{{\n{longest}}} as const"),
            *(_constant(text, name, f"{number:_}") for name, number, text in numbers),
        ]
    )


def _constant(documentation: str, name: str, value: str) -> str:
    return f"{comment(documentation)}export const {name} = {value};\n"


def _formatted(text: str) -> str:
    biome = [PLAYGROUND / "node_modules/.bin/biome", "format", "--stdin-file-path=wire.ts"]
    done = subprocess.run(biome, input=text, cwd=PLAYGROUND, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


if __name__ == "__main__":
    main()
