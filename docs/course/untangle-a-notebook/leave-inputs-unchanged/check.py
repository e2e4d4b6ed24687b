import pandas as pd

toy = pd.DataFrame(
    {
        "species": ["Adelie", "Adelie", "Gentoo"],
        "bill_length": [40.0, 38.0, 50.0],
        "bill_depth": [20.0, 19.0, 10.0],
    }
)


ratios = pd.Series([2.0, 2.0, 5.0])


def leaves_unchanged(name):
    table = toy.copy()
    arguments = {"penguins": table, "bill_ratio": ratios}
    used = node(name).depends_on & arguments.keys()
    call(name, **{other: arguments[other] for other in used})
    return list(table.columns) == list(toy.columns)


expect(
    lambda: isinstance(value("bill_ratio"), pd.Series),
    "`bill_ratio` is a Series.",
    hint=lambda: (
        f"`bill_ratio` should be a Series with a number for each penguin, but it is a {type(value('bill_ratio')).__name__}. Return the quotient of the two columns."
    ),
)
expect(
    lambda: leaves_unchanged("bill_ratio"),
    "`bill_ratio` does not change `penguins`.",
    hint="`bill_ratio` adds a column to `penguins`, which is the value of another node. Return the quotient without assigning it.",
)
expect(
    lambda: same(
        list(value("bill_ratio")),
        list(
            value("penguins")["bill_length"] / value("penguins")["bill_depth"]
        ),
    ),
    "`bill_ratio` is the length divided by the depth.",
    hint="`bill_ratio` should be `bill_length` divided by `bill_depth`: for a bill 40 mm long and 20 mm deep, it is 2.",
)
expect(
    lambda: reads("mean_bill_ratio", "bill_ratio"),
    "`mean_bill_ratio` depends on `bill_ratio`.",
    hint="`mean_bill_ratio` should depend on `bill_ratio` instead of computing the quotient again. Add the parameter `bill_ratio: pd.Series`.",
)
expect(
    lambda: leaves_unchanged("mean_bill_ratio"),
    "`mean_bill_ratio` does not change `penguins`.",
    hint='`mean_bill_ratio` still adds a column to `penguins`. Group `bill_ratio` by `penguins["species"]` instead.',
)
expect(
    lambda: (
        same(
            list(value("mean_bill_ratio")), list(start.value("mean_bill_ratio"))
        )
        and unchanged("mean_mass")
    ),
    "The means are the same as before.",
    hint="The means should be the same as before: for Adelie, Chinstrap and Gentoo, about 2.12, 2.65 and 3.18.",
)
