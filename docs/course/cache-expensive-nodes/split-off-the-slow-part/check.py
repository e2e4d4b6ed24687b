import tempfile

import features
import numpy as np

from headwater import Builder

assert "correlations" in nodes, (
    "There is no node `correlations` yet. Write a function with that name. "
    "It should compute the correlations of the routes."
)
table = value("correlations")
shape = np.shape(table)
expect(
    shape == (26, 26),
    "`correlations` has a row and a column for each route.",
    hint=f"`correlations` should be an array of shape (26, 26), with a row and a column for each route, but its shape is {shape}.",
)
expect(
    lambda: not depends("correlations", "limit"),
    "`correlations` does not depend on `limit`.",
    hint="`correlations` should not depend on `limit`: otherwise, each limit needs its own correlations. Compare with the limit in `close_pairs`.",
)
expect(
    lambda: reads("close_pairs", "correlations"),
    "`close_pairs` depends on `correlations`.",
    hint="`close_pairs` should depend on `correlations`. Give it a parameter with that name.",
)
expect(
    lambda: unchanged("close_pairs", "pairs_per_route"),
    "The results are the same as before.",
    hint=f"`close_pairs` should still be {start.value('close_pairs')}, but it is {value('close_pairs')}.",
)
lower = run(["close_pairs"], inputs={"limit": 0.6})["close_pairs"]
expect(
    lower == 76,
    "With a limit of 0.6, there are 76 pairs.",
    hint=f"With a limit of 0.6, `close_pairs` should be 76, but it is {lower}. Use the parameter `limit`.",
)
with tempfile.TemporaryDirectory() as folder:
    driver = Builder().with_modules(features).with_cache(folder).build()
    for limit in (0.7, 0.6):
        driver.execute(["pairs_per_route"], inputs={"limit": limit})
outcomes = [
    event.outcome for event in driver.cache.log if event.node == "correlations"
]
expect(
    outcomes == ["miss", "hit"],
    "With a cache, a run with another limit reuses `correlations`.",
    hint="The check ran the dataflow with a cache and two limits. The second run should reuse `correlations`.",
)
expect(
    lambda: not reads("close_pairs", "departures"),
    "`close_pairs` does not read the departures itself.",
    hint="`close_pairs` should not read the departures. Remove the parameter `departures`.",
)
