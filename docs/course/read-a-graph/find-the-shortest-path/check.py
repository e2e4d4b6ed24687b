FIRST, LAST = "wind", "bulletin"
between = (downstream(FIRST) & upstream(LAST)) | {FIRST, LAST}


def shortest_from(name):
    """Return the number of edges from the first node to this one."""
    if name == FIRST:
        return 0
    return 1 + min(
        shortest_from(source)
        for source in node(name).depends_on
        if source in between
    )


def listed(names):
    ordered = sorted(names)
    shown = ", ".join(f"`{name}`" for name in ordered[:4])
    more = len(ordered) - 4
    return f"{shown} and {more} more" if more > 0 else shown


other = selected - between
ends = {FIRST, LAST} - selected
path = [LAST]
while path[-1] != FIRST:
    sources = set(node(path[-1]).depends_on) & selected & between
    if not sources:
        break
    path.append(min(sources, key=shortest_from))
edges = shortest_from(LAST)
assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
assert not other, (
    f"{listed(other)}: not on a path from `wind` to `bulletin`. Select nodes "
    "that are downstream of the first and upstream of the second."
)
assert not ends, (
    f"{listed(ends)}: missing. A path includes both of its ends, `wind` and "
    "`bulletin`."
)
assert path[-1] == FIRST, (
    f"The path has a gap: none of the selected nodes has an edge to `{path[-1]}`."
)
assert len(path) == edges + 1, (
    f"This path has {len(path) - 1} edges, but there is one with {edges}. Compare the "
    "paths that lead to each of the alerts."
)
surplus = selected - set(path)
assert not surplus, (
    f"The shortest path is among the selected nodes, but {listed(surplus)} "
    f"{'is' if len(surplus) == 1 else 'are'} not on it. Select the nodes of one "
    "path only."
)
