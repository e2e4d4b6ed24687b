import pandas as pd

toy = pd.DataFrame(
    {
        "country": ["A", "B", "A", "B"],
        "continent": ["Asia", "Asia", "Asia", "Asia"],
        "year": [2002, 2002, 2007, 2007],
        "lifeExp": [60.0, 70.0, 61.0, 71.0],
        "pop": [2, 1, 3, 1],
        "gdpPercap": [10.0, 90.0, 20.0, 100.0],
    }
)


def with_toy(name):
    return run([name], overrides={"countries": toy})[name]


expect(
    lambda: node("countries").module == "loaders",
    "`countries` is in loaders.py.",
    hint="`countries` should be in loaders.py, so that you can replace that module alone. Move the function.",
)
expect(
    lambda: (
        isinstance(value("countries"), pd.DataFrame)
        and value("countries").shape == (1704, 6)
    ),
    "`countries` is the whole table.",
    hint="`countries` should be the whole table, with 1,704 rows and 6 columns. Return `pd.read_csv(TABLE)`; the transforms select rows.",
)
for user in ("population_by_year", "latest"):
    expect(
        lambda user=user: reads(user, "countries"),
        f"`{user}` depends on `countries`.",
        hint=f"`{user}` should depend on `countries`. Add the parameter `countries: pd.DataFrame` instead of reading the file or calling the function.",
    )
expect(
    lambda: same(with_toy("population_by_year").to_dict(), {2002: 3, 2007: 4}),
    "`population_by_year` uses the table that it receives.",
    hint="The check replaced `countries` with a table of two countries, which together had 3 people in 2002 and 4 in 2007, but `population_by_year` does not match it. Compute it from the parameter only.",
)
expect(
    lambda: (
        len(with_toy("latest")) == 2 and same(with_toy("mean_income"), 40.0)
    ),
    "`latest` and `mean_income` use the table that they receive.",
    hint="The check replaced `countries` with a table of two countries with a mean income of 40 dollars in 2007, but `latest` or `mean_income` does not match it. Compute `latest` from the parameter only.",
)
expect(
    lambda: unchanged("population_by_year", "latest", "mean_income"),
    "The values are the same as before.",
    hint="A value has changed. Move only the code that reads the file.",
)
