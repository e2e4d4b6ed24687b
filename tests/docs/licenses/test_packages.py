"""The npm packages in the playground, from the records of its builds."""

import json

import pytest

IDB = {"name": "idb", "version": "8", "license": "ISC", "description": "Databases", "url": None, "texts": {"LICENSE": "ISC"}}


def test_a_package_in_several_bundles_is_one_component(licenses, tmp_path):
    records = [tmp_path / "page.json", tmp_path / "worker.json"]
    for record in records:
        record.write_text(json.dumps([IDB]))
    (found,) = licenses("packages").npm_components(records)
    assert (str(found), found.license, found.purpose) == ("idb 8", "ISC", "Databases")
    assert [(text.title, text.content) for text in found.texts] == [("LICENSE", "ISC")]


@pytest.mark.parametrize("declared", [None, "SEE LICENSE IN README", "Homemade"])
def test_a_package_without_a_valid_license_has_none(licenses, tmp_path, declared):
    (tmp_path / "page.json").write_text(json.dumps([{**IDB, "license": declared}]))
    (found,) = licenses("packages").npm_components([tmp_path / "page.json"])
    assert (found.license, found.evidence) == (None, f"license {declared!r} in package.json")


def test_a_missing_record_is_reported(licenses, tmp_path):
    with pytest.raises(licenses("components").LicenseError, match=r"is missing\. Build the playground again"):
        list(licenses("packages").npm_components([tmp_path / "page.json"]))
