doc = node("frosty_days").doc.lower()
words = {word.strip(".,:;()`'\"") for word in doc.replace("_", " ").split()}
assert value("frosty_days") == start.value("frosty_days"), (
    f"`frosty_days` should still be {start.value('frosty_days')}, but it is "
    f"{value('frosty_days')}. The code is correct: change only the docstring."
)
assert unchanged(), (
    "A value has changed. The code is correct: change only the docstring of "
    "`frosty_days`."
)
assert "mean" not in words and "average" not in words, (
    f"The docstring of `frosty_days` says: “{node('frosty_days').doc}” But the "
    "code compares `temp_min`, the minimum of the day. Correct the docstring."
)
assert words & {"minimum", "min", "lowest", "minima", "coldest"}, (
    "The docstring of `frosty_days` should say that the minimum temperature of "
    "the day is below 0 °C."
    + (
        " Write it in triple quotes, on the first line of the body."
        if not doc
        else ""
    )
)
assert node("temp_mean").doc == start.node("temp_mean").doc, (
    "The docstring of `temp_mean` was correct. Restore it."
)
extra = ", ".join(f"`{name}`" for name in sorted(reruns()))
assert not extra, (
    f"A new docstring reruns nothing, but your edit reruns {extra}. Restore the code of "
    "`frosty_days`, and change only its docstring."
)
