import importlib.util
import tempfile
from pathlib import Path

from headwater import Builder


def night(folder):
    """Run the learner's code in a new driver. Return values and computed nodes."""
    path = folder / "features.py"
    spec = importlib.util.spec_from_file_location("features", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    driver = Builder().with_modules(module).with_cache(folder / "cache").build()
    values = driver.execute(["departures", "close_pairs"])
    computed = {
        event.node for event in driver.cache.log if event.outcome != "hit"
    }
    return values, computed


names = {"departures", "correlations", "close_pairs"}
assert names <= nodes, "Keep the three functions, and add only a decorator."
value("close_pairs")
with tempfile.TemporaryDirectory() as path:
    folder = Path(path)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    night(folder)
    _, computed = night(folder)
    table = folder / "departures.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:200]), encoding="utf-8")
    after, _ = night(folder)
days = len(after["departures"])
expect(
    days == 199,
    "`departures` notices a new file.",
    hint=f"The check ran the job with a cache, and then delivered a file with 199 days. In the next run, `departures` still had {days} days. Its function should be called in every run.",
)
expected = run(["close_pairs"], overrides={"departures": after["departures"]})
expect(
    after["close_pairs"] == expected["close_pairs"],
    "Everything computed from the file is updated.",
    hint=f"After a new file, `close_pairs` should be {expected['close_pairs']}, but it is still {after['close_pairs']}. The nodes downstream should not treat `departures` as a constant.",
)
slow = sorted(computed - {"departures"})
expect(
    not slow,
    "If the file is the same, the slow nodes are reused.",
    hint=f"The check ran the job twice with the same file, and the second run computed {', '.join(f'`{name}`' for name in slow)} again. Only `departures` should be computed in every run, and its value should be stored.",
)
expect(
    lambda: unchanged("departures", "close_pairs"),
    "The values are the same as before.",
    hint="The values should be the same as before. Add only a decorator.",
)
