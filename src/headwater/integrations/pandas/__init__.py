"""pandas: outputs joined to a frame. `libraries/support.py` lists what else there is for it."""

from headwater.integrations.pandas.results import DataFrameResult, UnjoinableOutputs

__all__ = ["DataFrameResult", "UnjoinableOutputs"]
