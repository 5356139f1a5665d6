"""What holds customer data is its owner's alone: folders 0700, files 0600."""

import os
import secrets
from contextlib import suppress
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


def replace_private(path: Path, content: bytes) -> None:
    """Write a small file in one step: readers see the old or the new bytes, never half of them."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def kept_key(path: Path) -> bytes:
    """The 32 random bytes of the file, made where it is not there: of several processes at once by one."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()
