"""Supplements: licenses and texts that metadata lacks, and software inside other components."""

import pytest

SETTINGS = """
[components."python/rain"]
license = "MIT"
reason = "Stated on its page."
copyright = "Copyright (c) 2026 Ada"

[[contained]]
in = "python/rain"
of_version = "1.2"
name = "drops"
version = "7"
license = "Apache-2.0"
url = "https://drops.example/"
"""


@pytest.fixture
def supplements(licenses, tmp_path):
    (tmp_path / "texts" / "spdx").mkdir(parents=True)
    (tmp_path / "texts" / "spdx" / "MIT.txt").write_text("MIT\n\n{copyright}\n\nPermission\n")
    (tmp_path / "texts" / "spdx" / "Apache-2.0.txt").write_text("Apache\n")
    (tmp_path / "supplements.toml").write_text(SETTINGS)
    return licenses("supplements").Supplements.read(tmp_path / "supplements.toml")


def test_a_component_without_a_license_gets_it_with_the_text_and_its_notice(supplements, component):
    completed, _ = supplements.complete(component(license=None, texts=()))
    assert completed.license == "MIT"
    assert [text.content for text in completed.texts] == ["MIT\n\nCopyright (c) 2026 Ada\n\nPermission\n"]


def test_software_inside_of_a_component_is_a_component(supplements, component):
    _, inner = supplements.complete(component())
    assert (str(inner), inner.license, inner.purpose) == ("drops 7", "Apache-2.0", "part of rain")
    assert [text.content for text in inner.texts] == ["Apache\n"]


def test_a_new_version_of_a_component_with_known_contents_must_be_reviewed(licenses, supplements, component):
    with pytest.raises(licenses("components").LicenseError, match=r"rain 2\.0 contains drops, .* recorded for version 1\.2"):
        list(supplements.complete(component(version="2.0")))


def test_a_standard_text_is_used_only_if_it_is_complete_without_a_notice(supplements, component):
    complete, incomplete = (
        next(iter(supplements.complete(component(name="snow", license=name, texts=())))) for name in ("Apache-2.0", "MIT")
    )
    assert [text.content for text in complete.texts] == ["Apache\n"]
    assert incomplete.texts == ()


def test_a_component_with_texts_keeps_them(supplements, component):
    snow = component(name="snow", license="Apache-2.0")
    assert list(supplements.complete(snow)) == [snow]
