check_puzzle(
    {
        "alp": [],
        "bog": [],
        "cove": ["alp", "bog"],
        "dam": ["alp"],
        "east": ["dam"],
        "ford": ["cove", "bog"],
        "gorge": ["cove", "dam"],
        "delta": ["east", "ford", "gorge"],
    },
    values={"gorge": 14, "delta": 34},
    functions=1,
)
