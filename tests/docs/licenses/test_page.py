"""The page about licenses: tables with links to the texts, each of which is shown once."""

import re

import pytest

TEMPLATE = "<h2>Components</h2><!-- components: python --><!-- accepted licenses --><!-- license texts -->"


@pytest.fixture
def page(licenses):
    """Return a function that fills the page."""
    expressions, inventory = licenses("expressions"), licenses("inventory")
    policy = expressions.Policy((expressions.Kind("Permissive", "Notices are kept.", ("MIT",)),))
    return lambda *components: licenses("page").filled(TEMPLATE, inventory.Inventory(components, policy))


@pytest.fixture
def text(licenses):
    return licenses("components").LicenseText


def test_a_row_names_a_component_and_links_to_its_text(page, component):
    content = page(component())
    assert (
        '<tr><td><a href="https://rain.example/">rain</a></td><td>1.2</td>'
        '<td><a href="#license-text-1">MIT</a></td><td>Rain</td></tr>'
    ) in content
    assert '<pre id="license-text-1" tabindex="0">Do what you like.</pre>' in content


def test_identical_texts_are_shown_once(page, component, text):
    wrapped = (text("COPYING", "Do what\nyou like.\n"),)
    content = page(component(), component(name="snow", texts=wrapped))
    assert re.findall("<summary>(.*?)</summary>", content) == ["rain, snow: LICENSE"]
    assert content.count('href="#license-text-1"') == 2


def test_a_component_links_to_all_its_texts(page, component, text):
    content = page(component(texts=(text("LICENSE", "1"), text("fonts/LICENSE", "2"), text("NOTICE", "3"))))
    assert (
        '<a href="#license-text-1">MIT</a> and texts <a href="#license-text-2">2</a> <a href="#license-text-3">3</a>' in content
    )


def test_names_and_texts_are_not_markup(page, component, text):
    content = page(component(name="<b>", purpose="a & b", url="javascript:alert()", texts=(text("<i>", "</pre><script>"),)))
    assert "<td>&lt;b&gt;</td>" in content
    assert "<td>a &amp; b</td>" in content
    assert "<script>" not in content
    assert "javascript:" not in content


def test_the_search_ignores_the_texts(page, component):
    assert '<details data-search-exclude class="hw-license">' in page(component())


def test_the_accepted_licenses_are_listed_with_their_terms(page, component):
    assert "<tr><td>Permissive</td><td>MIT</td><td>Notices are kept.</td></tr>" in page(component())


def test_each_component_is_in_the_table_of_its_section(licenses, component):
    section, policy = licenses("components").Section, licenses("expressions").Policy(())
    marks = "".join(f"{each.value}:<!-- components: {each.value} -->\n" for each in section)
    found = licenses("inventory").Inventory(tuple(component(section=each, name=f"in {each.value}") for each in section), policy)
    for line in licenses("page").filled(marks, found).splitlines():
        assert re.findall(r">in (\w+)<", line) == [line.partition(":")[0]]
