"""Dataflows taken home: a test of a node, the way to a value as a script, a project with tests of all its values."""

from headwater.recording import Recording
from headwater.takehome.data_files import DataFiles
from headwater.takehome.node_test import node_test
from headwater.takehome.project import Project, project
from headwater.takehome.record import record
from headwater.takehome.script import script

__all__ = ["DataFiles", "Project", "Recording", "node_test", "project", "record", "script"]
