"""The tree of errors."""

from headwater import errors


def test_the_tree_of_errors_in_the_docstring_names_every_error():
    classes = {name: value for name, value in vars(errors).items() if isinstance(value, type)}
    defined = {name for name, value in classes.items() if issubclass(value, Exception)}
    drawn = set(errors.__doc__.replace("│", " ").replace("├──", " ").replace("└──", " ").split())
    assert defined <= drawn, defined - drawn


def test_a_class_is_named_after_the_package_and_not_after_its_branch():
    defined = [value for value in vars(errors).values() if isinstance(value, type)]
    assert {value.__module__ for value in defined} == {"headwater.errors"}
    assert all(getattr(errors, value.__name__) is value for value in defined)


def test_everything_public_is_listed():
    public = {name for name, value in vars(errors).items() if not name.startswith("_") and callable(value)}
    assert public == set(errors.__all__)
