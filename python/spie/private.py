"""Files that we write: what they hold is for their owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """The file ends readable by its owner alone, whatever the umask and whatever the rights of one that was there."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # a pipe or a terminal keeps its rights
            os.fchmod(file.fileno(), 0o600)
            file.truncate()
        file.write(content)
