"""Support for pandas: a result builder that joins outputs into a frame. `libraries/support.py` lists the other modules."""

from headwater.libraries.installation import require

require("pandas")

from headwater.integrations.pandas.results import DataFrameResult, UnjoinableOutputs

__all__ = ["DataFrameResult", "UnjoinableOutputs"]
