"""Tries to print endlessly to streams that the session does not capture."""

import os
import sys

import js


def total() -> int:
    while True:
        os.write(1, b"never\n" * 100)
        print("never " * 100, file=sys.__stdout__)
        js.console.log("never " * 100)
