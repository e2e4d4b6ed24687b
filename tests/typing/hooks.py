"""Hooks as type checkers see them. This file is never run: in `make check`, mypy and pyright check it."""

from collections.abc import Callable, Mapping
from typing import Any, assert_type

from openlineage.client import OpenLineageClient

from headwater import Builder, Driver, Node
from headwater.hooks import (
    Breakpoints,
    Call,
    ContinueOnError,
    ErrorSnapshots,
    GracefulErrors,
    Hook,
    InputCheck,
    Observer,
    Outcome,
    PrintNodes,
    Proceed,
    Profile,
    Progress,
    Retry,
    RunInfo,
    StrictTypes,
    Succeeded,
    WatchArguments,
)
from headwater.integrations.mlflow import MLflowRuns
from headwater.integrations.openlineage import OpenLineageEvents
from headwater.integrations.opentelemetry import OpenTelemetrySpans


def price() -> int:
    return 3


class Log(Observer):
    def for_run(self, run: RunInfo) -> "Log":
        return self

    def started(self, call: Call) -> None:
        assert_type(call.named, Mapping[str, Any])

    def ended(self, node: Node, outcome: Outcome) -> None:
        if isinstance(outcome, Succeeded):
            assert_type(node.name, str)


class Doubled:
    def around(self, call: Call, proceed: Proceed) -> Any:
        return 2 * proceed(call)


class Lenient:
    def around_input(self, check: InputCheck, proceed: Callable[[InputCheck], bool]) -> bool:
        return proceed(check)


class Listed:
    def around_result(self, outputs: Mapping[str, Any], proceed: Callable[[Mapping[str, Any]], Any]) -> Any:
        return list(proceed(outputs))


hooks: list[Hook] = [Log(), Doubled(), Lenient(), Listed(), PrintNodes(), Progress(), Retry(attempts=2), StrictTypes()]
hooks += [Breakpoints("before", "error"), WatchArguments(), GracefulErrors(), ErrorSnapshots(), Profile(), ContinueOnError()]
hooks += [OpenTelemetrySpans(), OpenLineageEvents(OpenLineageClient(), job="prices"), MLflowRuns()]

driver = Builder().with_functions(price).with_hooks(*hooks).build()
assert_type(driver, Driver[dict[str, Any]])
assert_type(driver.execute([price], hooks=hooks), dict[str, Any])
assert_type(driver.with_hooks(Log()).run(price), int)
