"""Custom validators that are async functions."""

import asyncio
import contextvars
from dataclasses import dataclass
from typing import Any

import pytest

from headwater import Builder, check_output_custom
from headwater.errors import ChecksFailed
from headwater.quality import ValidationResult


def driver_of(decorator, returned=3, type_=int):
    def people() -> type_:
        return returned

    return Builder().with_functions(decorator(people)).build()


REGION = contextvars.ContextVar("REGION", default="none")


async def is_known(number: int) -> bool:
    """The number is known to the service."""
    await asyncio.sleep(0)
    return number in {1, 2}


@dataclass(frozen=True)
class OfRegion:
    name = "of_region"
    description = "It belongs to the region."

    def applies_to(self, type_: Any) -> bool:
        return type_ is int

    async def validate(self, value: Any) -> ValidationResult:
        await asyncio.sleep(0)
        return ValidationResult(REGION.get() == "eu", f"The region of {value} is {REGION.get()}.")


@pytest.mark.native
@pytest.mark.parametrize("validator", [is_known, OfRegion()])
def test_an_async_validator_is_awaited(validator):
    with pytest.raises(ChecksFailed):
        driver_of(check_output_custom(validator, importance="fail")).execute(["people"])


@pytest.mark.native
def test_an_async_validator_works_inside_a_running_loop_with_its_context():
    driver = driver_of(check_output_custom(OfRegion()))

    async def outside():
        REGION.set("eu")
        return driver.execute(["people", "people_of_region_validator"])

    results = asyncio.run(outside())
    assert results["people_of_region_validator"].passes


@pytest.mark.interpreter
@pytest.mark.filterwarnings("ignore:.*failed its check")
def test_an_async_validator_is_awaited_in_a_browser():
    driver = driver_of(check_output_custom(is_known))
    assert not driver.execute(["people_is_known_validator"])["people_is_known_validator"].passes


@pytest.mark.native
def test_asyncio_is_imported_only_for_async_validators(imported_by):
    loaded = imported_by(
        "import headwater, headwater.quality\n"
        "def small(n: int) -> bool: return n < 9\n"
        "@headwater.check_output_custom(small)\n"
        "def first() -> int: return 1\n"
        "headwater.Builder().with_functions(first).build().execute(['first'])"
    )
    assert "headwater.quality.custom" in loaded
    assert "asyncio" not in loaded
