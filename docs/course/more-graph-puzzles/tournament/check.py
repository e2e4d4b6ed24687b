players = [f"player_{number}" for number in range(8)]
quarters = {f"quarter_{n}": players[2 * n : 2 * n + 2] for n in range(4)}
check_puzzle(
    {
        **{player: [] for player in players},
        **quarters,
        "semi_0": ["quarter_0", "quarter_1"],
        "semi_1": ["quarter_2", "quarter_3"],
        "champion": ["semi_0", "semi_1"],
    },
    values={"champion": 97},
    functions=2,
)
found = sorted(value(name) for name in nodes if name != "champion")
expected = sorted([81, 64, 97, 55, 72, 90, 68, 49, 81, 97, 90, 68, 97, 90])
expect(
    found == expected,
    "The players and the first six matches have the right values.",
    hint=f"The players and the first six matches should be {expected}, but they are {found}.",
)
