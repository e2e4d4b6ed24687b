found = value("nights")
is_report = (
    isinstance(found, dict)
    and found.keys() == {"first", "second"}
    and all(isinstance(names, list) for names in found.values())
)
assert is_report, (
    "`nights` should still list the nodes that were computed on the `first` and "
    "the `second` night. Change only the driver in `_run`."
)
slow = {"weekly_change", "correlations", "close_pairs"}
first, second = set(found["first"]), set(found["second"])
expect(
    slow <= first,
    "The first night computes all nodes.",
    hint="The first night should compute all nodes, because the folder is empty. Pass the parameter `folder` to `with_cache`.",
)
expect(
    "departures.loader" in second,
    "The second night loads the file, which may be a new one.",
    hint="The second night should load the file again, because a new one may have arrived. Run the dataflow on both nights, and pass only the folder to `with_cache`.",
)
again = sorted(slow & second)
expect(
    not again,
    "The second night reuses everything computed from the file.",
    hint=f"The second night computed {', '.join(f'`{name}`' for name in again)} again. Add `.with_cache(folder)` to the driver, without other arguments.",
)
call("nights")
repeated = set(call("nights")["first"])
expect(
    slow <= repeated,
    "The values are stored in `folder`.",
    hint="The values are stored in a folder that remains after the check. Pass the parameter `folder` to `with_cache`.",
)
expect(
    lambda: unchanged("close_pairs"),
    "`close_pairs` has the same value as before.",
    hint="`close_pairs` should have the same value as before. Restore features.py.",
)
