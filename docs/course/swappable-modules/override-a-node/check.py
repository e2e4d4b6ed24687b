computed = ran | reused
is_function = "growth_rate" in nodes and node("growth_rate").kind == "function"
expect(
    lambda: (
        is_function
        and same(
            run(["growth_rate"])["growth_rate"], start.value("growth_rate")
        )
    ),
    "The function `growth_rate` is the same as before.",
    hint="The code of `growth_rate` should be the same as before. Restore it, and enter an override for the node instead.",
)
expect(
    lambda: (
        value("population_in_ten_years") is not None
        and "population_in_ten_years" in computed
    ),
    "`population_in_ten_years` is computed by its function.",
    hint="`population_in_ten_years` was not computed. Remove its override, and run the dataflow: its function should use the new growth.",
)
expect(
    lambda: same(float(value("growth_rate")), 1.2),
    "The value of `growth_rate` is 1.2 in this run.",
    hint=lambda: (
        f"`growth_rate` should be 1.2 percent in this run, but it is {value('growth_rate'):.4g}. Select the node and enter 1.2 as its override."
    ),
)
expect(
    lambda: same(
        float(value("population_in_ten_years")),
        float(value("population_by_year")[2007]) * 1.012**10 / 1e6,
    ),
    "`population_in_ten_years` follows from a growth of 1.2 percent.",
    hint="`population_in_ten_years` should be the population of 2007 after ten years of this growth, in millions. Restore its code.",
)
