def listed(names):
    *first, last = [f"`{name}`" for name in sorted(names)] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def verb(names, singular, plural):
    return singular if len(names) == 1 else plural


EDITED = "smoothing_weeks"
SMOOTHED = "co2.with_smoothed"
before = predicted & upstream(SMOOTHED) - {EDITED}
other = predicted - before - downstream(EDITED) - {EDITED}
after = downstream(SMOOTHED) - predicted
expect(
    bool(predicted),
    "The prediction contains at least one node.",
    hint="No node is selected. Begin with the node that the edit changes, `smoothing_weeks`.",
)
expect(
    not before,
    "In the prediction, the steps before the mean are reused.",
    hint=f"{listed(before)} {verb(before, 'is', 'are')} reused: no path leads there from `smoothing_weeks`, whose first edge leads to `co2.with_smoothed`.",
)
expect(
    not other,
    "In the prediction, nodes that do not depend on `smoothing_weeks` are reused.",
    hint=f"{listed(other)} {verb(other, 'is', 'are')} reused: there is no path from `smoothing_weeks` to {verb(other, 'it', 'them')}.",
)
expect(
    EDITED in predicted,
    "In the prediction, `smoothing_weeks` reruns.",
    hint="`smoothing_weeks` reruns: the edit changes its function.",
)
expect(
    SMOOTHED in predicted,
    "In the prediction, the step that depends on `smoothing_weeks` reruns.",
    hint="`co2.with_smoothed` reruns: its parameter `weeks` receives `smoothing_weeks`, whose value changes.",
)
expect(
    not after,
    "In the prediction, everything after this step reruns.",
    hint=f"{listed(after)} {verb(after, 'reruns', 'rerun')}, too: each step receives the value of the step before it.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint=f"These nodes ran: {listed(ran)}.",
)
