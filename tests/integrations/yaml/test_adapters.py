"""Round trips of YAML files, and loading without running code."""

import pytest

from headwater import Builder, load_from


def test_a_plain_value_is_restored_from_yaml(round_trip, tmp_path):
    pytest.importorskip("yaml")
    value = {"b": [1, 2.5, None, True], "a": {"grüße": "ja\nnein"}}
    restored, _ = round_trip("yaml", dict, value, tmp_path / "a.yaml")
    assert restored == value
    assert list(restored) == ["b", "a"]
    assert "grüße" in (tmp_path / "a.yaml").read_text(encoding="utf-8")


def test_yaml_runs_no_code(tmp_path):
    yaml = pytest.importorskip("yaml")
    path = tmp_path / "a.yaml"
    path.write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")

    @load_from.yaml(path=path)
    def settings(data: dict) -> dict: ...

    with pytest.raises(yaml.constructor.ConstructorError):
        Builder().with_functions(settings).build().execute(["settings"])
