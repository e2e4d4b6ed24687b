"""Copy a member of an archive to a path: `python extract.py ARCHIVE MEMBER TARGET`."""

import shutil
import sys
import zipfile
from pathlib import Path

archive, member, target = sys.argv[1:]
with zipfile.ZipFile(archive) as opened:
    if member not in opened.namelist():
        sys.exit(f"{archive} does not contain {member}")
    with opened.open(member) as source, Path(target).open("wb") as copy:
        shutil.copyfileobj(source, copy)
