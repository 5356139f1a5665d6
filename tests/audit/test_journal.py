"""The trail of reads as processes write it: sealed, bounded, unmixed, and whole up to half a second."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from graphql_api.audit.file import FOLDER, Retention, TrailFile, files_of, key_of, read
from graphql_api.audit.find import Wanted, find, pseudonyms_of
from graphql_api.audit.journal import Journal
from graphql_api.audit.line import Reading, Seals

MOMENT = datetime(2026, 3, 5, 9, tzinfo=UTC)


def reading(
    *subjects: str, employee: str | None = "hr:E-1", at: datetime = MOMENT, purpose: str = "a visit",
    token: str = "ab12",
) -> Reading:  # fmt: skip
    return Reading(
        at, token, "account_manager", employee, "graphql", "account", "Account", "d0c", purpose,
        frozenset(subjects),
    )  # fmt: skip


class Wall:
    """A clock that tests move."""

    now = MOMENT

    def __call__(self) -> datetime:
        return self.now


def wrote(home: Path, *readings: Reading, most_waiting: int = 1_000) -> Journal:
    """A journal that took these, and was stopped."""
    journal = Journal(home, Wall(), most_waiting=most_waiting)
    for one in readings:
        journal.note(one)
    journal.start()
    journal.stop()
    return journal


def test_what_was_told_is_found_by_whom_and_by_who_asked(tmp_path: Path) -> None:
    wrote(
        tmp_path, reading("Contact:a", "Contact:b"),
        reading("Contact:b", employee="hr:E-2", at=MOMENT + timedelta(seconds=1)),
        reading("Contact:c", employee=None),
    )  # fmt: skip
    name = pseudonyms_of(tmp_path).of
    of_b = find(tmp_path, Wanted(subjects=frozenset({name("Contact:b")}))).readings
    assert [one.who for one in of_b] == [name("Employee:hr:E-1"), name("Employee:hr:E-2")]
    (second,) = find(tmp_path, Wanted(principals=frozenset({name("Employee:hr:E-2")}))).readings
    assert (second.subjects, second.purpose, second.document) == ((name("Contact:b"),), "a visit", "d0c")
    assert len(find(tmp_path, Wanted(principals=frozenset({"ab12"}))).readings) == 3
    assert len(find(tmp_path, Wanted(since=MOMENT + timedelta(seconds=1))).readings) == 1


def test_the_files_are_their_owners_alone_and_name_nobody(tmp_path: Path) -> None:
    wrote(tmp_path, reading("Contact:crm:CON-1"))
    (path,) = files_of(tmp_path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (tmp_path / "audit.key").stat().st_mode & 0o777 == 0o600
    assert b"CON-1" not in path.read_bytes()
    assert b"hr:E-1" not in path.read_bytes()


@pytest.mark.parametrize("line", [1, 2])
def test_a_line_that_is_altered_or_taken_out_shows(tmp_path: Path, line: int) -> None:
    wrote(tmp_path, reading("Contact:a"), reading("Contact:b"), reading("Contact:c"))
    (path,) = files_of(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    assert not read(path, key_of(tmp_path)).altered
    altered = [lines[line].replace(b"a visit", b"nothing")]
    path.write_bytes(b"".join([*lines[:line], *altered, *lines[line + 1 :]]))
    assert read(path, key_of(tmp_path)).altered
    path.write_bytes(b"".join(lines[:line] + lines[line + 1 :]))
    assert find(tmp_path, Wanted()).altered == [path.name]


def _three_files(home: Path) -> list[Path]:
    """Files of three processes, in the order in which they were begun."""
    found: list[Path] = []
    for number in range(3):
        wrote(home, reading(f"Contact:{number}"))
        found += [path for path in files_of(home) if path not in found]
    return found


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_file_that_was_taken_away_is_missed(tmp_path: Path, number: int) -> None:
    paths = _three_files(tmp_path)
    assert find(tmp_path, Wanted()).missing == []
    held = paths[number].read_bytes()
    paths[number].unlink()
    assert find(tmp_path, Wanted()).missing == [paths[number].name]
    wrote(tmp_path, reading("Contact:later"))
    assert find(tmp_path, Wanted()).missing == [paths[number].name]
    paths[number].write_bytes(held)
    assert find(tmp_path, Wanted()).missing == []
    paths[number].write_bytes(paths[number - 1].read_bytes())
    assert paths[number].name in find(tmp_path, Wanted()).missing


def test_files_in_a_row_and_the_word_of_the_last_are_missed(tmp_path: Path) -> None:
    first, second, third = _three_files(tmp_path)
    second.unlink()
    third.unlink()
    assert find(tmp_path, Wanted()).missing == ["file 2 of the trail", third.name]
    (tmp_path / "audit.chain").unlink()
    assert find(tmp_path, Wanted()).missing == ["audit.chain"]
    wrote(tmp_path, reading("Contact:later"))
    assert len(find(tmp_path, Wanted()).missing) == 1, "what was lost is not made up for"
    first.unlink()


def test_days_that_were_forgotten_are_not_missed(tmp_path: Path) -> None:
    for days in (0, 20, 400):
        at = MOMENT + timedelta(days=days)
        file = TrailFile(tmp_path, Retention(days=30))
        file.append([orjson.dumps({"dropped": 1, "until": at.isoformat()})], at)
        file.close(at)
    assert len(files_of(tmp_path)) == 1
    assert find(tmp_path, Wanted()).missing == []


def test_seals_of_another_key_do_not_fit() -> None:
    line = Seals(b"one").sealed(b'{"at":"now"}')
    assert Seals(b"one").opened(line) == {"at": "now"}
    assert Seals(b"two").opened(line) is None


def test_what_finds_no_room_is_counted_and_told_in_the_trail(tmp_path: Path) -> None:
    journal = wrote(tmp_path, *(reading(f"Contact:{n}", f"Contact:m{n}") for n in range(5)), most_waiting=4)
    assert journal.counts() == (2, 3, 0)
    found = find(tmp_path, Wanted())
    assert (len(found.readings), found.dropped) == (2, 3)


def test_what_the_disk_refuses_waits_until_it_takes_it(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    journal = Journal(tmp_path, Wall(), most_waiting=2)
    for number in range(3):
        journal.note(reading(f"Contact:{number}"))
    journal.start()
    journal.stop()
    assert journal.counts() == (0, 1, 2)
    (tmp_path / FOLDER).unlink()
    journal.start()
    journal.stop()
    assert journal.counts() == (2, 1, 0)
    found = find(tmp_path, Wanted())
    assert (len(found.readings), found.dropped) == (2, 1)


def test_half_a_character_in_what_a_client_says_is_written_as_a_question_mark(tmp_path: Path) -> None:
    journal = wrote(tmp_path, reading("Contact:a", purpose="x\ud800"), reading("Contact:b\udfff"))
    assert journal.counts() == (2, 0, 0)
    found = find(tmp_path, Wanted())
    assert ([one.purpose for one in found.readings], found.dropped, found.cut) == (["x?", "a visit"], 0, [])


def test_a_reading_that_cannot_be_written_is_counted_and_holds_up_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = wrote(tmp_path, reading("Contact:a", token="\ud800"), reading("Contact:b"))
    assert journal.counts() == (1, 1, 0)
    found = find(tmp_path, Wanted())
    assert (len(found.readings), found.dropped, found.cut) == (1, 1, [])
    assert "the audit trail cannot hold 1 readings: " in caplog.text


def test_a_file_is_whole_only_where_nothing_waits(tmp_path: Path) -> None:
    """As where the thread that writes has ended early."""
    journal = Journal(tmp_path, Wall())
    journal.note(reading("Contact:a"))
    journal._write()
    journal.note(reading("Contact:b"))
    journal.stop()
    found = find(tmp_path, Wanted())
    assert (len(found.readings), found.cut) == (1, [files_of(tmp_path)[0].name])


def test_a_day_or_a_full_file_begins_another_and_old_ones_go(tmp_path: Path) -> None:
    wall = Wall()
    days = Retention(days=2, file_bytes=10**6)
    journal = Journal(tmp_path, wall, days)
    for day in range(4):
        wall.now = MOMENT + timedelta(days=day)
        journal.note(reading("Contact:a", at=wall.now))
        journal._write()
    journal.stop()
    assert [path.name[6:16] for path in files_of(tmp_path)] == ["2026-03-06", "2026-03-07", "2026-03-08"]
    assert find(tmp_path, Wanted()).cut == []
    small = Journal(tmp_path, wall, Retention(days=2, file_bytes=10))
    for _ in range(3):
        small.note(reading("Contact:a"))
        small._write()
    small.stop()
    assert len(files_of(tmp_path)) == 6


WRITER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from graphql_api.audit.journal import Journal
from tests.audit.test_journal import reading
journal = Journal(Path(sys.argv[1]), lambda: datetime.now(UTC))
journal.start()
for number in range(400):
    journal.note(reading(f"Contact:{sys.argv[2]}-{number}", at=datetime.now(UTC)))
print("noted", flush=True)
time.sleep(60)
"""


def test_two_processes_do_not_mix_and_a_kill_loses_nothing_that_was_written(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, env=os.environ, text=True) for name in "ab"
    ]
    try:
        for one in writers:
            assert one.stdout is not None
            assert one.stdout.readline() == "noted\n"
        noted = time.monotonic()
        while len(find(tmp_path, Wanted()).readings) < 800:
            assert time.monotonic() - noted < 30, "the readings did not come to the disk"
            time.sleep(0.05)
        assert find(tmp_path, Wanted()).cut == []  # both are at work
    finally:
        for one in writers:
            one.send_signal(signal.SIGKILL)
            one.wait()
            assert one.stdout is not None
            one.stdout.close()
    found = find(tmp_path, Wanted())
    assert (len(found.readings), found.files, len(found.cut), found.altered) == (800, 2, 2, [])
    with files_of(tmp_path)[0].open("ab") as file:
        file.write(b'{"at": "2026')  # as a kill within a write leaves it
    assert (len(find(tmp_path, Wanted()).readings), find(tmp_path, Wanted()).altered) == (800, [])
