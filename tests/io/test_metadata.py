"""The metadata that loaders and savers return."""

import json
import time

from headwater.io import dataframe_metadata, file_metadata, sql_metadata


def test_the_metadata_of_a_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("four", encoding="utf-8")
    before = time.time()
    metadata = file_metadata(path)
    assert before <= metadata["file_metadata"].pop("timestamp") <= time.time()
    assert metadata == {"file_metadata": {"path": str(path), "size": 4, "last_modified": path.stat().st_mtime}}


def test_the_metadata_of_a_url():
    metadata = file_metadata("https://example.org/a.csv")["file_metadata"]
    assert (metadata["path"], metadata["size"], metadata["last_modified"]) == ("https://example.org/a.csv", None, None)


def test_metadata_can_be_encoded_as_json(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    metadata = {**file_metadata(path), **dataframe_metadata(2, {"a": int, 3: "float64"}), **sql_metadata("t", 2)}
    assert json.loads(json.dumps(metadata)) == metadata
    assert metadata["dataframe_metadata"] == {
        "rows": 2,
        "columns": 2,
        "column_names": ["a", "3"],
        "datatypes": ["<class 'int'>", "float64"],
    }
    assert metadata["sql_metadata"].keys() == {"query_or_table", "rows", "timestamp"}
