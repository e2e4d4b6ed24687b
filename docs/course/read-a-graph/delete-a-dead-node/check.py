import ast

DEAD = "gust_factor"


def functions_in(texts):
    return [
        definition.name
        for name, text in texts.items()
        if name.endswith(".py")
        for definition in ast.parse(text).body
        if isinstance(definition, ast.FunctionDef)
    ]


lost = sorted(
    name
    for name in start.nodes - {DEAD}
    if name not in nodes or node(name).kind != "function"
)
shown = ", ".join(f"`{name}`" for name in lost[:3])
more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
added = nodes - start.nodes
expect(
    not lost,
    "All other nodes still exist.",
    hint=f"{shown}{more}: still needed, but without a function. Restore what you deleted, and look for another node.",
)
expect(
    DEAD not in nodes,
    "The dead node is gone.",
    hint="A node that neither `bulletin` nor `feature_table` depends on is still in the graph. Compare the number of selected nodes for each module.",
)
expect(
    not added,
    "No node was added.",
    hint=f"{', '.join(f'`{name}`' for name in sorted(added))}: a new node. Delete the dead node without replacing it.",
)
expect(
    len(functions_in(files)) < len(functions_in(start.files)),
    "The function of the dead node is deleted.",
    hint="The node is gone, but its function is still in the file. Delete the function.",
)
expect(
    lambda: unchanged("bulletin", "feature_table"),
    "`bulletin` and `feature_table` have the same values as before.",
    hint="`bulletin` and `feature_table` should have the same values as before. Delete one function, and change nothing else.",
)
