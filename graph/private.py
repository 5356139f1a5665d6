"""What holds customer data is its owner's alone: folders 0700, files 0600."""

import os
from pathlib import Path


def private_folder(folder: Path) -> Path:
    """The folder, made where it is not there; one that is there is closed to others too."""
    if not folder.parent.is_dir():
        private_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def close_files(folder: Path) -> None:
    """Close the files of a folder to others, as libraries that write them leave them open."""
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(0o600)


def new_files_private() -> None:
    """Have this process and its children make files for their owner alone, whatever library writes them."""
    os.umask(0o077)
