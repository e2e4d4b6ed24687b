industries = [
    name for name in value("jobs").columns if name != "nonfarm_change"
]
missing = [name for name in industries if f"yoy_{name}" not in nodes]
example = missing[0] if missing else ""
expect(
    not missing,
    "There is a node `yoy_...` for each of the 22 industries.",
    hint=f'There should be a node for each of the 22 industries, but `yoy_{example}` does not exist. Missing nodes: {len(missing)}. Use the key `f"yoy_{{name}}"` for every name in `INDUSTRIES`.',
)
if not missing:
    wrong = [
        name for name in industries if node(f"yoy_{name}").depends_on != (name,)
    ]
    expect(
        not wrong,
        "Each node reads the column of its industry.",
        hint=f"`yoy_{(wrong or industries)[0]}` should read `{(wrong or industries)[0]}` and nothing else. Bind `workers` to `source(name)`.",
    )
    functions = sorted({node(f"yoy_{name}").function for name in industries})
    expect(
        functions == ["yoy"],
        "The function `yoy` computes all 22 nodes.",
        hint="The function `yoy` should compute all 22 nodes.",
    )
    wrong = [
        name
        for name in industries
        if not same(value(f"yoy_{name}"), value("jobs")[name].pct_change(12))
    ]
    expect(
        not wrong,
        "Each node is the growth over 12 months.",
        hint=f"`yoy_{(wrong or industries)[0]}` should be the growth of `{(wrong or industries)[0]}` over 12 months.",
    )
