EDITED = "is_wet"


def listed(names):
    *first, last = [f"`{name}`" for name in sorted(names)] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def verb(names, singular, plural):
    return singular if len(names) == 1 else plural


above = predicted & upstream(EDITED)
other = predicted - above - downstream(EDITED) - {EDITED}
missing = downstream(EDITED) - predicted
expect(
    bool(predicted),
    "The prediction contains at least one node.",
    hint="No node is selected. Begin with the node that the edit changes, `is_wet`.",
)
expect(
    not above,
    "In the prediction, nodes upstream of the edit are reused.",
    hint=f"{listed(above)} {verb(above, 'is', 'are')} reused: `is_wet` depends on {verb(above, 'it', 'them')}, and not the other way around.",
)
expect(
    not other,
    "In the prediction, nodes that do not depend on `is_wet` are reused.",
    hint=f"{listed(other)} {verb(other, 'is', 'are')} reused: there is no path from `is_wet` to {verb(other, 'it', 'them')}. The order in the file does not matter.",
)
expect(
    EDITED in predicted,
    "In the prediction, `is_wet` reruns.",
    hint="`is_wet` reruns: the edit changes its function.",
)
expect(
    not missing,
    "In the prediction, everything downstream of `is_wet` reruns.",
    hint=f"{listed(missing)} {verb(missing, 'reruns', 'rerun')}, too: follow the edges downstream from `is_wet`.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint=f"These nodes ran: {listed(ran)}.",
)
