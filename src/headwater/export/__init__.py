"""Export of dataflows: a test of a node, a script that computes a value, a project with tests of all its values."""

from headwater.execution.recording import Recording
from headwater.export.data_files import DataFiles
from headwater.export.node_test import node_test
from headwater.export.project import Project, project
from headwater.export.record import record
from headwater.export.script import script

__all__ = ["DataFiles", "Project", "Recording", "node_test", "project", "record", "script"]
