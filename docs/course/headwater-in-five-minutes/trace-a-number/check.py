expected = upstream("fastest_year") | {"fastest_year"}


def listed(names, word="and"):
    return f" {word} ".join(f"`{name}`" for name in sorted(names))


assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
surplus = selected - expected
assert not surplus, (
    f"`fastest_year` does not depend on {listed(surplus, 'or')}. Follow the arrows "
    "backwards from `fastest_year`."
)
assert "fastest_year" in selected, "Also select `fastest_year` itself."
missing = expected - selected
unfollowed = [name for name in selected if missing & {*node(name).depends_on}]
assert not missing, (
    "`fastest_year` depends on more nodes. Follow the arrows backwards from "
    f"{listed(unfollowed)} to the data."
)
