check_puzzle(
    {
        "morning": [],
        "noon": [],
        "evening": [],
        "total": ["morning", "noon", "evening"],
    },
    values={"total": 28},
    functions=2,
)
expect(
    lambda: same(sorted(value(name) for name in nodes - {"total"}), [7, 9, 12]),
    "The values of the other nodes are the readings 12, 7 and 9.",
    hint=lambda: (
        "The values of the other nodes should be the readings 12, 7 and 9. But "
        + ", ".join(
            f"`{name}` is {value(name)}" for name in sorted(nodes - {"total"})
        )
        + "."
    ),
)
