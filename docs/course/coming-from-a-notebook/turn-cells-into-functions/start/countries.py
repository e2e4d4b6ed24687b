from pathlib import Path

import pandas as pd

# Cell 1: the data. Incomes are in 2005 US dollars per person.
table = pd.read_csv(Path(__file__).with_name("gapminder.csv"))

# Cell 2: the latest year
latest = table[table["year"] == table["year"].max()]

# Cell 3: the country with the highest income
richest = latest.set_index("country")["gdpPercap"].idxmax()
