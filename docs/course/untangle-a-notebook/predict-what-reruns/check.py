def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


assert predicted, (
    "No nodes are selected. Tap or click the nodes that will rerun."
)
before = predicted & upstream("mean_mass")
assert not before, (
    f"{listed(before)} did not rerun. An edit to `mean_mass` does not affect "
    "the nodes upstream of it."
)
independent = predicted - ran
assert not independent, (
    f"{listed(independent)} did not rerun. Further down in the file does not "
    "mean downstream: follow the edges that leave `mean_mass`."
)
missing = ran - predicted
assert not missing, (
    f"{listed(missing)} also ran. The edited node reruns, and so do the nodes "
    "downstream of it whose inputs have changed."
)
