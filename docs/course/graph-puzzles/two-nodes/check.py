check_puzzle(
    {"meters": [], "kilometers": ["meters"]},
    values={"meters": 42195, "kilometers": 42.195},
    functions=2,
)
expect(
    lambda: same(
        run(["kilometers"], overrides={"meters": 5000})["kilometers"], 5
    ),
    "`kilometers` is 5 if `meters` is 5000.",
    hint="`kilometers` should be 5 if `meters` is 5000. Use the parameter `meters` instead of the number.",
)
