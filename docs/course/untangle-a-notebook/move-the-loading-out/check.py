import pandas as pd

toy = pd.DataFrame(
    {
        "Species": [
            "Adelie Penguin",
            "Adelie Penguin",
            "Gentoo penguin",
            "Gentoo penguin",
        ],
        "Sex": ["MALE", "FEMALE", "MALE", "FEMALE"],
        "Body Mass (g)": [4000.0, 3000.0, 6000.0, 5000.0],
        "Culmen Length (mm)": [40.0, 38.0, 50.0, 45.0],
        "Culmen Depth (mm)": [20.0, 19.0, 10.0, 9.0],
    }
)


def is_table(table):
    return isinstance(table, pd.DataFrame) and table.shape == (344, 17)


def shown(table):
    if not isinstance(table, pd.DataFrame):
        return f"of type {type(table).__name__}"
    return f"a table of {table.shape[0]} rows and {table.shape[1]} columns"


expect(
    lambda: is_table(value("measurements")),
    "`measurements` is the table as recorded.",
    hint=lambda: (
        f"`measurements` should be a table of 344 rows and 17 columns, as in the file, but it is {shown(value('measurements'))}. Return `pd.read_csv(table)`, unchanged."
    ),
)
expect(
    lambda: reads("notebook", "measurements"),
    "`notebook` depends on `measurements`.",
    hint="`notebook` should depend on `measurements`. Add the parameter `measurements: pd.DataFrame`; do not call the function.",
)
expect(
    lambda: unchanged("notebook"),
    "The results of `notebook` are the same as before.",
    hint="The results of `notebook` differ from those at the start. Move code only, and keep all four results.",
)
expect(
    lambda: (
        call("notebook", toy)["heaviest_species"] == "Gentoo"
        and call("notebook", toy)["species_counts"].sum() == 4
    ),
    "`notebook` uses the table that it receives.",
    hint="The check called `notebook` with a table of 4 penguins, but the results come from other data. Remove `read_csv` from `notebook`, and use the parameter.",
)
