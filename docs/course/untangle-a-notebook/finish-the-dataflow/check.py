results = start.value("notebook")


def as_dict(found):
    return found.to_dict() if hasattr(found, "to_dict") else found


def equals(name):
    return same(as_dict(value(name)), as_dict(results[name]))


def shown(found):
    found = as_dict(found)
    if isinstance(found, float):
        return f"{found:.6g}"
    if not isinstance(found, dict):
        return repr(found)
    parts = (
        f"{key}: {amount:.6g}"
        if isinstance(amount, int | float)
        else f"{key}: {amount}"
        for key, amount in sorted(found.items())
    )
    return ", ".join(parts)


def differs(name):
    return (
        f"`{name}` should be {shown(results[name])}, as in the notebook, but "
        f"it is {shown(value(name))}."
    )


expect(
    lambda: equals("species_counts"),
    "`species_counts` is the number of penguins by species.",
    hint=lambda: differs("species_counts"),
)
expect(
    lambda: equals("heaviest_species"),
    "`heaviest_species` is the species with the highest mean mass.",
    hint=lambda: differs("heaviest_species"),
)
expect(
    lambda: reads("heaviest_species", "mean_mass"),
    "`heaviest_species` depends on `mean_mass`.",
    hint="`heaviest_species` should depend on a node `mean_mass`, the mean mass by species, instead of computing it itself.",
)
expect(
    lambda: equals("mass_gap"),
    "`mass_gap` is the mean mass of males minus that of females.",
    hint=lambda: differs("mass_gap"),
)
expect(
    lambda: equals("mean_bill_ratio"),
    "`mean_bill_ratio` is the mean ratio of bill length to depth.",
    hint=lambda: differs("mean_bill_ratio"),
)
expect(
    "notebook" not in nodes,
    "The function `notebook` is gone.",
    hint="The results of `notebook` are nodes now, so remove this function. Any selection of nodes can be the output of a run.",
)
expect(
    len(nodes) >= 9,
    "There are at least nine nodes.",
    hint=f"There are {len(nodes)} nodes, but there should be at least nine. Give the intermediate values names, too: the mean mass by sex, and the bill ratio of each penguin.",
)
crowded = [name for name in sorted(nodes) if len(node(name).depends_on) > 3]
expect(
    not crowded,
    "No node depends on more than three others.",
    hint=f"`{crowded[0] if crowded else ''}` depends on more than three nodes. Split it.",
)
undocumented = [name for name in sorted(nodes) if not node(name).doc]
expect(
    not undocumented,
    "Every node has a docstring.",
    hint=f"`{undocumented[0] if undocumented else ''}` has no docstring. Say in a sentence what the value is, and in which unit.",
)
