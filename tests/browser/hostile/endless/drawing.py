"""Tries to keep Python busy forever in a method that draws a value for notebooks."""


class Value:
    def _repr_png_(self) -> bytes:
        while True:
            pass

    _repr_html_ = _repr_mimebundle_ = _repr_png_


def total() -> Value:
    return Value()
