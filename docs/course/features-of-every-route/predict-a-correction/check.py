expect(
    "departures" in predicted,
    "In the prediction, `departures` reruns.",
    hint="`departures` reruns: the edit changes this function.",
)
expect(
    {"lga_atl", "lga_ord", "lga"} <= predicted,
    "In the prediction, every node that reads `departures` reruns.",
    hint="`lga_atl`, `lga_ord` and `lga` rerun: they read `departures`, which has changed. Each must run before its new value can be compared with the old one.",
)
expect(
    {"lga_atl_mean", "lga_atl_share"} <= predicted,
    "In the prediction, the features of the corrected route rerun.",
    hint="`lga_atl_mean` and `lga_atl_share` rerun: they read `lga_atl`, whose value has changed.",
)
expect(
    "lga_ord_share" in predicted,
    "In the prediction, the share of the other route reruns.",
    hint="`lga_ord_share` reruns: it also reads `lga`, the total of both routes, which has changed.",
)
expect(
    "lga_ord_mean" not in predicted,
    "In the prediction, the mean of the other route is reused.",
    hint="`lga_ord_mean` is reused: it reads only `lga_ord`, whose values are the same as before.",
)
expect(
    predicted == ran,
    "The prediction matches the nodes that ran.",
    hint="The prediction should contain exactly the nodes that reran.",
)
