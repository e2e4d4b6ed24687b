"""License expressions: only valid ones with accepted licenses pass."""

import pytest


@pytest.fixture
def policy(licenses):
    expressions = licenses("expressions")
    return expressions.Policy((expressions.Kind("Permissive", "…", ("MIT", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception")),))


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("mit", True),
        ("GPL-3.0-only", False),
        ("MIT AND BSD-3-Clause", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("GPL-2.0-only OR GPL-3.0-only", False),
        ("(MIT OR GPL-3.0-only) AND BSD-3-Clause", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("Apache-2.0", False),
        ("GPL-3.0-only WITH GCC-exception-3.1", False),
    ],
)
def test_a_license_is_accepted_by_its_expression(policy, expression, accepted):
    assert policy.accepts(expression) is accepted


@pytest.mark.parametrize("expression", ["", "BSD License", "SEE LICENSE IN LICENSE.txt", "MIT AND", "MIT OR Homemade", "(MIT"])
def test_an_invalid_expression_is_refused(licenses, policy, expression):
    with pytest.raises(licenses("components").LicenseError):
        policy.accepts(expression)
    assert licenses("expressions").normalized(expression) is None


def test_expressions_have_one_form(licenses):
    normalized = licenses("expressions").normalized
    assert normalized("(mit)") == "MIT"
    assert normalized("GPL-3.0") == "GPL-3.0-only"


def test_the_page_shows_only_licenses_in_use(policy):
    used = policy.used(iter(["MIT", "MIT OR GPL-3.0-only"]))
    assert [kind.licenses for kind in used.kinds] == [("MIT",)]
    assert policy.used(iter([])).kinds == ()


def test_identifiers_that_are_not_on_the_spdx_list_are_readable(licenses):
    readable = licenses("expressions").readable
    assert readable("LicenseRef-scancode-us-govt-public-domain AND MIT") == "public domain (US government) AND MIT"
