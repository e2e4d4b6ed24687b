quarters = ["spring", "summer", "autumn", "winter"]
check_puzzle(
    {
        **{name: [] for name in quarters},
        "half": quarters[:2],
        "year": quarters,
    },
    values={"half": 21, "year": 55},
    functions=2,
)
