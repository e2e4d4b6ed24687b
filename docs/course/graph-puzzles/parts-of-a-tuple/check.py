check_puzzle(
    {
        "duration": ["minutes"],
        "hours": ["duration"],
        "rest": ["duration"],
        "clock": ["hours", "rest"],
    },
    values={"clock": "3:21"},
    functions=2,
)
expect(
    lambda: run(["clock"], inputs={"minutes": 90})["clock"] == "1:30",
    "`clock` is `1:30` if `minutes` is 90.",
    hint="`clock` should be `1:30` if `minutes` is 90.",
)
