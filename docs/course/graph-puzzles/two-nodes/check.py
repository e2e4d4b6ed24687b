check_puzzle(
    {"meters": [], "kilometers": ["meters"]},
    values={"meters": 42195, "kilometers": 42.195},
    functions=2,
)
