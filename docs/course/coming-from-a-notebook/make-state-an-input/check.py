expect(
    "year" in nodes and node("year").kind == "input",
    "`year` is an input.",
    hint="`year` should be an input: a parameter of `people` and of `title` that no function computes. A colleague can then enter another year without editing code.",
)
expect(
    lambda: reads("people", "year") and reads("title", "year"),
    "`people` and `title` depend on `year`.",
    hint="Both `people` and `title` should have the parameter `year: int = 2007`. If only one of them changes with the input, the heading does not match the number.",
)
expect(
    lambda: same(run(["report"])["report"], start.value("report")),
    "Without an input, the report is the same as before.",
    hint="Without an input, the report should be about 2007, as before. Give both parameters a default of 2007.",
)
expect(
    lambda: (
        run(["report"], inputs={"year": 1952})["report"]
        == "Population in 1952: 2.41 billion"
    ),
    "With `year=1952`, both parts of the report are about 1952.",
    hint="With `year=1952`, the report should be “Population in 1952: 2.41 billion”. Use the parameter in the bodies of both functions, instead of `YEAR`.",
)
