"""Data files have a source and a license."""

import pytest

DESCRIPTION = '["rain.csv"]\nsource = "Rain"\nurl = "https://rain.example/"\nlicense = "LicenseRef-scancode-public-domain"\n'


@pytest.fixture
def data(tmp_path):
    (tmp_path / "rain.csv").write_text("1\n")
    (tmp_path / "data.toml").write_text(DESCRIPTION)
    return tmp_path


def test_a_data_file_is_found_in_the_first_folder_that_has_it(licenses, data, tmp_path):
    DataFile = licenses("data_files").DataFile  # noqa: N806 - the name of a class
    file = DataFile.find("rain.csv", [tmp_path / "none", data])
    assert file.credit == {"source": "Rain", "url": "https://rain.example/", "license": "public domain"}
    with pytest.raises(licenses("components").LicenseError, match=r"`snow\.csv` does not exist. Add it to .*none or "):
        DataFile.find("snow.csv", [tmp_path / "none", data])


def test_each_data_file_is_a_component(licenses, data):
    (found,) = licenses("data_files").data_components(data)
    assert (found.name, found.purpose, found.license) == ("rain.csv", "Rain", "LicenseRef-scancode-public-domain")


@pytest.mark.parametrize("license_", ["CC0-1.0", "CC-BY-4.0"])
def test_a_creative_commons_license_of_data_is_named_by_its_address(licenses, component, license_):
    section, policy = licenses("components").Section, licenses("expressions").Policy
    accepted = policy.read(licenses("inventory").HERE / "policy.toml")
    problems = licenses("inventory").problems_of
    assert list(problems(component(section=section.DATA, license=license_, texts=()), accepted)) == []
    assert "no license text" in "".join(problems(component(section=section.PAGES, license=license_, texts=()), accepted))


@pytest.mark.parametrize("description", ["", DESCRIPTION.replace("rain", "snow"), DESCRIPTION.replace("license", "licence")])
def test_a_data_file_without_a_license_is_refused(licenses, data, description):
    (data / "data.toml").write_text(description)
    with pytest.raises(licenses("components").LicenseError, match=r"rain\.csv has no .*Describe the file there"):
        list(licenses("data_files").data_components(data))
