"""The build fails for a component whose license is unknown or unsuitable, and says what to do."""

from pathlib import Path

import pytest


@pytest.fixture
def check(licenses):
    """Return a function that checks components and returns the message of the error."""
    expressions, inventory = licenses("expressions"), licenses("inventory")
    policy = expressions.Policy((expressions.Kind("Permissive", "…", ("MIT", "LicenseRef-scancode-public-domain")),))
    supplements = licenses("supplements").Supplements({}, (), Path("nowhere"))

    def message(*components):
        try:
            inventory.Inventory.of(components, supplements, policy)
        except licenses("components").LicenseError as problem:
            return str(problem)
        return None

    return message


def test_a_component_with_an_accepted_license_passes(check, component):
    assert check(component()) is None


def test_an_unknown_license_is_reported(check, component):
    assert check(component(license=None, evidence="License ''")) == (
        "The license of rain 1.2 is unknown (License ''). Look it up, and add it with a `reason` to "
        '[components."python/rain"] in docs/licenses/supplements.toml.'
    )


def test_an_unsuitable_license_is_reported(check, component):
    assert check(component(license="AGPL-3.0-only")) == (
        "rain 1.2 has the license AGPL-3.0-only, which docs/licenses/policy.toml does not accept. "
        "Do not ship the component, or add the license to a kind there whose reason applies."
    )


def test_a_missing_text_is_reported(check, component):
    assert check(component(texts=())) == (
        'rain 1.2 (MIT) has no license text. Add `texts` or `copyright` to [components."python/rain"] '
        "in docs/licenses/supplements.toml."
    )


def test_the_public_domain_needs_no_text(check, component):
    assert check(component(license="LicenseRef-scancode-public-domain", texts=())) is None


def test_the_text_of_an_unsuitable_license_is_reported(licenses, check, component):
    mozilla = (licenses("inventory").HERE / "texts" / "spdx" / "MPL-2.0.txt").read_text(encoding="utf-8")
    texts = (licenses("components").LicenseText("vendored/LICENSE", mozilla),)
    assert check(component(texts=texts)).startswith("rain 1.2 contains the text of MPL-2.0 (vendored/LICENSE), which ")


def test_all_problems_are_reported_together(check, component):
    message = check(component(license=None), component(name="snow"), component(name="hail", license="GPL-2.0-only"))
    assert [paragraph.partition(" is ")[0].partition(" has ")[0] for paragraph in message.split("\n\n")] == [
        "The license of rain 1.2",
        "hail 1.2",
    ]


def test_a_component_that_is_found_twice_is_listed_once(licenses, component):
    inventory, expressions = licenses("inventory"), licenses("expressions")
    supplements = licenses("supplements").Supplements({}, (), Path("nowhere"))
    policy = expressions.Policy((expressions.Kind("Permissive", "…", ("MIT",)),))
    assert inventory.Inventory.of([component(), component()], supplements, policy).components == (component(),)


def test_the_overrides_of_the_site_state_their_reasons_and_are_accepted(licenses):
    inventory = licenses("inventory")
    supplements = licenses("supplements").Supplements.read(inventory.HERE / "supplements.toml")
    policy = licenses("expressions").Policy.read(inventory.HERE / "policy.toml")
    assert [key for key, row in supplements.described.items() if not row["reason"].endswith(".")] == []
    assert all(policy.accepts(row["license"]) for row in (*supplements.described.values(), *supplements.contained))
    named = [name for row in (*supplements.described.values(), *supplements.contained) for name in row.get("texts", [])]
    assert [name for name in named if not (supplements.texts / name).is_file()] == []
