"""What `headwater` offers to those who import it."""

import headwater
from headwater import errors


def test_all_lists_exactly_the_public_names():
    assert all(hasattr(headwater, name) for name in headwater.__all__)  # some come when they are first asked for
    modules = {name for name, value in vars(headwater).items() if type(value) is type(headwater)}
    public = {name for name in vars(headwater) if not name.startswith("_")} - modules
    assert set(headwater.__all__) == public | {"config", "errors"}


def test_every_public_name_says_what_it_is():
    for name in headwater.__all__:
        assert getattr(headwater, name).__doc__, name


def test_the_tree_of_errors_in_the_docstring_names_every_error():
    classes = {name: value for name, value in vars(errors).items() if isinstance(value, type)}
    defined = {name for name, value in classes.items() if issubclass(value, Exception)}
    drawn = set(errors.__doc__.replace("│", " ").replace("├──", " ").replace("└──", " ").split())
    assert defined <= drawn, defined - drawn
