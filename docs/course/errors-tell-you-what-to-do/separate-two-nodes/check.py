expect(
    lambda: value("wet_days") == 623,
    "`wet_days` is the number of days with any rain.",
    hint="`wet_days` should be 623, the number of days with any rain. Keep the function in features.py, and rename the other one.",
)
expect(
    lambda: value("very_wet_days") == 144,
    "`very_wet_days` is the number of days with at least 10 mm.",
    hint="`very_wet_days` should be 144, the number of days with at least 10 mm of rain. Rename the function in heavy_rain.py.",
)
expect(
    lambda: reads("wet_share", "very_wet_days"),
    "`wet_share` depends on `very_wet_days`.",
    hint="`wet_share` is about heavy rain, so it should depend on `very_wet_days`. Rename its parameter, too.",
)
expect(
    lambda: reads("report", "wet_days") and reads("report", "very_wet_days"),
    "`report` depends on both counts.",
    hint="`report` should depend on both counts. Add a parameter `very_wet_days: int`.",
)
expect(
    lambda: "623" in value("report") and "144" in value("report"),
    "The sentence contains both counts.",
    hint="The sentence should contain both counts, 623 and 144. Use both parameters in the f-string.",
)
