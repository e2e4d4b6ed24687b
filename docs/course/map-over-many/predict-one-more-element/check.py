def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


other = predicted & {"flights", "longest_delay", "at_least"}
expect(
    bool(predicted),
    "The prediction contains at least one node.",
    hint="No node is selected. Begin with the node that the edit changes, `carrier`.",
)
expect(
    not other,
    "In the prediction, nodes that do not depend on `carrier` are reused.",
    hint=f"Not downstream of `carrier`, so not computed again: {listed(other)}.",
)
expect(
    "carrier" in predicted,
    "In the prediction, `carrier` reruns.",
    hint="`carrier` reruns: the edit changes its limit.",
)
expect(
    "delay" in predicted,
    "In the prediction, `delay` reruns.",
    hint="`delay` reruns: its list, with a value for each airline, is computed again as a whole.",
)
collecting = {"mean_delay", "worst"} - predicted
expect(
    not collecting,
    "In the prediction, the functions that collect the delays rerun.",
    hint=f"Missing: {listed(collecting)}. A function that collects values is called again if its list grows.",
)
expect(
    "above_mean" in predicted,
    "In the prediction, `above_mean` reruns.",
    hint="`above_mean` reruns: it is also called for each airline, and there is one more.",
)
expect(
    "warning" not in predicted,
    "In the prediction, `warning` is reused.",
    hint="`warning` is reused: `worst` is computed again, but the new airline has a low mean delay, so the value stays the same.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint=f"These nodes ran: {listed(ran)}.",
)
