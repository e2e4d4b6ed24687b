columns = ["species", "sex", "mass", "bill_length", "bill_depth"]


def facts():
    table = value("penguins")
    return list(table.columns), len(table), set(table["species"])


expect(
    lambda: sorted(facts()[0]) == sorted(columns),
    "`penguins` has the five columns with short names.",
    hint=f"`penguins` should have the columns {', '.join(columns)}. Move the whole block with the comment “Use short names”.",
)
expect(
    lambda: facts()[1] == 333,
    "`penguins` has 333 rows, without missing values.",
    hint=lambda: (
        f"`penguins` should have the 333 penguins without missing values, but it has {len(value('penguins'))} rows. Move `.dropna()`, too."
    ),
)
expect(
    lambda: facts()[2] == {"Adelie", "Chinstrap", "Gentoo"},
    "The species have short names.",
    hint="The column `species` of `penguins` should contain Adelie, Chinstrap and Gentoo. Move the last line of the block, too.",
)
expect(
    lambda: (
        reads("notebook", "penguins") and not reads("notebook", "measurements")
    ),
    "`notebook` depends on `penguins` only.",
    hint="`notebook` should depend on `penguins` and no longer on `measurements`. Replace its parameter, and start with `df = penguins`.",
)
expect(
    lambda: unchanged("measurements", "notebook"),
    "The results are the same as before.",
    hint="`measurements` or a result of `notebook` has changed. Move code only.",
)
