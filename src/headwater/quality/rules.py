"""`checks`: rules that check many nodes at once, selected by name, type and tags."""

from __future__ import annotations

import dataclasses
import fnmatch
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headwater.errors import CheckRuleError, RequestError, short_repr
from headwater.graph.node import Node
from headwater.graph.tags import TagFilter, matches
from headwater.introspection.names import normalized
from headwater.introspection.source_location import SourceLocation
from headwater.quality.arguments import CHECKS
from headwater.quality.build import Check, built_in_checks, custom_checks
from headwater.quality.errors import InvalidCheck
from headwater.quality.validator import CustomValidator, Importance
from headwater.types import typing_rules


@dataclass(frozen=True, slots=True)
class CheckRule:
    """Checks and the nodes to which they apply. Created by `checks(...)` and passed to `Builder.with_checks`."""

    checks: tuple[Check, ...]
    location: SourceLocation
    """The source location of the rule."""
    name: str | None = None
    type: Any = None
    tag: TagFilter | None = None

    def where(self, *, name: str | None = None, type: Any = None, tag: TagFilter | None = None) -> CheckRule:  # noqa: A002 - named like the attribute of a node
        """Return the rule restricted to nodes that match all arguments.

        Args:
            name: a name or a pattern: `*` matches any characters, `?` a single character, and `[ab]` an "a" or a "b".
            type: the annotated return type of the function, or a supertype of it. A function annotated with `Any` never
                matches.
            tag: a filter, as in `Driver.list_available_variables(tag_filter=...)`.

        Raises:
            CheckRuleError: no argument is given, or an argument is invalid.
        """
        if name is None and type is None and tag is None:
            raise self._error("`where` needs `name`, `type` or `tag`.")
        if name is not None and not isinstance(name, str):
            raise self._error(f"`where` takes a name or a pattern as a string, not {short_repr(name)}.")
        if isinstance(type, str | bytes | int | float | list):
            raise self._error(f"`where` takes a type, as in `type=float`, not {short_repr(type)}.")
        if tag is not None:
            self._check_tags(tag)
        name = name and "*".join(map(normalized, name.split("*")))
        return dataclasses.replace(self, name=name, type=type, tag=tag)

    def matches(self, node: Node) -> bool:
        """Return True if the rule applies to a node."""
        if self.name is not None and not fnmatch.fnmatchcase(node.name, self.name):
            return False
        if self.type is not None and (node.type is Any or not typing_rules.fits(node.type, self.type)):
            return False
        return self.tag is None or matches(node.tags, self.tag)

    def _check_tags(self, tag: object) -> None:
        if not isinstance(tag, Mapping) or not tag:
            raise self._error(f'`where` takes tags as a dictionary, as in `tag={{"stage": "raw"}}`, not {short_repr(tag)}.')
        for key, value in tag.items():
            try:
                matches({}, {key: value})
            except RequestError as error:
                raise self._error(str(error)) from None

    def _error(self, reason: str) -> CheckRuleError:
        return CheckRuleError(f"{self.description}: {reason}", [self.location])

    @property
    def description(self) -> str:
        """Return the rule as it appears in messages."""
        return f"`checks` for {', '.join(f'`{check.name}`' for check in self.checks)} ({self.location})"


def checks(*validators: CustomValidator, importance: Importance = "warn", **arguments: Any) -> CheckRule:
    """Create a rule that checks many nodes at once: `Builder().with_checks(checks(allow_nans=False).where(type=float))`.

    This has the same effect as adding `check_output`, and `check_output_custom` for `validators`, above all other decorators of
    each selected node's function. The result nodes also have the same names. Without `where`, the nodes of all functions are
    selected, except those that checks add.

    Args:
        validators: custom validators: functions of one argument, or `Validator` objects.
        importance: "warn" or "fail".
        arguments: the arguments of `check_output`.

    Raises:
        CheckRuleError: for an unknown check or an invalid argument.

    >>> from headwater import Builder
    >>> def share() -> float:
    ...     return 1.5
    >>> def label() -> str:
    ...     return "half"
    >>> rule = checks(range=(0, 1), importance="fail").where(type=float)
    >>> driver = Builder().with_functions(share, label).with_checks(rule).build()
    >>> driver.execute(["share_range_validator"])["share_range_validator"].message
    '1.5 is not between 0 and 1.'
    """
    caller = sys._getframe(1)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - `warnings` also finds the caller's line this way
    location = SourceLocation(caller.f_code.co_filename, caller.f_lineno)
    if not validators and not arguments:
        raise CheckRuleError(
            f"`checks` ({location}) needs at least one check: a validator, or one of {', '.join(CHECKS)}.", [location]
        )
    try:
        return CheckRule((*built_in_checks(arguments, importance), *custom_checks(validators, importance)), location)
    except InvalidCheck as error:
        raise CheckRuleError(f"`checks` ({location}): {error}", [location]) from None
