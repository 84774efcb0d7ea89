"""The power plug is pulled: takes from files what no sync has confirmed (journal of plug.c).

Of each sector that was written since the last sync of its file any state since then may be what the disk holds; a file
that has grown may have any length in between; a name whose folder was not synced may be gone. What stands before the
first entry of the journal counts as being on the disk.
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
        kind, path, where, n, size = HEAD.unpack_from(data, at)
        at += HEAD.size
        name = data[at:at + path].decode()
        yield chr(kind), name, where, size, data[at + path:at + path + n]
        at += path + n


def pending(journal):
    """What is not confirmed: changes of each file, and names."""
    changes, names = {}, []
    for kind, path, where, size, old in entries(journal):
        if kind in "WT":
            changes.setdefault(path, []).append((where, size, old))
        elif kind == "S":
            changes.pop(path, None)
            names = [n for n in names if os.path.dirname(n) != path]
        elif kind == "N":
            names.append(path)
    return changes, names


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


def pull(journal, random):
    changes, names = pending(journal)
    back = gone = 0
    for path, list_ in changes.items():
        if os.path.exists(path):
            back += forget(path, list_, random)
    for name in names:
        if os.path.lexists(name) and random.random() < 0.5:
            shutil.rmtree(name) if os.path.isdir(name) else os.unlink(name)
            gone += 1
    return back, gone
