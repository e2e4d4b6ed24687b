"""Decorators look through `Annotated`, `NewType`, `Optional` and aliases."""

import typing
import warnings
from collections.abc import Callable
from typing import Annotated, Any, Generic, NamedTuple, NewType, Optional, TypedDict, TypeVar

import numpy as np
import pandas as pd
import pytest

from headwater import (
    Builder,
    check_output,
    dataloader,
    datasaver,
    extract_columns,
    extract_fields,
    group,
    inject,
    load_from,
    parameterize,
    save_to,
    schema,
    source,
    unpack_fields,
    value,
    with_columns,
)
from headwater.errors import DecoratorError, MissingPart

pa = pytest.importorskip("pandera.pandas")
pt = pytest.importorskip("pandera.typing")
pl = pytest.importorskip("polars")
TypeAliasType = pytest.importorskip("typing_extensions").TypeAliasType
pydantic = pytest.importorskip("pydantic")

T = TypeVar("T")
Pair = TypeAliasType("Pair", tuple[T, T], type_params=(T,))
Keyed = TypeAliasType("Keyed", dict[str, T], type_params=(T,))


class Person(TypedDict):
    age: int


class Named(TypedDict, Generic[T]):
    name: T


class Bounds(NamedTuple):
    low: int
    high: float


class Settings(dict[str, int]): ...


class Rows(pa.DataFrameModel):
    a: int


class Model(pydantic.BaseModel):
    a: int


def disguised(type_: Any) -> dict[str, Any]:
    """Return equivalent forms of a type, keyed by description."""
    return {
        "itself": type_,
        "Annotated": Annotated[type_, "metadata"],
        "Annotated with an unhashable value": Annotated[type_, []],
        "Optional": Optional[type_],  # noqa: UP045
        "an alias": TypeAliasType("Alias", type_),
        "a NewType": NewType("New", type_),
        "all of them": Annotated[Optional[NewType("New", TypeAliasType("Alias", type_))], "metadata"],  # noqa: UP045
    }


FORMS = list(disguised(int))


def returning(type_: Any, result: Any) -> Callable[..., Any]:
    def sample():
        return result

    sample.__annotations__ = {"return": type_}
    return sample


def reading(type_: Any) -> Callable[..., Any]:
    def sample(of):
        return of

    sample.__annotations__ = {"of": type_, "return": Any}
    return sample


def runs(function: Callable[..., Any], *outputs: str, **inputs: Any) -> dict[str, Any]:
    return Builder().with_functions(function).build().execute(outputs, inputs=inputs)


@pytest.mark.parametrize("form", FORMS)
def test_columns_of_frames(form):
    for frame in (pd.DataFrame({"a": [1]}), pl.DataFrame({"a": [1]}), pl.LazyFrame({"a": [1]})):
        decorated = extract_columns("a")(returning(disguised(type(frame))[form], frame))
        assert list(runs(decorated, "a")["a"]) == [1]
    decorated = extract_columns("a")(returning(disguised(pt.DataFrame[Rows])[form], pd.DataFrame({"a": [1]})))
    assert list(runs(decorated, "a")["a"]) == [1]


@pytest.mark.parametrize("form", FORMS)
def test_fields_of_dictionaries(form):
    for type_, expected in ((dict[str, int], int), (dict, Any), (Keyed[int], int), (Settings, int)):
        driver = Builder().with_functions(extract_fields("a")(returning(disguised(type_)[form], {"a": 1}))).build()
        assert driver.execute(["a"]) == {"a": 1}
        assert driver.graph["a"].type is expected


@pytest.mark.parametrize("form", FORMS)
def test_fields_of_typed_dictionaries(form):
    for type_, name in ((Person, "age"), (Named[int], "name")):
        driver = Builder().with_functions(extract_fields()(returning(disguised(type_)[form], {name: 1}))).build()
        assert driver.execute([name]) == {name: 1}
        assert driver.graph[name].type is int


@pytest.mark.parametrize("form", FORMS)
def test_parts_of_tuples(form):
    for type_, expected in (
        (tuple[int, float], [int, float]),
        (tuple[int, ...], [int, int]),
        (Pair[int], [int, int]),
        (Bounds, [int, float]),
        (tuple, [Any, Any]),
    ):
        driver = Builder().with_functions(unpack_fields("low", "high")(returning(disguised(type_)[form], (1, 2)))).build()
        assert driver.execute(["low", "high"]) == {"low": 1, "high": 2}
        assert [driver.graph[name].type for name in ("low", "high")] == expected


@pytest.mark.parametrize("form", FORMS)
def test_groups(form):
    listed = inject(of=group(source("x"), value(2)))(reading(disguised(list[int])[form]))
    keyed = inject(of=group(a=source("x"), b=value(2)))(reading(disguised(dict[str, int])[form]))
    assert runs(listed, "sample", x=1) == {"sample": [1, 2]}
    assert runs(keyed, "sample", x=1) == {"sample": {"a": 1, "b": 2}}
    wrong = inject(of=group(source("x"), value("text")))(reading(disguised(list[int])[form]))
    with pytest.raises(DecoratorError, match="which has the wrong type"):
        Builder().with_functions(wrong).build()


@pytest.mark.parametrize("group_", [group(source("x")), group(a=source("x"))])
def test_a_group_uses_the_matching_alternative_of_a_union(group_):
    decorated = inject(of=group_)(reading(list[int] | dict[str, int] | str))
    assert runs(decorated, "sample", x=1)["sample"] in ([1], {"a": 1})


@pytest.mark.parametrize("form", FORMS)
def test_bound_values(form):
    decorated = parameterize(bound={"of": value(np.int64(3))})(reading(disguised(int)[form]))
    assert runs(decorated, "bound") == {"bound": 3}
    with pytest.raises(DecoratorError, match="which has the wrong type"):
        Builder().with_functions(parameterize(bound={"of": value("3")})(reading(disguised(int)[form]))).build()


@pytest.mark.parametrize("form", FORMS)
def test_checks(form):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert runs(check_output(range=(0, 5))(returning(disguised(int)[form], 3)), "sample") == {"sample": 3}
        frame = pd.DataFrame({"a": [1]})
        checked = check_output(schema="annotation")(returning(disguised(pt.DataFrame[Rows])[form], frame))
        assert runs(checked, "sample")["sample"] is frame
        column = pd.Series([1.0])
        assert (
            runs(check_output(range=(0, 5))(returning(disguised(pt.Series[float])[form], column)), "sample")["sample"] is column
        )
        model = Model(a=1)
        assert runs(check_output(model="annotation")(returning(disguised(Model)[form], model)), "sample") == {"sample": model}


@pytest.mark.parametrize("form", FORMS)
def test_frames_with_columns(form):
    def b(a: pd.Series) -> pd.Series:
        return a + 1

    decorated = with_columns(b, columns_to_pass=["a"])(reading(disguised(pd.DataFrame)[form]))
    assert runs(decorated, "sample", of=pd.DataFrame({"a": [1]}))["sample"]["b"].tolist() == [2]


@pytest.mark.parametrize("form", FORMS)
def test_schemas(form):
    driver = Builder().with_functions(schema.output(("a", "int"))(returning(disguised(pd.DataFrame)[form], None))).build()
    assert driver.graph["sample"].tags == {"headwater.schema": ("a=int",)}


@pytest.mark.parametrize("form", FORMS)
def test_loaders_and_savers(form, tmp_path):
    path = tmp_path / "data.json"
    path.write_text('{"a": 1}', encoding="utf-8")
    loaded = load_from.json(path=value(str(path)))(reading(disguised(dict[str, int])[form]))
    assert runs(loaded, "sample") == {"sample": {"a": 1}}
    saved = save_to.json(path=value(str(tmp_path / "out.json")))(returning(disguised(dict[str, int])[form], {"b": 2}))
    assert runs(saved, "sample.save_json")
    assert (tmp_path / "out.json").is_file()
    both = dataloader()(returning(disguised(tuple[int, Annotated[dict, 1]])[form], (1, {})))
    assert runs(both, "sample") == {"sample": 1}
    assert runs(datasaver()(returning(disguised(dict)[form], {})), "sample") == {"sample": {}}


MISSING = {
    "a column": (extract_columns("a"), pd.DataFrame | None),
    "a field": (extract_fields("a"), dict[str, int] | None),
    "a part": (unpack_fields("a"), tuple[int, int] | None),
}


@pytest.mark.parametrize(("decorator", "type_"), MISSING.values(), ids=MISSING)
def test_none_has_no_parts(decorator, type_):
    with pytest.raises(MissingPart, match="`a`"):
        runs(decorator(returning(type_, None)), "a")


def test_fields_are_filled_if_the_dictionary_is_none():
    assert runs(extract_fields("a", fill_with=3)(returning(dict[str, int] | None, None)), "a") == {"a": 3}


UNFIT = {
    "extract_columns": (
        extract_columns("a"),
        int | None,
        "the function must return a data frame, but is annotated to return ",
    ),
    "extract_fields": (extract_fields("a"), list[int], "the function must return a dictionary, but is annotated to return "),
    "unpack_fields": (unpack_fields("a"), Annotated[str, 1], "the function must return a tuple, but is annotated to return "),
    "a union of frames": (extract_columns("a"), pd.DataFrame | pl.DataFrame, "the function must return a data frame"),
}


@pytest.mark.parametrize(("decorator", "type_", "reason"), UNFIT.values(), ids=UNFIT)
def test_a_type_without_parts_is_refused(decorator, type_, reason):
    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(decorator(returning(type_, None))).build()
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("decorator", "type_", "part"),
    [
        (extract_fields({"low": int}), dict[str, int], "low"),
        (extract_columns("low"), pd.DataFrame, "low"),
        (unpack_fields("low"), tuple[int, int], "low"),
    ],
)
def test_extracting_an_extracted_part_is_an_error_that_names_the_function(decorator, type_, part):
    function = decorator(decorator(returning(type_, None)))
    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(function).build()
    assert str(caught.value) == (
        f"@{caught.value.decorator} on `sample` ({caught.value.locations[0]}): another decorator already extracts `{part}` "
        "from `sample`. Remove one of the two decorators."
    )


def test_a_field_of_an_undefined_type_is_an_error_of_the_decorator():
    late = TypedDict("late", {"a": "Missing"})  # type: ignore[name-defined]  # noqa: F821, UP013
    with pytest.raises(DecoratorError, match="a field of late has an annotation that cannot be resolved"):
        Builder().with_functions(extract_fields()(returning(late, {}))).build()
    assert typing.is_typeddict(late)
