"""What is saved, loaded again."""

from pathlib import Path

import pytest

from headwater import Builder, load_from, save_to


@pytest.fixture(scope="session")
def there_and_back():
    """Saves a value by one dataflow and loads it by another."""
    return saved_and_loaded


def saved_and_loaded(format_: str, type_: type, value, path: Path, *options):
    """What a dataflow saves, loaded by another one, and what is said of both; `options` are those to save and those to load."""
    saving, loading = (*options, {}, {})[:2]

    def kept() -> type_:
        return value

    def again(data: type_) -> type_:
        return data

    save = getattr(save_to, format_)(path=path, output_name_="saved", **saving)
    said = Builder().with_functions(save(kept)).build().execute(["saved"])["saved"]
    load = getattr(load_from, format_)(path=path, **loading)
    driver = Builder().with_functions(load(again)).build()
    found = driver.execute(["again", "again.data.loader"])
    assert found["again.data.loader"][1].keys() == said.keys()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    return found["again"], said


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pyodide has builds of numpy and pandas of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.interpreter)
