"""Keys of tasks. Dask's dashboard groups tasks by the part of the key before the hyphen."""

from __future__ import annotations


def task_key(node: str, run: str) -> str | tuple[str, str]:
    """Return the key of a node in a run.

    In a sweep, a separate part of the key holds the combination of values, so all copies of a node form one group.

    >>> task_key("total", "1f")
    'total-1f'
    >>> task_key("total[price=9]", "1f")
    ('total-1f', 'price=9')
    """
    name, bracket, combination = node.partition("[")
    key = f"{name}-{run}"
    return (key, combination.removesuffix("]")) if bracket else key
