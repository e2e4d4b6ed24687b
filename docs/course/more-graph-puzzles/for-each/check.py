check_puzzle(
    {"word": ["text"], "length": ["word"], "letters": ["length"]},
    values={"letters": 14},
    functions=3,
    for_each=["length"],
)
expect(
    lambda: run(["letters"], inputs={"text": "a bc"})["letters"] == 3,
    "`letters` is 3 if `text` is `a bc`.",
    hint="`letters` should be 3 if `text` is `a bc`: the spaces do not count.",
)
