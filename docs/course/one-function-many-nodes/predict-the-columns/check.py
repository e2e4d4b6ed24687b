expect(
    "jobs" in predicted,
    "In the prediction, `jobs` reruns.",
    hint="`jobs` reruns: the edit changes this function.",
)
expect(
    {"construction", "government"} <= predicted,
    "In the prediction, both columns are extracted again.",
    hint="`construction` and `government` rerun: each is extracted from the new frame, even if its values turn out to be unchanged.",
)
expect(
    {"yoy_government", "census_peak"} <= predicted,
    "In the prediction, the nodes downstream of `government` rerun.",
    hint="`yoy_government` and `census_peak` rerun: they depend on `government`, whose values change.",
)
expect(
    not {"yoy_construction", "building_low"} & predicted,
    "In the prediction, the nodes downstream of `construction` are reused.",
    hint="`yoy_construction` and `building_low` are reused: the values of `construction` are the same as before.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint="The prediction should contain exactly the nodes that reran.",
)
