cities = ("seattle", "san_francisco")
missing = [name for name in cities if name not in nodes]
assert not missing, (
    f"There is no node `{missing[0]}`. Each keyword of `parameterized_subdag` is the "
    "name of a node: `seattle={...}` and `san_francisco={...}`."
)
unbound = [name for name in cities if node(name).kind == "input"]
assert not unbound, (
    f"No function computes `{unbound[0]}`. Each keyword of `parameterized_subdag` is "
    "the name of a node: `seattle={...}` and `san_francisco={...}`."
)
functions = {node(name).function for name in cities}
expect(
    len(functions) == 1,
    "One function defines both cities.",
    hint=f"`seattle` and `san_francisco` are defined by different functions: {' and '.join(f'`{name}`' for name in sorted(functions))}. Replace both with a single function decorated with `@parameterized_subdag`.",
)
lost = sorted(start.nodes - nodes)
expect(
    not lost,
    "Each city has the nodes that it had before.",
    hint=f"There is no node `{lost[0] if lost else ''}` any more. Pass `hourly`, `daily` and `heating` to `parameterized_subdag`, and bind `file` for each city.",
)
extra = sorted(nodes - start.nodes)
expect(
    not extra,
    "There are no other nodes.",
    hint=f"The node `{extra[0] if extra else ''}` is new. The refactored dataflow should have the same nodes as before.",
)
expect(
    lambda: all(node(f"{name}.heating").module == "city" for name in cities),
    "Both cities use the functions in city.py.",
    hint="Both cities should still use the functions in city.py.",
)
different = sorted(changed(*cities))
expect(
    not different,
    "Both cities have the same values as before.",
    hint=f"The value of `{different[0] if different else ''}` has changed. Check which file each city reads.",
)
expect(
    lambda: unchanged("heating_ratio"),
    "`heating_ratio` has the same value as before.",
    hint="`heating_ratio` should have the same value as before. Restore its function.",
)
