"""A dataflow of trivial functions in layers, and an equivalent straight-line program."""

import random
from dataclasses import dataclass

WIDTH = 50


@dataclass(frozen=True, slots=True)
class Layered:
    """The source code of a dataflow and of the equivalent program. Every engine gets the same functions in the same module."""

    functions: str
    by_hand: str
    outputs: list[str]


def layered(nodes: int) -> Layered:
    """Return `nodes` functions in layers of 50.

    Each function adds two values from the previous layer. The result is deterministic.
    """
    generator = random.Random(1)  # noqa: S311 - must be reproducible, not secret
    layers = nodes // WIDTH
    functions: list[str] = []
    calls: list[str] = []
    for layer in range(layers):
        for position in range(WIDTH):
            name = f"n{layer}_{position}"
            needs = [] if layer == 0 else [f"n{layer - 1}_{other}" for other in sorted(generator.sample(range(WIDTH), 2))]
            parameters = ", ".join(f"{need}: int" for need in needs)
            functions.append(f"def {name}({parameters}) -> int:\n    return {' + '.join(needs) or position}\n")
            calls.append(f"    {name}_ = {name}({', '.join(f'{need}_' for need in needs)})")
    outputs = [f"n{layers - 1}_{position}" for position in range(WIDTH)]
    results = ", ".join(f"{output!r}: {output}_" for output in outputs)
    by_hand = "\n".join(["def by_hand():", *calls, f"    return {{{results}}}", ""])
    return Layered("\n".join(functions), by_hand, outputs)
