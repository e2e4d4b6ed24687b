weights = ["black", "green", "mint"]
check_puzzle(
    {
        **{name: [] for name in weights},
        "shares": weights,
        "black_share": ["shares"],
        "green_share": ["shares"],
        "mint_share": ["shares"],
    },
    values={"black_share": 0.5, "green_share": 0.3, "mint_share": 0.2},
    functions=2,
)
