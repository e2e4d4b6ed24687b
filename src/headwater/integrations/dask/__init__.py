"""Support for Dask: an executor that runs a dataflow as one graph on a cluster."""

from headwater.libraries.installation import require

require("dask", "dask", "distributed")

from headwater.integrations.dask.executor import DaskExecutor

__all__ = ["DaskExecutor"]
