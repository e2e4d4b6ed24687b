public = {name for name in nodes if node(name).tags.get("audience") == "public"}
affected = downstream("manufacturing_jobs")


def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
internal = selected - public
assert not internal, (
    f"{listed(internal)}: not public. Select only nodes with the tag "
    "`audience=public`."
)
independent = selected - affected
assert not independent, (
    f"{listed(independent)}: not affected. These nodes are public, but they "
    "do not depend on `manufacturing_jobs`."
)
missing = len((public & affected) - selected)
assert not missing, (
    f"All selected nodes are correct, but {missing} is missing. A node "
    "can also depend on `manufacturing_jobs` through other nodes."
    if missing == 1
    else f"All selected nodes are correct, but {missing} are missing. A "
    "node can also depend on `manufacturing_jobs` through other nodes."
)
