received = {"seattle.base", "san_francisco.base"}
below = downstream("comfort")
other = predicted - below - {"comfort"}


def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


expect(
    bool(predicted),
    "The prediction contains at least one node.",
    hint="No node is selected. Begin with the node that the edit changes, `comfort`.",
)
expect(
    not other,
    "In the prediction, nodes that do not depend on `comfort` are reused.",
    hint=f"Not downstream of `comfort`, so reused: {listed(other)}.",
)
expect(
    "comfort" in predicted,
    "In the prediction, `comfort` reruns.",
    hint="`comfort` reruns: the edit changes its function.",
)
expect(
    received <= predicted,
    "In the prediction, the nodes that receive the value rerun.",
    hint=f"Missing: {listed(received - predicted)}. The edge from `comfort` into a subdag ends at the node that receives the value.",
)
expect(
    below <= predicted,
    "In the prediction, everything downstream reruns.",
    hint=f"Missing: {listed(below - predicted)}. Follow the edges downstream from `comfort`, in both cities.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint=f"These nodes ran: {listed(ran)}.",
)
