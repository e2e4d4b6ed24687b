"""Data files of examples have a source and a license."""

import pytest

DESCRIPTION = '["rain.csv"]\nsource = "Rain"\nurl = "https://rain.example/"\nlicense = "LicenseRef-scancode-public-domain"\n'


@pytest.mark.posix
@pytest.fixture
def examples(tmp_path):
    (tmp_path / "rain").mkdir()
    (tmp_path / "lesson").mkdir()
    (tmp_path / "rain" / "rain.csv").write_text("1\n")
    (tmp_path / "rain" / "data.toml").write_text(DESCRIPTION)
    (tmp_path / "lesson" / "rain.csv").symlink_to("../rain/rain.csv")
    return tmp_path


def test_a_link_to_a_data_file_has_its_description(licenses, examples):
    credit = licenses("data_files").DataFile.read(examples / "lesson" / "rain.csv").credit
    assert credit == {"source": "Rain", "url": "https://rain.example/", "license": "public domain"}


def test_a_data_file_in_several_examples_is_one_component(licenses, examples):
    (found,) = licenses("data_files").data_components(examples)
    assert (found.name, found.purpose, found.license) == ("rain.csv", "Rain", "LicenseRef-scancode-public-domain")


@pytest.mark.parametrize("description", ["", DESCRIPTION.replace("rain", "snow"), DESCRIPTION.replace("license", "licence")])
def test_a_data_file_without_a_license_is_refused(licenses, examples, description):
    (examples / "rain" / "data.toml").write_text(description)
    with pytest.raises(licenses("components").LicenseError, match=r"rain\.csv has no .*Describe the file there"):
        list(licenses("data_files").data_components(examples))
