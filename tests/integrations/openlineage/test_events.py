"""Events of runs, sent by the real library's client to a transport that stores them."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, dataloader, datasaver, load_from, save_to

pytest.importorskip("openlineage.client")

from openlineage.client import OpenLineageClient
from openlineage.client.serde import Serde
from openlineage.client.transport import Config, Transport

from headwater.integrations.openlineage import OpenLineageEvents

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.native


class Kept(Transport):
    """A transport that stores the events as the JSON that would be sent."""

    kind = "kept"
    config_class = Config

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def emit(self, event: Any) -> None:
        self.events.append(json.loads(Serde.to_json(event)))


@pytest.fixture
def kept() -> Kept:
    return Kept()


def hook(kept: Kept) -> OpenLineageEvents:
    return OpenLineageEvents(OpenLineageClient(transport=kept), job="prices", namespace="shop")


def price() -> float:
    return 10.0


def broken() -> float:
    raise ValueError("too much")


def test_a_run_is_started_and_completed(kept: Kept) -> None:
    driver = Builder().with_functions(price).with_hooks(hook(kept)).build()
    driver.execute(["price"])
    driver.execute(["price"])
    assert [event["eventType"] for event in kept.events] == ["START", "COMPLETE"] * 2
    start, complete, other, _ = kept.events
    assert (start["job"]["namespace"], start["job"]["name"]) == ("shop", "prices")
    assert start["run"]["runId"] == complete["run"]["runId"] != other["run"]["runId"]
    assert uuid.UUID(start["run"]["runId"]).version == 4
    assert start["producer"] == "urn:headwater"
    assert start["job"]["facets"]["jobType"]["jobType"] == "DAG"


def test_a_failed_run_has_its_error(kept: Kept) -> None:
    with pytest.raises(ValueError, match="too much"):
        Builder().with_functions(broken).build().execute(["broken"], hooks=[hook(kept)])
    assert kept.events[-1]["eventType"] == "FAIL"
    facet = kept.events[-1]["run"]["facets"]["errorMessage"]
    assert (facet["message"], facet["programmingLanguage"]) == ("too much", "python")
    assert "ValueError: too much" in facet["stackTrace"]


def test_an_interrupted_run_is_aborted(kept: Kept) -> None:
    def stops() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Builder().with_functions(stops).build().execute(["stops"], hooks=[hook(kept)])
    assert kept.events[-1]["eventType"] == "ABORT"


def test_loaded_and_saved_files_are_datasets(kept: Kept, tmp_path: Path) -> None:
    source, target = tmp_path / "prices.json", tmp_path / "total.json"
    source.write_text("[1, 2]")

    @save_to.json(path=str(target), output_name_="saved")
    @load_from.json(path=str(source))
    def total(prices: list) -> int:  # type: ignore[type-arg]
        return sum(prices)

    Builder().with_functions(total).build().execute(["saved"], hooks=[hook(kept)])
    assert kept.events[0]["inputs"] == kept.events[0]["outputs"] == []
    (loaded,), (saved,) = kept.events[1]["inputs"], kept.events[1]["outputs"]
    assert (loaded["namespace"], loaded["name"]) == ("file", str(source))
    assert loaded["inputFacets"]["inputStatistics"]["size"] == 6
    assert (saved["namespace"], saved["name"]) == ("file", str(target))
    assert saved["outputFacets"]["outputStatistics"]["size"] == 1


def test_other_metadata_identifies_datasets_by_url_table_or_node(kept: Kept) -> None:
    @dataloader
    def remote() -> tuple[int, dict[str, Any]]:
        return 1, {"file_metadata": {"path": "s3://bucket/folder/prices.parquet", "size": None}}

    @dataloader
    def table() -> tuple[int, dict[str, Any]]:
        frame = {"rows": 5, "column_names": ["a"], "datatypes": ["int64"]}
        return 2, {"sql_metadata": {"query_or_table": "prices", "rows": 5}, "dataframe_metadata": frame}

    @dataloader
    def custom() -> tuple[int, dict[str, Any]]:
        return 3, {"file_metadata": "odd"}

    @datasaver
    def sent(remote: int, table: int, custom: int) -> dict[str, Any]:
        return {"status": 200}

    Builder().with_functions(remote, table, custom, sent).build().execute(["sent"], hooks=[hook(kept)])
    inputs = {(item["namespace"], item["name"]): item for item in kept.events[1]["inputs"]}
    assert set(inputs) == {("s3://bucket", "folder/prices.parquet"), ("shop.sql", "prices"), ("shop", "custom.loader")}
    frame = inputs["shop.sql", "prices"]
    assert frame["inputFacets"]["inputStatistics"]["rowCount"] == 5
    assert [(field["name"], field["type"]) for field in frame["facets"]["schema"]["fields"]] == [("a", "int64")]
    (saved,) = kept.events[1]["outputs"]
    assert (saved["namespace"], saved["name"]) == ("shop", "sent")
