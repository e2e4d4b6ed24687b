"""`Parallelizable` and `Collect`: the annotations of functions that work on many elements."""

from __future__ import annotations

import collections.abc
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin

T_co = TypeVar("T_co", covariant=True)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Parallelizable = Iterable
    Collect = Sequence
else:  # type checkers read the definitions above

    class Parallelizable(collections.abc.Iterable[T_co]):
        """The return annotation of a function that returns or yields elements.

        If a `word` function has this annotation, a function with a `word` parameter is called once for each element. So are all
        downstream functions, up to a function with a `Collect` parameter. In the result of a run, the values of functions that
        are called for each element are lists.

        >>> from headwater import Builder, Collect, Parallelizable
        >>> def word(text: str) -> Parallelizable[str]:
        ...     yield from text.split()
        >>> def length(word: str) -> int:
        ...     return len(word)
        >>> def longest(length: Collect[int]) -> int:
        ...     return max(length)
        >>> driver = Builder().with_functions(word, length, longest).build()
        >>> driver.execute(["length", "longest"], inputs={"text": "to be or not"})
        {'length': [2, 2, 2, 3], 'longest': 3}
        """

    class Collect(collections.abc.Sequence[T_co]):
        """The annotation of a parameter that receives a list of the values for all elements, in the order of the elements.

        See `Parallelizable`.
        """


def is_parallelizable(annotation: Any) -> bool:
    """Return True for `Parallelizable`, with or without the type of its elements."""
    return _marker(annotation) is Parallelizable


def is_collect(annotation: Any) -> bool:
    """Return True for `Collect`, with or without the type of its elements."""
    return _marker(annotation) is Collect


def is_element_marker(annotation: Any) -> bool:
    """Return True for `Parallelizable` and `Collect`."""
    return type(annotation) is not type and _marker(annotation) is not None  # a plain class is the usual case


def nested_marker(annotation: Any) -> str | None:
    """Return the name of a marker inside another type, where the marker has no meaning. None if there is no such marker.

    >>> nested_marker(Parallelizable[int] | None), nested_marker(Collect[int])
    ('Parallelizable', None)
    """
    parts = list(get_args(_bare(annotation)))
    for part in parts:  # grows during the loop
        if type(part) is type:
            continue
        if marker := _marker(part):
            return str(marker.__name__)
        parts += part if isinstance(part, list) else get_args(part)  # the parameters of a `Callable` are a list
    return None


def has_several_types(annotation: Any) -> bool:
    """Return True for a marker with several types of elements, such as `Collect[int, str]`."""
    return _marker(annotation) is not None and len(get_args(_bare(annotation))) > 1


def element_type(annotation: Any) -> Any:
    """Return the type of the elements of `Parallelizable` or `Collect`. Return any other annotation unchanged.

    >>> element_type(Collect[int]), element_type(Parallelizable), element_type(float)
    (<class 'int'>, typing.Any, <class 'float'>)
    """
    if _marker(annotation) is None:
        return annotation
    arguments = get_args(_bare(annotation))
    return arguments[0] if arguments else Any


def without_marker(annotation: Any) -> Any:
    """Return `Iterable` for `Parallelizable` and `Sequence` for `Collect`. Return any other annotation unchanged."""
    marker = _marker(annotation)
    if marker is None:
        return annotation
    collection: Any = collections.abc.Sequence if marker is Collect else collections.abc.Iterable
    return collection[element_type(annotation)]


def _marker(annotation: Any) -> Any:
    bare = _bare(annotation)
    origin = get_origin(bare) or bare
    return origin if origin is Parallelizable or origin is Collect else None


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation
