"""Round trips of values in every format of the standard library."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, load_from, save_to, source
from headwater.errors import MissingVariable

few = settings(max_examples=settings.default.max_examples // 4)  # each example writes and reads a file


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def round_trip(format_: str, type_: type, value, **options):
    """Save a value with a dataflow, and load it with another dataflow."""

    def original() -> type_:
        return value

    def loaded(data: type_) -> type_:
        return data

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        saving = getattr(save_to, format_)(path=path, output_name_="saved", **options)
        Builder().with_functions(saving(original)).build().execute(["saved"])
        driver = Builder().with_functions(getattr(load_from, format_)(path=path)(loaded)).build()
        return driver.execute(["loaded"])["loaded"]


@few
@given(st.dictionaries(st.text(), PLAIN, max_size=4))
def test_json(value):
    assert round_trip("json", dict, value) == value


@few
@given(st.dictionaries(st.text(), PLAIN, max_size=4))
def test_indented_json(value):
    assert round_trip("json", dict, value, indent=2, sort_keys=True) == value


@few
@given(st.text())
@pytest.mark.parametrize("format_", ["text", "file"])
def test_text_keeps_its_line_endings(format_, value):
    assert round_trip(format_, str, value) == value


@few
@given(st.binary())
@pytest.mark.parametrize("format_", ["bytes", "file"])
def test_bytes(format_, value):
    assert round_trip(format_, bytes, value) == value


@few
@given(st.dictionaries(st.tuples(st.integers(), st.text()), st.sets(st.integers())))
def test_pickle(value):
    assert round_trip("pickle", dict, value) == value


def test_another_encoding(tmp_path):
    @load_from.text(path=source("path"), encoding="latin-1")
    def greeting(text: str) -> str:
        return text

    @save_to.text(path=source("path"), encoding="latin-1", output_name_="saved")
    def written() -> str:
        return "Grüße"

    inputs = {"path": tmp_path / "a.txt"}
    driver = Builder().with_functions(greeting, written).build()
    driver.execute(["saved"], inputs=inputs)
    assert (tmp_path / "a.txt").read_bytes() == "Grüße".encode("latin-1")
    assert driver.execute(["greeting"], inputs=inputs) == {"greeting": "Grüße"}


def test_the_environment(monkeypatch):
    monkeypatch.setenv("HEADWATER_TEST_REGION", "eu")

    @load_from.environment(names=["HEADWATER_TEST_REGION"])
    def region(settings: dict) -> str:
        return settings["HEADWATER_TEST_REGION"]

    assert Builder().with_functions(region).build().execute(["region"]) == {"region": "eu"}


def test_a_missing_variable_is_reported_with_the_nearest_name(monkeypatch):
    monkeypatch.setenv("HEADWATER_TEST_REGION", "eu")

    @load_from.environment(names=("HEADWATER_TEST_REGOIN",))
    def region(settings: dict) -> str: ...

    with pytest.raises(MissingVariable) as caught:
        Builder().with_functions(region).build().execute(["region"])
    assert str(caught.value) == (
        "Environment variable `HEADWATER_TEST_REGOIN` is not set. Did you mean `HEADWATER_TEST_REGION`? "
        "Set it before the program starts."
    )
    assert "Raised in node `region.settings.loader`" in caught.value.__notes__[-1]


def test_a_literal_and_memory():
    store = {}

    @save_to.memory(store=store, key="latest", output_name_="kept")
    @load_from.literal(value=object)
    def same(thing: type) -> type:
        return thing

    @load_from.memory(store=store, key="latest")
    def again(thing: type) -> type:
        return thing

    driver = Builder().with_functions(same, again).build()
    assert driver.execute(["kept"]) == {"kept": {"memory": {"key": "latest"}}}
    assert driver.execute(["again"]) == {"again": object}


def test_the_error_for_a_missing_file_names_node_path_and_function(tmp_path):
    @load_from.json(path=tmp_path / "absent.json")
    def total(prices: list) -> float: ...

    driver = Builder().with_functions(total).build()
    with pytest.raises(FileNotFoundError) as caught:
        driver.execute(["total"])
    (note,) = caught.value.__notes__
    assert f"Raised in node `total.prices.loader` ({driver.graph['total'].location})" in note
    assert str(tmp_path / "absent.json") in str(caught.value)


def test_a_value_that_the_format_cannot_represent_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[1]", encoding="utf-8")

    @save_to.json(path=path, output_name_="saved")
    def values() -> list:
        return [1, {2, 3}]

    with pytest.raises(TypeError, match="set is not JSON serializable") as caught:
        Builder().with_functions(values).build().execute(["saved"])
    assert "Raised in node `saved`" in caught.value.__notes__[-1]  # from Python 3.14 on, the notes of `json` come first
    assert path.read_text(encoding="utf-8") == "[1]"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
