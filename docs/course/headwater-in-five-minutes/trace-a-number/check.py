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
assert not missing, (
    f"`fastest_year` also depends on {listed(missing)}. Follow the arrows "
    "backwards to the data."
)
