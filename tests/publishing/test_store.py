import hashlib
import stat

import pytest

from publishing import store


def test_what_is_put_lies_read_only_under_its_hash(own_folder):
    sha = store.put(b"innhold")

    assert sha == hashlib.sha256(b"innhold").hexdigest()
    path = own_folder / "documents" / sha[:2] / sha
    assert path.read_bytes() == b"innhold"
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert [one.name for one in path.parent.iterdir()] == [sha]


def test_the_same_bytes_are_kept_once_and_not_touched(own_folder):
    sha = store.put(b"innhold")
    before = store.path_of(sha).stat().st_mtime_ns
    assert store.put(b"innhold") == sha
    assert store.path_of(sha).stat().st_mtime_ns == before


def test_a_changed_or_missing_file_is_never_handed_out(own_folder):
    sha = store.put(b"innhold")
    store.path_of(sha).chmod(0o640)
    store.path_of(sha).write_bytes(b"innhald")
    with pytest.raises(store.FileDamaged, match="has changed on disk"):
        store.get(sha)
    store.path_of(sha).unlink()
    with pytest.raises(store.FileDamaged, match="cannot be read"):
        store.get(sha)


@pytest.mark.parametrize("name", ["", "../secret-key", "A" * 64, "g" * 64])
def test_only_a_hash_is_a_name(name):
    with pytest.raises(ValueError, match="Not a SHA-256"):
        store.path_of(name)


def test_a_full_disk_leaves_nothing_half_written(own_folder, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"innhold")
    assert [path for path in (own_folder / "documents").rglob("*") if path.is_file()] == []
