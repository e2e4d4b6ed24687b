expect(
    "temps" not in predicted,
    "In the prediction, `temps` is reused.",
    hint="`temps` is reused: the edit changes `temps__sf`, but without a config, `temps__seattle` computes `temps`.",
)
expect(
    "mean_temp" not in predicted,
    "In the prediction, `mean_temp` is reused.",
    hint="`mean_temp` is reused: it depends on `temps` only, and the function that computes `temps` is not edited.",
)
expect(
    "warm_hours" in predicted,
    "In the prediction, `warm_hours` reruns.",
    hint="`warm_hours` reruns: without a config, `warm_hours__northwest` computes it, and the edit changes that function.",
)
expect(
    "warm_share" in predicted,
    "In the prediction, `warm_share` reruns.",
    hint="`warm_share` reruns: it depends on `warm_hours`, whose value changes.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint="The prediction should be `warm_hours` and `warm_share`.",
)
