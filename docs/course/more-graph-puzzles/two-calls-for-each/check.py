check_puzzle(
    {
        "kilograms": [],
        "tariff": [],
        "rate": ["tariff"],
        "packaging": ["tariff"],
        "postage": ["kilograms", "rate"],
        "price": ["postage", "packaging"],
        "total": ["price"],
        "highest": ["price"],
    },
    values={"total": 23, "highest": 11},
    functions=6,
    for_each=["postage", "price"],
)
