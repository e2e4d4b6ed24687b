try:
    result = value("worst_flight")
except Exception as error:
    reason = str(error).partition(": ")[2].splitlines()[0]
    raise AssertionError(
        f"`worst_flight` fails for an airline ({reason.rstrip('.')}). The error under "
        "Problems names its code. Return None if the airline has no flights."
    ) from None
codes = list(value("carrier"))
expect(
    len(codes) == 16,
    "There are still 16 airlines.",
    hint=f"`carrier` should still have all 16 airlines, but it has {len(codes)}. Keep the airline, and fix `worst_flight`.",
)
by_carrier = dict(zip(codes, result))
expect(
    "OO" in by_carrier and by_carrier["OO"] is None,
    "For the airline without flights, the value is None.",
    hint=f"For OO, which has no flights in the sample, `worst_flight` should be None, but it is {by_carrier.get('OO')!r}.",
)
flown = value("flights").dropna(subset=["arr_delay"])
expected = {
    code: int(own.loc[own["arr_delay"].idxmax(), "flight"])
    for code, own in flown.groupby("carrier")
}
wrong = [
    code
    for code in codes
    if code != "OO" and by_carrier[code] != expected[code]
]
expect(
    not wrong,
    "For every other airline, the value is its worst flight.",
    hint=f"For {wrong[0] if wrong else ''}, `worst_flight` should be {expected.get(wrong[0]) if wrong else ''}, but it is {by_carrier.get(wrong[0]) if wrong else ''}.",
)
fewer = value("flights")
fewer = fewer[fewer["carrier"] != "UA"]
try:
    tried = run(
        ["worst_flight"], overrides={"carrier": ["UA", "AA"], "flights": fewer}
    )["worst_flight"]
except Exception:
    tried = None
expect(
    tried == [None, expected["AA"]],
    "`worst_flight` works for any airline without flights.",
    hint="The check removed the flights of UA. `worst_flight` should then be None for UA. Test whether the airline has flights, instead of testing its code.",
)
expect(
    lambda: value("worst_flights") == by_carrier,
    "`worst_flights` lists all airlines.",
    hint="`worst_flights` should list all airlines, with None for those without flights. Restore its function.",
)
