"""A marimo app. Its sliders are the inputs of the dataflow: `marimo run app.py`."""

import marimo

app = marimo.App()


@app.cell
def _():
    import loan
    import marimo as mo

    from headwater import Builder

    driver = Builder().with_modules(loan).build()
    return driver, mo


@app.cell
def _(mo):
    amount = mo.ui.slider(1_000, 50_000, step=1_000, value=10_000, label="Amount in EUR")
    yearly_rate = mo.ui.slider(0, 12, step=0.5, value=6, label="Interest in % per year")
    months = mo.ui.slider(6, 120, step=6, value=24, label="Months")
    mo.vstack([amount, yearly_rate, months])
    return amount, months, yearly_rate


@app.cell
def _(amount, driver, mo, months, yearly_rate):
    inputs = {"amount": amount.value, "yearly_rate": yearly_rate.value, "months": months.value}
    results = driver.execute(["payment", "total_interest", "schedule"], inputs=inputs)
    mo.vstack(
        [
            mo.md(f"**{results['payment']:.2f} EUR** a month, {results['total_interest']:.2f} EUR of interest"),
            mo.ui.table(results["schedule"]),
        ]
    )
    return (results,)


@app.cell
def _(driver, mo):
    mo.Html(driver.display_all_functions().svg)


if __name__ == "__main__":
    app.run()
