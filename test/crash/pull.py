"""The power plug is pulled: takes from files what no sync has confirmed (journal of plug.c).

Of each sector that was written since the last sync of its file began any state since then may be what the disk holds; a file
that has grown may have any length in between; a name whose folder was not synced may be gone, a rename or an unlinking
undone. What stands before the first entry of the journal counts as being on the disk. `journaled`: names as ext4, XFS and
btrfs keep them, which PostgreSQL counts on: they are lost in the order of their making, the last first, and a sync of the
file confirms its name.
"""

import os
import shutil
import struct

SECTOR = 512
HEAD = struct.Struct("=iiqqq")


def entries(journal):
    data = open(journal, "rb").read()
    at = 0
    while at + HEAD.size <= len(data):
        begin = at
        kind, path, where, n, size = HEAD.unpack_from(data, at)
        at += HEAD.size
        name = data[at:at + path].decode()
        yield chr(kind), name, where, size, data[at + path:at + path + n], begin
        at += path + n


def pending(journal, journaled):
    """What is not confirmed: changes of each file, and names, each as its kind, its path and the other path."""
    changes, names, at = {}, [], 0
    for kind, path, where, size, old, at in entries(journal):
        if kind in "WT":
            changes.setdefault(path, []).append((where, size, old, at))
        elif kind == "S":
            changes[path] = [c for c in changes.get(path, []) if c[3] >= where]
            names = [n for n in names if n[3] >= where or not (
                os.path.dirname(n[2] if n[0] == "R" else n[1]) == path
                or journaled and path == (n[2] if n[0] == "R" else n[1]))]
        else:
            other = old.decode()
            names.append((kind, path, other, at))
            if other and path in changes:
                changes[other] = changes.pop(path)
    return {path: [c[:3] for c in list_] for path, list_ in changes.items() if list_}, [n[:3] for n in names]


def forget(path, changes, random):
    """Returns how many sectors went back."""
    size = changes[0][1]
    now = bytearray(open(path, "rb").read())
    longest = max([len(now)] + [where + len(old) for where, _, old in changes])
    now.extend(bytes(longest - len(now)))
    states = {}
    for where, _, old in changes:
        for i in range(0, len(old), SECTOR):
            states.setdefault(where + i, []).append(old[i:i + SECTOR])
    how = random.choice(["all", "some", "some", "few"])
    back = 0
    for at, old in states.items():
        if how == "all":
            chosen = old[0]
        elif random.random() < (0.5 if how == "some" else 0.05):
            chosen = random.choice(old)
        else:
            continue
        now[at:at + len(chosen)] = chosen
        back += 1
    end = os.path.getsize(path)
    if how == "all":
        end = size
    elif end > size and random.random() < 0.5:
        end = random.randint(size, end)  # torn at any byte
    elif end < size and random.random() < 0.5:
        end = size
    with open(path, "r+b") as f:
        f.write(now[:end])
        f.truncate(end)
    return back


def undo(kind, path, other):
    """A name as if it had not been given, changed or taken; what has come in its place stays."""
    if kind == "N" and os.path.lexists(path):
        shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    elif kind == "R" and os.path.lexists(other) and not os.path.lexists(path):
        os.rename(other, path)
    elif kind == "U" and not os.path.lexists(path):
        os.link(other, path)
    else:
        return 0
    return 1


def pull(journal, random, journaled=False):
    """Returns how many sectors went back, and how many names."""
    changes, names = pending(journal, journaled)
    back = sum(forget(path, list_, random) for path, list_ in changes.items() if os.path.exists(path))
    if journaled:
        names = names[random.randint(0, len(names)):]
    gone = sum(undo(*name) for name in reversed(names) if journaled or random.random() < 0.5)
    return back, gone
