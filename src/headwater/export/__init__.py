"""Export of dataflows: tests for nodes, scripts that compute a value, and projects with tests for all values."""

from headwater.execution.recording import Recording
from headwater.export.data_files import DataFiles
from headwater.export.node_test import node_test
from headwater.export.project import Project, project
from headwater.export.record import record
from headwater.export.script import script

__all__ = ["DataFiles", "Project", "Recording", "node_test", "project", "record", "script"]
