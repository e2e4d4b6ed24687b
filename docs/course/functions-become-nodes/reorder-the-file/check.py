import ast


def functions_in(text):
    return [
        definition.name
        for definition in ast.parse(text).body
        if isinstance(definition, ast.FunctionDef)
    ]


lost = sorted(
    name
    for name in start.nodes
    if name not in nodes or node(name).kind != "function"
)
expect(
    not lost and nodes == start.nodes,
    "The graph has the same nodes.",
    hint=f"No function computes {', '.join(f'`{name}`' for name in lost)} any more. Move the functions without deleting any."
    if lost
    else "The graph should have the same nodes as before. Move the functions without adding a node or an input.",
)
edges = [
    name
    for name in sorted(nodes & start.nodes)
    if set(node(name).depends_on) != set(start.node(name).depends_on)
]
expect(
    not edges,
    "The graph has the same edges.",
    hint=f"{', '.join(f'`{name}`' for name in edges)} should depend on the same nodes as before. Restore the parameters, and change only the order.",
)
expect(
    lambda: unchanged(),
    "All values are the same.",
    hint="All values should be the same as before. Move the functions without changing them.",
)
above = [
    (name, other)
    for file, text in files.items()
    if file.endswith(".py")
    for order in [functions_in(text)]
    for name in order
    if name in nodes
    for other in node(name).depends_on
    if other in order and order.index(other) > order.index(name)
]
name, other = (above or [("report", "warm_days")])[0]
expect(
    not above,
    "Each function is below those it depends on.",
    hint=f"`{name}` is above `{other}`, on which it depends. Move `{name}` below `{other}`.",
)
