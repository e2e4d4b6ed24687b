"""The tree of errors."""

from headwater import errors


def test_the_tree_of_errors_in_the_docstring_names_every_error():
    classes = {name: value for name, value in vars(errors).items() if isinstance(value, type)}
    defined = {name for name, value in classes.items() if issubclass(value, Exception)}
    drawn = set(errors.__doc__.replace("│", " ").replace("├──", " ").replace("└──", " ").split())
    assert defined <= drawn, defined - drawn
