expect(
    not {"wind_raw", "wind_range_validator"} & selected,
    "The nodes of the check itself have values.",
    hint="`wind_raw` and `wind_range_validator` have values: the check needs the first to compute the second.",
)
expect(
    not {"weather", "mean_temp"} & selected,
    "Nodes that do not depend on `wind` have values.",
    hint="`weather` and `mean_temp` have values: they do not depend on `wind`.",
)
expect(
    "wind" in selected,
    "`wind` has no value.",
    hint="`wind` has no value: other nodes receive it only if it passes its check.",
)
expect(
    downstream("wind") <= selected,
    "The nodes downstream of `wind` have no value.",
    hint="`strongest_wind` and `report` have no value: both are downstream of `wind`.",
)
