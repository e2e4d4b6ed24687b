import pandas as pd

found = value("life_by_continent")
gap = value("life_gap")
expect(
    isinstance(found, pd.Series) and len(found) == 5,
    "`life_by_continent` returns a Series with a value for each continent.",
    hint=f"`life_by_continent` should return a Series with a value for each continent, but its type is {type(found).__name__}. Write `return` instead of `print`, and `-> pd.Series` instead of `-> None`.",
)
expect(
    "print(" not in files["countries.py"],
    "No function prints.",
    hint="`life_by_continent` still prints. Remove the call to `print`: select the node to see its value.",
)
expect(
    lambda: (
        reads("life_gap", "life_by_continent")
        and not reads("life_gap", "latest")
    ),
    "`life_gap` depends on `life_by_continent`, and not on `latest`.",
    hint="`life_gap` should use the means from `life_by_continent` instead of computing them again. Make `life_by_continent` its only parameter.",
)
expect(
    same(gap, start.value("life_gap")),
    "`life_gap` has the same value as before.",
    hint=f"`life_gap` should still be 25.91 years, but it is {gap:.2f}.",
)
