"""Round trips of values through a saver and a loader."""

from pathlib import Path

import pytest

from headwater import Builder, load_from, save_to


@pytest.fixture(scope="session")
def round_trip():
    """Return a function that saves a value with one dataflow and loads it with another."""
    return save_and_load


def save_and_load(format_: str, type_: type, value, path: Path, *options):
    """Return the loaded value and the metadata of the saver.

    `options` has up to two dictionaries: the options of the saver, then those of the loader.
    """
    saving, loading = (*options, {}, {})[:2]

    def original() -> type_:
        return value

    def loaded(data: type_) -> type_:
        return data

    save = getattr(save_to, format_)(path=path, output_name_="saved", **saving)
    metadata = Builder().with_functions(save(original)).build().execute(["saved"])["saved"]
    load = getattr(load_from, format_)(path=path, **loading)
    driver = Builder().with_functions(load(loaded)).build()
    values = driver.execute(["loaded", "loaded.data.loader"])
    assert values["loaded.data.loader"][1].keys() == metadata.keys()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    return values["loaded"], metadata


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests in this folder to run in Pyodide too, because it has different builds of numpy and pandas."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.interpreter)
