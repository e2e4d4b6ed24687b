"""A greeting. Edit a function, or type a name in the Inputs tab."""


def greeting(name: str = "World") -> str:
    """The text of the greeting."""
    return f"Hello, {name}!"


def length(greeting: str) -> int:
    """Number of characters in the greeting."""
    return len(greeting)
