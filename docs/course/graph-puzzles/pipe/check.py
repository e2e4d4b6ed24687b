check_puzzle(
    {
        "first": [],
        "second": ["first"],
        "third": ["second"],
        "fourth": ["third"],
        "cells": ["fourth"],
    },
    values={"cells": 40},
    functions=2,
)
others = sorted(value(name) for name in nodes - {"cells"})
expect(
    others == [5, 10, 20, 40],
    "The values of the other nodes are 5, 10, 20 and 40.",
    hint=f"The values of the other nodes should be 5, 10, 20 and 40, not {others}.",
)
