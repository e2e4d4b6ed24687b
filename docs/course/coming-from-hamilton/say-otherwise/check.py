usd = float(value("spend_usd").sum())
RATES = {"EUR": 0.92, "GBP": 0.79, "CHF": 0.88}


def total(**settings):
    return run(["total_spend"], config=settings)["total_spend"]


for currency, rate in RATES.items():
    found = total(currency=currency)
    expect(
        same(found, usd * rate),
        f'With `currency="{currency}"`, the rate is {rate}.',
        hint=f'With `currency="{currency}"`, `total_spend` should be {usd * rate:.1f}, but it is {found:.1f}.',
    )
expect(
    same(total(), usd) and same(total(currency="JPY"), usd),
    "Without a config, and for all other currencies, the spend is in USD.",
    hint="Without a config, and for all other currencies, `total_spend` should be in USD. Put `@config.otherwise` above `spend__usd`.",
)
expect(
    "when_not_in" not in files["features.py"],
    "No variant lists the currencies of the other variants.",
    hint="The values are right, but the next currency needs another edit to the list. Replace `@config.when_not_in(...)` with `@config.otherwise`.",
)
