"""Round trips of numpy arrays in files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")


few = settings(max_examples=settings.default.max_examples // 4)  # each example writes and reads a file


@few
@given(st.lists(st.floats(allow_nan=True)), st.sampled_from(["f8", "f4", "c16"]))
def test_a_saved_array_can_be_loaded(round_trip, tmp_path_factory, values, dtype):
    with np.errstate(over="ignore"):
        value = np.array(values).astype(dtype)
    restored, metadata = round_trip("npy", np.ndarray, value, tmp_path_factory.mktemp("npy") / "a.bin")
    assert restored.dtype == value.dtype
    np.testing.assert_array_equal(restored, value)
    assert metadata["array_metadata"] == {"shape": [len(values)], "dtype": str(value.dtype)}


def test_an_array_of_objects_is_pickled_only_on_request(round_trip, tmp_path):
    value = np.array([{"a": 1}], dtype=object)
    with pytest.raises(ValueError, match="allow_pickle"):
        round_trip("npy", np.ndarray, value, tmp_path / "a.npy")
    restored, _ = round_trip("npy", np.ndarray, value, tmp_path / "a.npy", {"allow_pickle": True}, {"allow_pickle": True})
    assert restored[0] == {"a": 1}
