"""What is raised inside of `quality/` for a check that cannot be made; whoever knows the place makes an error of it."""


class InvalidCheck(Exception):
    """A check cannot be made; its text is a sentence that says why."""
