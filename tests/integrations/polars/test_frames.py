"""polars columns as nodes, and columns appended to eager and lazy frames."""

import pytest

from headwater import Builder, ParameterizedExtract, extract_columns, parameterize_extract_columns, value, with_columns
from headwater.errors import MissingPart

pl = pytest.importorskip("polars")


def eager() -> pl.DataFrame:
    return pl.DataFrame({"age": [39, 41], "^a.*$": [1.7, 1.8]})


def lazy() -> pl.LazyFrame:
    return pl.LazyFrame({"age": [39, 41], "^a.*$": [1.7, 1.8]})


FRAMES = pytest.mark.parametrize("frame", [eager, lazy], ids=["eager", "lazy"])


def built(decorator, frame):
    returned = frame.__annotations__["return"]

    def people() -> returned:
        return frame()

    return Builder().with_functions(decorator(people)).build()


@FRAMES
def test_columns_become_nodes_beside_their_frame(frame):
    driver = built(extract_columns("age", "^a.*$"), frame)
    computed = driver.execute(["age", "^a.*$", "people"])
    assert computed["age"].to_list() == [39, 41]
    assert computed["^a.*$"].to_list() == [1.7, 1.8]
    assert driver.graph["age"].type is pl.Series
    assert isinstance(computed["people"], frame.__annotations__["return"])


@FRAMES
def test_a_missing_column_is_reported_with_the_existing_ones(frame):
    with pytest.raises(MissingPart, match=r"returned no column `aeg`. Did you mean `age`\? Its columns are: `age`"):
        built(extract_columns("aeg"), frame).execute(["aeg"])


@FRAMES
def test_a_missing_column_can_be_filled(frame):
    column = built(extract_columns("country", fill_with="nl"), frame).execute(["country"])["country"]
    assert (column.name, column.to_list()) == ("country", ["nl", "nl"])


@FRAMES
def test_columns_can_be_renamed(frame):
    returned = frame.__annotations__["return"]

    @parameterize_extract_columns(ParameterizedExtract(("years", "metres"), {"scale": value(1)}))
    def people(scale: int) -> returned:
        return frame()

    columns = Builder().with_functions(people).build().execute(["years", "metres"])
    assert {name: (column.name, column.to_list()) for name, column in columns.items()} == {
        "years": ("years", [39, 41]),
        "metres": ("metres", [1.7, 1.8]),
    }


@FRAMES
def test_columns_that_functions_compute_are_appended(frame):
    returned = frame.__annotations__["return"]

    def older(age: pl.Series) -> pl.Series:
        return age + 1

    @with_columns(older, columns_to_pass=["age"])
    def people(persons: returned) -> returned:
        return persons

    computed = Builder().with_functions(people).build().execute(["people"], inputs={"persons": frame()})["people"]
    assert isinstance(computed, returned)
    assert computed.lazy().collect().get_column("older").to_list() == [40, 42]
