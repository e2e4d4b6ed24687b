expect(
    lambda: (
        node("rain").type == "Series" and node("rain_total").type == "float"
    ),
    "`rain` is a Series and `rain_total` is a float.",
    hint="The functions `rain` and `rain_total` are correct. Change the annotation of the parameter that does not fit.",
)
expect(
    lambda: (
        reads("wettest_day", "rain") and reads("rain_per_year", "rain_total")
    ),
    "`wettest_day` reads `rain`, and `rain_per_year` reads `rain_total`.",
    hint="Keep the names of the parameters: `wettest_day` should read `rain`, and `rain_per_year` should read `rain_total`.",
)
expect(
    not [problem for problem in problems if problem.severity == "warning"]
    and all("Any" not in text for text in files.values()),
    "All annotations fit, without `Any`.",
    hint="`Any` turns the check off for this parameter. Use the node's type instead: `pd.Series`.",
)
expect(
    lambda: str(value("wettest_day"))[:10] == "2015-03-15",
    "`wettest_day` is March 15, 2015.",
    hint="`wettest_day` should be the day with the most rain, March 15, 2015.",
)
expect(
    lambda: same(value("rain_per_year"), value("rain_total") / 4),
    "`rain_per_year` is a quarter of the total.",
    hint="`rain_per_year` should be `rain_total` divided by 4 years.",
)
