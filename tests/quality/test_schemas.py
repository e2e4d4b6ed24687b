"""pandera schemas and pydantic models as checks, passed as arguments or named by annotations."""

from typing import Annotated, Any

import pandas as pd
import pytest

from headwater import Builder, check_output, extract_columns
from headwater.errors import ChecksFailed, DecoratorError
from headwater.outline import outline
from headwater.quality import checks


def result_of(returned, type_, **arguments):
    """Check a value against a schema or a model, and return the result."""

    def value() -> type_:
        return returned

    name = f"value_{next(iter(arguments))}_validator"
    driver = Builder().with_functions(check_output(**arguments)(value)).build()
    return driver.execute([name])[name]


# --- pandera ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pa():
    return pytest.importorskip("pandera.pandas")


@pytest.fixture(scope="module")
def prices(pa):
    return pa.DataFrameSchema({"price": pa.Column(float, pa.Check.ge(0)), "name": pa.Column(str)}, name="prices")


GOOD = pd.DataFrame({"price": [1.0, 2.0], "name": ["a", "b"]})
BAD = pd.DataFrame({"price": [-1.0, -2.0], "name": ["a", None]})


def test_a_frame_is_checked_against_a_schema_with_all_failures(prices):
    assert result_of(GOOD, pd.DataFrame, schema=prices).message == "The value matches the schema `prices`."
    result = result_of(BAD, pd.DataFrame, schema=prices)
    assert not result.passes
    assert result.message == ("Failed checks (2): `price` greater_than_or_equal_to(0) (-1.0, -2.0); `name` not_nullable (nan).")
    assert len(result.diagnostics["failures"]) == 3


def test_a_column_is_checked_against_a_schema(pa):
    schema = pa.SeriesSchema(int, pa.Check.ge(0))
    assert result_of(pd.Series([1]), pd.Series, schema=schema).passes
    assert "(-2)" in result_of(pd.Series([1, -2]), pd.Series, schema=schema).message


def test_a_value_of_another_class_does_not_pass(prices):
    assert not result_of(3, pd.DataFrame, schema=prices).passes


def test_a_schema_that_converts_does_not_change_the_value(pa):
    schema = pa.DataFrameSchema({"price": pa.Column(float, coerce=True)})
    frame = pd.DataFrame({"price": [1]})

    @check_output(schema=schema, importance="fail")
    def value() -> pd.DataFrame:
        return frame

    assert Builder().with_functions(value).build().execute(["value"])["value"] is frame


def test_the_schema_may_come_from_the_annotation(pa):
    from pandera.typing import DataFrame

    class Prices(pa.DataFrameModel):
        price: float = pa.Field(ge=0)

    assert result_of(GOOD, DataFrame[Prices], schema="annotation").message == "The value matches the schema `Prices`."
    assert not result_of(BAD, DataFrame[Prices], schema="annotation").passes
    assert not result_of(BAD, Annotated[pd.DataFrame, Prices], schema="annotation").passes
    assert not result_of(BAD, pd.DataFrame, schema=Prices).passes


def test_an_annotated_frame_has_columns_as_nodes_too(pa):
    from pandera.typing import DataFrame

    class Prices(pa.DataFrameModel):
        price: float

    @extract_columns("price")
    @check_output(schema="annotation", importance="fail")
    def value() -> DataFrame[Prices]:
        return GOOD

    assert Builder().with_functions(value).build().execute(["price"])["price"].tolist() == [1.0, 2.0]


def test_frames_of_polars_are_checked_against_schemas():
    pl = pytest.importorskip("polars")
    pa = pytest.importorskip("pandera.polars")
    schema = pa.DataFrameSchema({"price": pa.Column(pl.Float64, pa.Check.ge(0))})
    assert result_of(pl.DataFrame({"price": [1.0]}), pl.DataFrame, schema=schema).passes
    result = result_of(pl.DataFrame({"price": [-1.0]}), pl.DataFrame, schema=schema)
    assert result.message == "Failed checks (1): `price` greater_than_or_equal_to(0) (-1.0)."


def test_the_error_for_an_annotation_without_a_schema_shows_how_to_add_one(pa):
    del pa
    with pytest.raises(
        DecoratorError, match=r"test_schemas.py:\d+\): its annotation DataFrame contains no pandera schema. Write"
    ):
        result_of(GOOD, pd.DataFrame, schema="annotation")


# --- pydantic ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def person():
    pydantic = pytest.importorskip("pydantic")

    class Person(pydantic.BaseModel):
        name: str
        age: int = pydantic.Field(ge=0, alias="years")

    return Person


def test_a_dictionary_is_checked_against_a_model_strictly(person):
    result = result_of({"name": "Ada", "years": 36}, dict[str, Any], model=person)
    assert result.message == "The value matches the model `Person`."
    result = result_of({"name": 3, "years": "36"}, dict, model=person)
    assert result.message == (
        "Invalid fields (2): `name`: Input should be a valid string; `years`: Input should be a valid integer."
    )
    assert [fault["loc"] for fault in result.diagnostics["failures"]] == [("name",), ("years",)]


def test_an_instance_that_was_changed_or_created_without_validation_fails(person):
    ada = person(name="Ada", years=36)
    assert result_of(ada, person, model="annotation").passes
    ada.age = -1
    assert "`age`: Input should be greater than or equal to 0" in result_of(ada, person, model="annotation").message
    assert not result_of(person.model_construct(name=3, age=1), person, model=person).passes


def test_an_instance_of_another_model_and_none_do_not_pass(person):
    pydantic = pytest.importorskip("pydantic")

    class Other(pydantic.BaseModel): ...

    assert result_of(Other(), pydantic.BaseModel, model=person).message.endswith("is not a Person.")
    assert not result_of(None, person | None, model="annotation").passes


def test_rules_take_schemas_and_models(person):
    def record() -> dict[str, Any]:
        return {"name": "Ada"}

    driver = Builder().with_functions(record).with_checks(checks(model=person, importance="fail").where(type=dict)).build()
    with pytest.raises(ChecksFailed, match="`years`: Field required"):
        driver.execute(["record"])


# --- both -------------------------------------------------------------------------------------------------------------


def test_an_outline_shows_a_check_whose_schema_only_a_run_knows():
    source = """
import pandas as pd
import pandera.pandas as pa
from headwater import check_output
from shapes import Person
prices_schema = pa.DataFrameSchema({"price": pa.Column(float)})
@check_output(schema=prices_schema)
def prices() -> pd.DataFrame: ...
@check_output(model=Person, importance="fail")
def person() -> dict[str, str]: ...
@check_output(model="annotation")
def other() -> Person: ...
"""
    view = outline({"a.py": source})
    assert view["problems"] == []
    assert [node["name"] for node in view["nodes"]] == [
        *("prices_raw", "prices_schema_validator", "prices"),
        *("person_raw", "person_model_validator", "person"),
        *("other_raw", "other_model_validator", "other"),
    ]


@pytest.mark.native
def test_neither_library_is_imported_for_other_checks(imported_by):
    loaded = imported_by(
        "import headwater\n"
        "@headwater.check_output(range=(0, 1))\n"
        "def record() -> int: return 1\n"
        "headwater.Builder().with_functions(record).build().execute(['record'])"
    )
    assert not loaded & {"pandas", "numpy", "polars", "pandera", "pydantic", "asyncio"}
