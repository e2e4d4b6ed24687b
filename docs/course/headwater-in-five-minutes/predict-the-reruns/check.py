def listed(names):
    return " and ".join(f"`{name}`" for name in sorted(names))


assert predicted, (
    "No nodes are selected. Tap or click the nodes that will rerun."
)
before = predicted & upstream("yearly_growth")
assert not before, (
    f"Nodes upstream of `yearly_growth` are reused. Deselect {listed(before)}."
)
independent = predicted - ran
assert not independent, (
    "Nodes without a path from `yearly_growth` are reused, wherever they are in "
    f"the file. Deselect {listed(independent)}."
)
missing = ran - predicted
assert not missing, (
    "The edited node reruns, and so does each node to which its arrows lead. "
    f"Also select {listed(missing)}."
)
