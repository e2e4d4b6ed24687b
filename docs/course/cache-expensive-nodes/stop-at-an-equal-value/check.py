changed_values = {"rain", "total"}


def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


expect(
    bool(predicted),
    "The prediction contains at least one node.",
    hint="No node is selected. Begin with the node that the edit changes, `rain`.",
)
expect(
    "weather" not in predicted,
    "In the prediction, nodes upstream of the edit are reused.",
    hint="`weather` is reused: `rain` depends on it, and not the other way around.",
)
expect(
    "rain" in predicted,
    "In the prediction, `rain` reruns.",
    hint="`rain` reruns: the edit changes its function.",
)
expect(
    {"is_wet", "total"} <= predicted,
    "In the prediction, the nodes that read `rain` rerun.",
    hint=f"Missing: {listed({'is_wet', 'total'} - predicted)}. `rain` has a new value, so each function that reads it is called.",
)
expect(
    "report" in predicted,
    "In the prediction, `report` reruns.",
    hint="`report` reruns: it reads `total`, which has a new value.",
)
extra = predicted & {"wet_days", "longest_spell"}
expect(
    not extra,
    "In the prediction, the nodes that read only unchanged values are reused.",
    hint=f"Reused: {listed(extra)}. `is_wet` reruns, but its new value equals the old one: a day with 50 mm of rain is still a wet day.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint=f"These nodes ran: {listed(ran)}.",
)
