check_puzzle(
    {
        "order": [],
        "cups": ["order"],
        "price": ["order"],
        "tea": ["order"],
        "revenue": ["cups", "price"],
        "label": ["cups", "tea"],
    },
    values={"revenue": 10, "label": "4 x green tea"},
    functions=3,
)
