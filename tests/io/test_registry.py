"""The choice of an adapter by format, type and order of registration, and invalid adapters."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder, load_from, save_to
from headwater.errors import AdapterError, DecoratorError, WrongAdapterResult
from headwater.io import DataLoader, DataSaver, formats, register_adapter, registry
from headwater.libraries.installation import import_advice


@pytest.fixture(autouse=True)
def _registry_as_it_was(monkeypatch):
    formats("load")
    snapshot = {
        direction: {name: list(adapters) for name, adapters in adapters_by_format.items()}
        for direction, adapters_by_format in registry._registered.items()
    }
    yield
    for direction, adapters_by_format in snapshot.items():
        registry._registered[direction].clear()
        registry._registered[direction].update(adapters_by_format)


def loader(says: str, *types: Any, format_: str = "probe") -> type:
    @dataclass(frozen=True)
    class Probe(DataLoader):
        @classmethod
        def name(cls):
            return format_

        @classmethod
        def applicable_types(cls):
            return types

        def load_data(self, _):
            return says, {}

    return register_adapter(Probe)


def loaded_as(type_: Any, format_: str = "probe") -> str:
    def probed(data: type_) -> str:
        return data

    return Builder().with_functions(getattr(load_from, format_)()(probed)).build().execute(["probed"])["probed"]


class Animal: ...


class Dog(Animal): ...


def test_the_most_specific_type_wins_in_any_order():
    loader("dog", Dog)
    loader("anything", object)
    loader("animal", Animal)
    assert [loaded_as(type_) for type_ in (Dog, Animal, int)] == ["dog", "animal", "anything"]


def test_the_last_registered_adapter_of_a_type_is_used():
    loader("first", Dog)
    loader("second", Dog)
    assert loaded_as(Dog) == "second"


def test_a_loader_may_return_a_narrower_type():
    loader("list", list)
    assert loaded_as(list[str] | None) == "list"


def test_without_a_type_the_adapter_for_everything_is_used():
    loader("dog", Dog)
    loader("anything", Any)
    assert loaded_as(Any) == "anything"


def test_without_a_type_the_only_adapter_is_used():
    loader("dog", Dog)
    assert loaded_as(Any) == "dog"


def test_without_a_type_the_standard_library_comes_first(tmp_path):
    loader("dog", Dog, format_="text")
    (tmp_path / "a.txt").write_text("standard", encoding="utf-8")

    @load_from.text(path=tmp_path / "a.txt")
    def read(data: Any) -> str:
        return data

    assert Builder().with_functions(read).build().execute(["read"]) == {"read": "standard"}


def test_an_unspecific_annotation_with_several_adapters_is_an_error():
    loader("dog", Dog)
    loader("list", list)
    with pytest.raises(DecoratorError) as caught:
        loaded_as(Any)
    assert "@load_from.probe on `probed` (tests/io/test_registry.py:" in str(caught.value).replace(f"{Path.cwd()}/", "")
    assert "`probe` can load several types (tests.Dog, list), but the annotation does not say which one" in str(caught.value)
    assert "Change the annotation to one of them." in str(caught.value)


def test_a_class_may_load_and_save():
    store = {}

    @register_adapter
    @dataclass(frozen=True)
    class Shelf(DataLoader, DataSaver):
        key: str

        @classmethod
        def name(cls):
            return "shelf"

        @classmethod
        def applicable_types(cls):
            return [int]

        def load_data(self, _):
            return store[self.key], {"key": self.key}

        def save_data(self, data):
            store[self.key] = data
            return {"key": self.key}

    @save_to.shelf(key="a", output_name_="saved")
    def three() -> int:
        return 3

    @load_from.shelf(key="a")
    def doubled(number: int) -> int:
        return number * 2

    driver = Builder().with_functions(three, doubled).build()
    assert driver.execute(["saved"]) == {"saved": {"key": "a"}}
    assert driver.execute(["doubled"]) == {"doubled": 6}
    assert "shelf" in formats("load")
    assert "shelf" in formats("save")


class Plain:
    @classmethod
    def name(cls):
        return "plain"

    def load_data(self, _): ...


@dataclass
class Nameless:
    def load_data(self, _): ...


@dataclass
class WronglyNamed(Plain):
    @classmethod
    def name(cls):
        return "no name"

    @classmethod
    def applicable_types(cls):
        return [int]


@dataclass
class Typeless(Plain):
    @classmethod
    def applicable_types(cls):
        return []

    def load_data(self, _): ...


@pytest.mark.parametrize(
    ("adapter", "message"),
    [
        (3, "Adapter `3`: an adapter must be a class."),
        (Animal, "it has neither `load_data(self, type_)` nor `save_data(self, data)`. Define one of them."),
        (Plain, "it must be a dataclass whose fields are its arguments. Add `@dataclass(frozen=True)` above the class."),
        (Nameless, "it needs the class methods `name()` and `applicable_types()`"),
        (WronglyNamed, "`name()` must return a name such as 'json', not 'no name'."),
        (Typeless, "`applicable_types()` must return a list of types, not []."),
    ],
)
def test_an_invalid_adapter_is_refused(adapter, message):
    with pytest.raises(AdapterError) as caught:
        register_adapter(adapter)
    assert message in str(caught.value)


def test_the_error_has_the_location_of_the_class():
    with pytest.raises(AdapterError, match=r"Adapter `Nameless` \(.*test_registry.py:\d+\)"):
        register_adapter(Nameless)


def test_a_loader_without_metadata_is_reported():
    @register_adapter
    @dataclass(frozen=True)
    class Forgetful(DataLoader):
        @classmethod
        def name(cls):
            return "forgetful"

        @classmethod
        def applicable_types(cls):
            return [int]

        def load_data(self, _):
            return 3

    with pytest.raises(
        WrongAdapterResult, match=r"`probed.data.loader` \(.*\) must return a tuple of the data and its metadata"
    ):
        loaded_as(int, "forgetful")


def test_a_saver_without_metadata_is_reported():
    @register_adapter
    @dataclass(frozen=True)
    class Silent(DataSaver):
        @classmethod
        def name(cls):
            return "silent"

        @classmethod
        def applicable_types(cls):
            return [int]

        def save_data(self, data): ...

    @save_to.silent(output_name_="saved")
    def three() -> int:
        return 3

    with pytest.raises(WrongAdapterResult, match="`save_data` of `Silent` must return a dictionary of metadata, but returned"):
        Builder().with_functions(three).build().execute(["saved"])


@pytest.mark.native
def test_importing_headwater_imports_no_adapters_and_no_library(imported_by):
    loaded = imported_by("import headwater")
    assert "headwater" in loaded
    assert not {"json", "pickle", "pathlib", "tempfile", "headwater.io", "headwater.decorators.load_save"} & loaded
    assert not {"pandas", "polars", "numpy", "yaml", "matplotlib", "plotly"} & {name.partition(".")[0] for name in loaded}


@pytest.mark.native
def test_formats_of_a_library_are_available_once_it_is_imported():
    pytest.importorskip("yaml")
    program = (
        "from headwater.io import formats\n"
        "before = formats('load')\n"
        "import yaml, numpy\n"
        "print(sorted(set(formats('load')) - set(before)))"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "['npy', 'yaml']"


pd = pytest.importorskip("pandas")


@pytest.fixture
def frame():
    return pd.DataFrame({"day": ["mon", "tue"], "rain": [0.5, 1.25], "count": [1, 2]})


def test_a_format_of_a_library_that_is_not_imported_says_what_to_import(monkeypatch):
    monkeypatch.setattr("headwater.io.registry._registered", {"load": {}, "save": {}})
    monkeypatch.setattr("headwater.io.registry._loaded", set())
    monkeypatch.setattr("headwater.io.registry._WITH_ADAPTERS", [])
    monkeypatch.setattr("headwater.io.registry.FORMAT_LIBRARIES", {"csv": ("absent", "lacking")})

    @load_from.csv(path="a")
    def total(frame: dict) -> float: ...

    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(total).build()
    advice = import_advice(["absent", "lacking"])
    assert f"format `csv` needs absent or lacking. {advice}" in str(caught.value)
