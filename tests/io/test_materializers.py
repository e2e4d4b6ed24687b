"""`to` and `from_`: loaders and savers added to a dataflow from outside."""

import json
from pathlib import Path

import pytest

from headwater import Builder, Collect, Parallelizable, configuration, source, value
from headwater.errors import (
    DuplicateNode,
    MaterializerError,
    MisplacedInput,
    MissingInput,
    RequestError,
    UnknownNode,
)
from headwater.io import from_, to
from headwater.results import DictResult


def total(price: float, units: int) -> float:
    return price * units


def doubled(total: float) -> float:
    return total * 2


@pytest.fixture
def driver():
    return Builder().with_functions(total, doubled).build()


INPUTS = {"price": 1.5, "units": 2}


def read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_values_are_saved_and_outputs_returned(driver, tmp_path):
    metadata, results = driver.materialize(
        to.json(id="saved", dependencies=["total"], path=tmp_path / "total.json"),
        to.pickle(id="kept", dependencies=doubled, path=str(tmp_path / "doubled.pickle")),
        additional_vars=["doubled", total],
        inputs=INPUTS,
    )
    assert read(tmp_path / "total.json") == 3.0
    assert results == {"doubled": 6.0, "total": 3.0}
    assert list(metadata) == ["saved", "kept"]
    assert metadata["saved"]["file_metadata"]["path"] == str(tmp_path / "total.json")


def test_materializing_does_not_change_the_driver(driver, tmp_path):
    before = list(driver.graph.nodes)
    driver.materialize(to.json(id="saved", dependencies=["total"], path=tmp_path / "a"), inputs=INPUTS)
    assert list(driver.graph.nodes) == before
    with pytest.raises(UnknownNode):
        driver.execute(["saved"], inputs=INPUTS)


def test_loaded_data_replaces_an_input_or_node(driver, tmp_path):
    path = tmp_path / "a.json"
    path.write_text("4.0", encoding="utf-8")
    loading = from_.json(target="price", path=path)
    assert driver.materialize(loading, additional_vars=["total"], inputs={"units": 2})[1] == {"total": 8.0}
    loading = from_.json(target=total, path=source("where"))
    results = driver.materialize(loading, additional_vars=["doubled", "total.loader"], inputs={"where": path})[1]
    assert results["doubled"] == 8.0
    assert results["total.loader"][1]["file_metadata"]["path"] == str(path)


def test_loaded_data_can_be_saved(driver, tmp_path):
    driver.materialize(
        to.json(id="saved", dependencies=["total"], path=tmp_path / "a.json"),
        from_.literal(target="total", value=value(5.0)),
    )
    assert read(tmp_path / "a.json") == 5.0


def test_several_values_are_combined(driver, tmp_path):
    saving = to.json(id="saved", dependencies=["total", "doubled"], combine=DictResult(), path=tmp_path / "a.json")
    driver.materialize(saving, inputs=INPUTS)
    assert read(tmp_path / "a.json") == {"total": 3.0, "doubled": 6.0}


def test_arguments_come_from_nodes_inputs_and_the_config(tmp_path):
    def path(folder: Path) -> Path:
        return folder / "a.json"

    saving = to.json(id="saved", dependencies=["total"], path=source("path"), indent=source("spaces"))
    builder = Builder().with_functions(total, path).with_config({"spaces": 3})
    driver = builder.with_materializers(saving).build()
    driver.execute(["saved"], inputs={**INPUTS, "folder": tmp_path})
    assert read(tmp_path / "a.json") == 3.0


def test_an_argument_can_come_from_the_config(tmp_path):
    saving = to.json(id="saved", dependencies=["total"], path=configuration("where"))
    loading = from_.literal(target="price", value=configuration("cost"))
    config = {"where": tmp_path / "a.json", "cost": 2.0}
    driver = Builder().with_functions(total).with_config(config).with_materializers(saving, loading).build()
    driver.execute(["saved"], inputs={"units": 2})
    assert read(tmp_path / "a.json") == 4.0


def test_a_missing_config_key_is_reported(driver):
    saving = to.json(id="saved", dependencies=["total"], path=configuration("where"))
    assert refused(driver, saving) == (
        "to.json for `saved`: it needs config value `where`, which is not set. Set it with `with_config`."
    )


def test_overrides_affect_saved_values(driver, tmp_path):
    driver.materialize(to.json(id="saved", dependencies=["doubled"], path=tmp_path / "a.json"), overrides={"total": 1.0})
    assert read(tmp_path / "a.json") == 2.0


def test_a_builder_adds_materializers_without_changing(tmp_path):
    plain = Builder().with_functions(total, doubled)
    builder = plain.with_materializers(
        from_.literal(target="price", value=2.0), to.json(id="saved", dependencies=["doubled"], path=tmp_path / "a.json")
    )
    driver = builder.build()
    assert driver.execute(["saved"], inputs={"units": 3})["saved"]["file_metadata"]["size"] == 4
    assert read(tmp_path / "a.json") == 12.0
    assert "saved" not in plain.build().graph
    metadata, _ = driver.materialize(to.json(id="again", dependencies=["total"], path=tmp_path / "b"), inputs={"units": 3})
    assert list(metadata) == ["again"]
    with pytest.raises(MisplacedInput, match="`price` was provided as an input"):
        driver.execute(["total"], inputs={"price": 1.0, "units": 1})


def test_validation_runs_nothing(driver, tmp_path):
    saving = to.json(id="saved", dependencies=["total"], path=tmp_path / "a.json")
    driver.validate_materialization(saving, inputs=INPUTS)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(MissingInput, match="`units`"):
        driver.validate_materialization(saving, inputs={"price": 1.0})


def test_the_drawing_shows_what_would_run(driver, tmp_path):
    saving = to.json(id="saved", dependencies=["total"], path=tmp_path / "a.json")
    text = driver.visualize_materialization(saving, inputs=INPUTS).text
    assert "* saved" in text
    assert "doubled" not in text
    assert list(tmp_path.iterdir()) == []
    driver.visualize_materialization(saving, path=tmp_path / "graph.svg", bypass_validation=True)
    assert "saved" in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_an_error_while_saving_names_the_node_and_its_location(driver, tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        driver.materialize(to.json(id="saved", dependencies=["total"], path=tmp_path / "absent" / "a"), inputs=INPUTS)
    assert "Raised in node `saved` (" in caught.value.__notes__[0]
    assert "test_materializers.py" in caught.value.__notes__[0]


# --- misuse -----------------------------------------------------------------------------------------------------------


def refused(driver, *materializers, kind: type[Exception] = MaterializerError) -> str:
    """Return the message of the error, without the location."""
    with pytest.raises(kind) as caught:
        driver.materialize(*materializers, additional_vars=["total"], inputs=INPUTS)
    (place,) = caught.value.locations
    assert place.file == __file__
    line = Path(__file__).read_text(encoding="utf-8").splitlines()[place.line - 1]
    assert "to." in line or "from_." in line
    return str(caught.value).replace(f" ({place})", "")


def test_an_unknown_dependency_is_reported(driver):
    assert refused(driver, to.json(id="saved", dependencies=["totl"], path="a")) == (
        "to.json for `saved`: there is no node `totl`. Did you mean `total`?"
    )


def test_an_unknown_target_is_reported(driver):
    assert refused(driver, from_.json(target="prise", path="a")) == (
        "from_.json for `prise`: there is no node or input `prise`. Did you mean `price`?"
    )


def test_an_unknown_format_is_reported(driver):
    message = refused(driver, to.jsn(id="saved", dependencies=["total"], path="a"))
    assert message.startswith(
        "to.jsn for `saved`: unknown format `jsn`. Did you mean `json`? Formats that can be saved: bytes,"
    )


def test_missing_and_unknown_arguments_are_reported(driver):
    assert refused(driver, from_.json(target="price")) == (
        "from_.json for `price`: `JsonLoader` needs `path`. Add `path=...`. Arguments: path, encoding."
    )
    assert refused(driver, from_.json(target="price", path="a", encodng="ascii")) == (
        "from_.json for `price`: `JsonLoader` has no argument `encodng`. Did you mean `encoding`? Arguments: path, encoding."
    )


def test_an_unsupported_type_is_reported(driver):
    message = refused(driver, to.text(id="saved", dependencies=["total"], path="a"))
    assert message.startswith("to.text for `saved`: `text` cannot save a value of type float, only str. Change the")


def test_several_values_need_a_result_builder():
    with pytest.raises(MaterializerError) as caught:
        to.json(id="saved", dependencies=["total", "doubled"], path="a")
    assert (
        "it needs one value but got `total`, `doubled`. Pass a result builder as `combine=`, or save each value separately."
        in str(caught.value)
    )


def test_at_least_one_node_must_be_saved():
    with pytest.raises(
        MaterializerError, match=r"to.json for `saved` \(.*:\d+\): it has no nodes to save. List them in `depende"
    ):
        to.json(id="saved", dependencies=[], path="a")


def test_two_loaders_of_a_node_are_refused(driver):
    first, second = from_.literal(target="price", value=1.0), from_.literal(target="price", value=2.0)
    assert refused(driver, first, second) == (
        "from_.literal for `price`: another materializer also loads it. Remove one of the two."
    )


def test_two_savers_with_the_same_name_are_refused(driver):
    saving = to.json(id="saved", dependencies=["total"], path="a")
    with pytest.raises(DuplicateNode, match="`saved` is defined twice"):
        driver.materialize(saving, saving, inputs=INPUTS)


def test_a_loader_of_a_config_key_is_refused():
    driver = Builder().with_functions(total).with_config({"price": 2.0}).build()
    assert refused(driver, from_.literal(target="price", value=1.0)) == (
        "from_.literal for `price`: the config also provides it. Remove one of the two."
    )


def test_a_run_without_savers_or_outputs_is_refused(driver):
    with pytest.raises(RequestError, match=r"Nothing to materialize\. Add"):
        driver.materialize(from_.literal(target="price", value=1.0))


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [([from_.literal(target="price", value=1.0)], "Unpack the list"), ("json", r"Create one with `to\.json")],
)
def test_anything_but_materializers_is_refused(driver, wrong, remedy):
    with pytest.raises(MaterializerError, match=remedy):
        driver.materialize(wrong)
    with pytest.raises(MaterializerError, match=remedy):
        Builder().with_materializers(wrong)


# --- nodes with a value for each element --------------------------------------------------------------------------------


def number() -> Parallelizable[int]:
    return [1, 2, 3]


def square(number: int) -> int:
    return number * number


def square_path(number: int, folder: str) -> str:
    return f"{folder}/{number}.json"


MAPPED = Builder().with_functions(number, square, square_path)


@pytest.mark.parametrize(("node", "saved"), [("number", "[1, 2, 3]"), ("square", "[1, 4, 9]")])
def test_the_values_for_all_elements_are_saved_together(tmp_path, node, saved):
    path = tmp_path / "a.json"
    metadata, _ = MAPPED.build().materialize(to.json(id="saved", dependencies=[node], path=path))
    assert path.read_text() == saved
    assert isinstance(metadata["saved"], dict)
    MAPPED.with_materializers(to.json(id="saved", dependencies=[node], path=path)).build().execute(["saved"])
    assert path.read_text() == saved


def test_each_value_is_saved_to_the_path_of_its_element(tmp_path):
    saver = to.json(id="saved", dependencies=[square], path=source("square_path"))
    metadata, _ = MAPPED.build().materialize(saver, inputs={"folder": str(tmp_path)})
    assert [(tmp_path / f"{name}.json").read_text() for name in (1, 2, 3)] == ["1", "4", "9"]
    assert len(metadata["saved"]) == 3


def test_the_values_for_all_elements_are_combined_with_others(tmp_path):
    path = tmp_path / "a.json"
    MAPPED.build().materialize(to.json(id="saved", dependencies=["number", "square"], combine=DictResult(), path=path))
    assert json.loads(path.read_text()) == {"number": [1, 2, 3], "square": [1, 4, 9]}


@pytest.mark.parametrize("node", ["number", "square"])
def test_a_loader_cannot_replace_the_values_for_all_elements(tmp_path, node):
    with pytest.raises(MaterializerError, match=rf"for `{node}`.*: the node has a list of values.*pass it in `overrides`"):
        MAPPED.with_materializers(from_.json(target=node, path=tmp_path / "a.json")).build()


def test_a_format_that_cannot_save_a_list_is_refused(tmp_path):
    with pytest.raises(MaterializerError, match=r"`text` cannot save a value of type Collect\[int\]"):
        MAPPED.build().materialize(to.text(id="saved", dependencies=[square], path=tmp_path / "a.txt"))


def test_the_values_of_nested_elements_need_a_function_that_collects_them(tmp_path):
    def digit(square: int) -> Parallelizable[str]:
        return list(str(square))

    def again(digit: str) -> str:
        return digit

    def digits(again: Collect[str]) -> str:
        return "".join(again)

    driver = MAPPED.with_functions(digit, again, digits).build()
    with pytest.raises(RequestError, match="is called for each element"):
        driver.materialize(to.json(id="saved", dependencies=[again], path=tmp_path / "a.json"))
    driver.materialize(to.json(id="saved", dependencies=[digits], path=tmp_path / "a.json"))
    assert (tmp_path / "a.json").read_text() == '["1", "4", "9"]'
