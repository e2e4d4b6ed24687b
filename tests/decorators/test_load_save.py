"""`load_from`, `save_to`, `dataloader`, `datasaver`: their nodes and their errors."""

import json
from pathlib import Path

import pytest

from headwater import (
    Builder,
    check_output,
    configuration,
    dataloader,
    datasaver,
    extract_fields,
    group,
    load_from,
    parameterize,
    pipe_input,
    save_to,
    source,
    step,
    tag,
    value,
)
from headwater.errors import DecoratorError, MissingInput, WrongAdapterResult


@pytest.fixture
def prices(tmp_path) -> Path:
    path = tmp_path / "prices.json"
    path.write_text("[1.5, 2.0]", encoding="utf-8")
    return path


def raised(function, config=None) -> str:
    """Return the message of the error from building a dataflow, without the location."""
    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(function).with_config(config or {}).build()
    error = caught.value
    (place,) = error.locations
    assert place.file == __file__
    assert f"on `{function.__name__}` ({place}): " in str(error)
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    assert lines[place.line - 1].strip().startswith(f"def {function.__name__}(")
    return str(error).replace(f" ({place})", "")


# --- load_from --------------------------------------------------------------------------------------------------------


def test_a_parameter_is_loaded(prices):
    @load_from.json(path=prices)
    def total(prices: list[float]) -> float:
        return sum(prices)

    driver = Builder().with_functions(total).build()
    assert driver.execute(["total"]) == {"total": 3.5}
    assert [node.name for node in driver.graph] == ["total.prices.loader", "total.prices", "total"]
    data, metadata = driver.execute(["total.prices.loader"])["total.prices.loader"]
    assert data == [1.5, 2.0]
    assert metadata["file_metadata"]["path"] == str(prices)
    assert driver.graph["total.prices"].type == list[float]
    assert total([1.0]) == 1.0


def test_loaders_and_savers_are_found_by_their_tags(prices):
    @save_to.json(path=prices)
    @load_from.json(path=prices)
    def total(prices: list[float]) -> float:
        return sum(prices)

    driver = Builder().with_functions(total).build()
    found = {role: driver.list_available_variables(tag_filter={"headwater.role": role}) for role in ("loader", "saver")}
    assert {role: [node.name for node in nodes] for role, nodes in found.items()} == {
        "loader": ["total.prices.loader"],
        "saver": ["total.save_json"],
    }
    assert [node.name for node in driver.list_available_variables(tag_filter={"headwater.format": "json"})] == [
        "total.prices.loader",
        "total.save_json",
    ]
    assert dict(driver.graph["total"].tags) == dict(driver.graph["total.prices"].tags) == {}


def test_several_parameters_are_loaded_by_a_decorator_each(prices):
    @load_from.literal(value=value(10.0), inject_="rate")
    @load_from.json(path=source("where"), inject_="prices")
    def total(prices: list[float], rate: float, units: int) -> float:
        return sum(prices) * rate * units

    driver = Builder().with_functions(total).build()
    assert driver.execute(["total"], inputs={"where": str(prices), "units": 2}) == {"total": 70.0}
    assert {node.name for node in driver.graph.inputs} == {"where", "units"}


def test_the_only_unbound_parameter_needs_no_name(prices):
    @load_from.json(path=prices)
    @load_from.literal(value=10.0, inject_="rate")
    def total(prices: list[float], rate: float) -> float:
        return sum(prices) * rate

    assert Builder().with_functions(total).build().execute(["total"]) == {"total": 35.0}


def test_an_argument_may_come_from_a_function(prices):
    def where() -> Path:
        return prices

    @load_from.json(path=source("where"))
    def total(prices: list[float]) -> float:
        return sum(prices)

    assert Builder().with_functions(where, total).build().execute(["total"]) == {"total": 3.5}


def test_an_argument_that_is_missing_at_run_time_is_an_input_like_any_other():
    @load_from.json(path=source("where"))
    def total(prices: list[float]) -> float: ...

    with pytest.raises(MissingInput, match=r"`total.prices.loader` needs `where`"):
        Builder().with_functions(total).build().execute(["total"])


def test_an_argument_may_come_from_the_config(prices):
    @load_from.json(path=configuration("where"))
    def total(prices: list[float]) -> float:
        return sum(prices)

    driver = Builder().with_functions(total).with_config({"where": prices}).build()
    assert driver.execute(["total"]) == {"total": 3.5}


def test_loaded_values_work_with_pipes_and_parameterize(prices):
    def doubled(numbers: list[float]) -> list[float]:
        return [number * 2 for number in numbers]

    @parameterize(once={"times": value(1)}, thrice={"times": value(3)})
    @pipe_input(step(doubled), on_input="prices")
    @load_from.json(path=prices, inject_="prices")
    def total(prices: list[float], times: int) -> float:
        return sum(prices) * times

    driver = Builder().with_functions(total).build()
    assert driver.execute(["once", "thrice"]) == {"once": 7.0, "thrice": 21.0}


def test_a_loaded_node_can_be_overridden(prices):
    @load_from.json(path=prices)
    def total(prices: list[float]) -> float:
        return sum(prices)

    driver = Builder().with_functions(total).build()
    assert driver.execute(["total"], overrides={"total.prices": [1.0]}) == {"total": 1.0}


def test_the_error_for_an_unknown_format_lists_the_known_ones():
    @load_from.jsn(path="a")
    def total(prices: list[float]) -> float: ...

    message = raised(total)
    assert message.startswith(
        "@load_from.jsn on `total`: unknown format `jsn`. Did you mean `json`? Formats that can be loaded: bytes,"
    )


def test_saving_a_format_that_can_only_be_loaded_is_an_error():
    @save_to.environment(names=["A"])
    def total() -> dict: ...

    assert "format `environment` can only be loaded. Formats that can be saved: bytes" in raised(total)


def test_the_error_for_an_unknown_argument_lists_the_known_ones():
    @load_from.json(paht="a", path="b")
    def total(prices: list[float]) -> float: ...

    assert raised(total) == (
        "@load_from.json on `total`: `JsonLoader` has no argument `paht`. Did you mean `path`? Arguments: path, encoding."
    )


def test_a_missing_argument_is_an_error():
    @load_from.json()
    def total(prices: list[float]) -> float: ...

    assert raised(total) == "@load_from.json on `total`: `JsonLoader` needs `path`. Add `path=...`. Arguments: path, encoding."


def test_an_argument_of_the_wrong_type_is_an_error():
    @load_from.json(path=3)
    def total(prices: list[float]) -> float: ...

    assert raised(total) == "@load_from.json on `total`: `path` must be str | PathLike[str] | OpenFile, not 3."


def test_a_group_as_an_argument_is_an_error():
    @load_from.environment(names=group(source("a")))
    def total(settings: dict) -> float: ...

    assert raised(total).endswith("`names` cannot be bound to a group. Use `source('name')` for a node, or pass a plain list.")


def test_the_error_for_an_unsupported_type_lists_the_supported_ones():
    @load_from.text(path="a")
    def total(prices: set[int]) -> float: ...

    assert raised(total) == (
        "@load_from.text on `total`: `text` cannot load a value of type set[int], only str. Change the annotation, "
        "choose another format, or write an adapter (`register_adapter`)."
    )


def test_an_unknown_parameter_is_an_error():
    @load_from.json(path="a", inject_="price")
    def total(prices: list[float], rate: float) -> float: ...

    assert raised(total) == (
        "@load_from.json on `total`: `inject_` names `price`, which is not a parameter. Did you mean `prices`? "
        "Parameters: `prices`, `rate`."
    )


def test_one_of_several_parameters_must_be_named():
    @load_from.json(path="a")
    def total(prices: list[float], rate: float) -> float: ...

    message = raised(total)
    assert (
        message
        == "@load_from.json on `total`: it needs `inject_=` to name the parameter to load. Parameters: `prices`, `rate`."
    )


def test_a_function_without_parameters_is_an_error():
    @load_from.json(path="a")
    def total() -> float: ...

    assert raised(total).endswith("it needs `inject_=` to name the parameter to load. Parameters: none.")


def test_loading_a_parameter_twice_is_an_error():
    @load_from.json(path="b", inject_="prices")
    @load_from.json(path="a", inject_="prices")
    def total(prices: list[float]) -> float: ...

    assert raised(total) == (
        "@load_from.json on `total`: another decorator already provides `prices`. "
        "Remove one of the two decorators, or change `inject_`."
    )


def test_a_missing_config_key_is_an_error():
    @load_from.json(path=configuration("where"))
    def total(prices: list[float]) -> float: ...

    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(total).with_config({"wher": "a"}).build()
    assert "it needs config value `where`, which is not set. Set it with `with_config`. Did you mean `wher`?" in str(
        caught.value
    )


# --- save_to ----------------------------------------------------------------------------------------------------------


def test_a_returned_value_is_saved_when_the_saver_is_requested(tmp_path):
    path = tmp_path / "total.json"

    @save_to.json(path=path, indent=1)
    def total(price: float) -> dict[str, float]:
        return {"total": price * 2}

    driver = Builder().with_functions(total).build()
    assert driver.execute(["total"], inputs={"price": 1.5}) == {"total": {"total": 3.0}}
    assert not path.exists()
    metadata = driver.execute(["total.save_json"], inputs={"price": 1.5})["total.save_json"]
    assert json.loads(path.read_text(encoding="utf-8")) == {"total": 3.0}
    assert metadata["file_metadata"]["size"] == path.stat().st_size


def test_several_savers_and_other_decorators_on_one_function(tmp_path):
    @tag(owner="growth")
    @save_to.text(path=tmp_path / "a.txt", output_name_="as_text")
    @check_output(values_in=["yes"], importance="fail")
    @save_to.bytes(path=tmp_path / "b", target_="answer")
    @save_to.pickle(path=tmp_path / "a.pickle", output_name_="as_pickle")
    def answer() -> str:
        return "yes"

    with pytest.raises(DecoratorError, match="`bytes` cannot save a value of type str"):
        Builder().with_functions(answer).build()


def test_savers_combine_with_checks_and_tags(tmp_path):
    @tag(owner="growth")
    @save_to.text(path=tmp_path / "a.txt", output_name_="as_text")
    @check_output(values_in=["yes"], importance="fail")
    @save_to.pickle(path=tmp_path / "a.pickle", output_name_="as_pickle")
    def answer() -> str:
        return "yes"

    driver = Builder().with_functions(answer).build()
    driver.execute(["as_text", "as_pickle"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pickle", "a.txt"]
    assert driver.graph["answer"].tags == {"owner": "growth"}
    assert "owner" not in driver.graph["as_pickle"].tags
    for saver in ("as_text", "as_pickle"):  # the value that is saved is the one that was checked
        assert driver.graph.sources_of(saver) == ("answer",)


def test_a_target_selects_the_saved_nodes(tmp_path):
    @save_to.json(path=source("all_of_it"), target_="bounds")
    @save_to.json(path=source("one"), target_="low", output_name_="saved_low")
    @save_to.text(path=source("both"))
    @extract_fields({"low": str, "high": str})
    def bounds() -> dict[str, str]:
        return {"low": "a", "high": "b"}

    driver = Builder().with_functions(bounds).build()
    savers = {
        node.name: node.dependencies[0].source
        for node in driver.list_available_variables(tag_filter={"headwater.role": "saver"})
    }
    assert savers == {
        "low.save_text": "low",
        "high.save_text": "high",
        "saved_low": "low",
        "bounds.save_json": "bounds",
    }
    driver.execute(["bounds.save_json"], inputs={"all_of_it": str(tmp_path / "all.json")})
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8")) == {"low": "a", "high": "b"}


def test_all_nodes_are_saved_by_an_ellipsis(tmp_path):
    @save_to.json(path=tmp_path / "a", target_=...)
    @save_to.pickle(path=tmp_path / "a", target_=...)
    @extract_fields({"low": int})
    def bounds() -> dict[str, int]: ...

    driver = Builder().with_functions(bounds).build()
    savers = driver.list_available_variables(tag_filter={"headwater.role": "saver"})
    assert {node.name for node in savers} == {"bounds.save_json", "low.save_json", "bounds.save_pickle", "low.save_pickle"}


def test_an_unknown_target_is_an_error():
    @save_to.json(path="a", target_="lwo")
    @extract_fields({"low": int})
    def bounds() -> dict[str, int]: ...

    with pytest.raises(
        DecoratorError, match=r"`target_` names `lwo`, but the function's nodes are `bounds`, `low`. Did you mean `low`?"
    ):
        Builder().with_functions(bounds).build()


def test_one_name_for_several_savers_is_an_error():
    @save_to.json(path="a", output_name_="saved")
    @extract_fields({"low": int, "high": int})
    def bounds() -> dict[str, int]: ...

    assert raised(bounds) == (
        "@save_to.json on `bounds`: `output_name_` names one node, but 2 are saved: `low`, `high`. Choose one with `target_`."
    )


def test_two_savers_of_one_name_are_an_error():
    @save_to.json(path="b")
    @save_to.json(path="a")
    def bounds() -> dict[str, int]: ...

    assert raised(bounds) == (
        "@save_to.json on `bounds`: the function already has a node `bounds.save_json`. "
        "Choose another name with `output_name_`."
    )


def test_an_invalid_node_name_is_an_error():
    with pytest.raises(
        DecoratorError,
        match=r"@save_to.json on `bounds` \(.*:\d+\): `output_name_` must be the name of a node, such as `'saved'`, not 3",
    ):

        @save_to.json(path="b", output_name_=3)
        def bounds() -> dict[str, int]: ...


def test_a_path_from_a_function_of_the_wrong_type_is_an_error():
    def where() -> int: ...

    @save_to.json(path=source("where"), output_name_="saved")
    def bounds() -> dict[str, int]: ...

    with pytest.raises(
        Exception, match=r"`saved` \(.*\) takes `path: str | PathLike\[str\]` \(bound to `where`\), but `where`"
    ):
        Builder().with_functions(bounds, where).build()


# --- dataloader, datasaver --------------------------------------------------------------------------------------------


def test_a_custom_loader_returns_the_data_and_stores_the_metadata():
    @dataloader()
    def prices(path: str) -> tuple[list[float], dict[str, str]]:
        return [1.0], {"path": path}

    def total(prices: list[float]) -> float:
        return sum(prices)

    driver = Builder().with_functions(prices, total).build()
    outputs = driver.execute(["total", "prices", "prices.loader"], inputs={"path": "here"})
    assert outputs == {"total": 1.0, "prices": [1.0], "prices.loader": ([1.0], {"path": "here"})}
    assert driver.graph["prices"].type == list[float]
    assert driver.graph["prices.loader"].tags == {"headwater.role": "loader"}
    assert driver.run(prices, path="here") == [1.0]


def test_parentheses_may_be_omitted():
    @dataloader
    def price() -> tuple[float, dict]:
        return 2.0, {}

    @datasaver
    def sent(price: float) -> dict:
        return {"sent": price}

    assert Builder().with_functions(price, sent).build().execute(["sent"]) == {"sent": {"sent": 2.0}}


def test_a_loader_may_itself_load_and_its_value_can_be_extracted(prices):
    @extract_fields({"low": float})
    @load_from.json(path=prices, inject_="raw")
    @dataloader()
    def bounds(raw: list[float]) -> tuple[dict[str, float], dict]:
        return {"low": min(raw)}, {"raw": len(raw)}

    assert Builder().with_functions(bounds).build().execute(["low"]) == {"low": 1.5}


@pytest.mark.parametrize("type_", [int, tuple[int, int], tuple[int], dict])
def test_a_loader_annotated_without_metadata_is_an_error(type_):
    @dataloader()
    def prices() -> type_: ...

    message = raised(prices)
    assert message.startswith(
        "@dataloader on `prices`: the function must return the data and its metadata, but is annotated to"
    )
    assert message.endswith("Write `-> tuple[pd.DataFrame, dict]`, with the type of your data instead of `pd.DataFrame`.")


def test_a_loader_that_returns_anything_else_is_an_error():
    @dataloader()
    def prices() -> tuple[int, dict]:
        return 3

    with pytest.raises(
        WrongAdapterResult, match=r"`prices.loader` \(.*\) must return a tuple of the data and its metadata, but ret"
    ):
        Builder().with_functions(prices).build().execute(["prices"])


def test_a_custom_saver_is_tagged():
    @tag(owner="growth")
    @datasaver()
    def sent(price: float) -> dict:
        return {"sent": price}

    driver = Builder().with_functions(sent).build()
    assert driver.execute(["sent"], inputs={"price": 1.0}) == {"sent": {"sent": 1.0}}
    assert driver.graph["sent"].tags == {"headwater.role": "saver", "owner": "growth"}


def test_a_saver_annotated_without_metadata_is_an_error():
    @datasaver()
    def sent(price: float) -> None: ...

    assert raised(sent) == (
        "@datasaver on `sent`: the function must return metadata, but is annotated to return None. Write `-> dict`."
    )
