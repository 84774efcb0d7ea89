"""Which system calls of a `strace -c` table the unit's filter does not allow: syscalls.py UNIT TABLE. Prints them."""

import re
import subprocess
import sys

listed = subprocess.run(["systemd-analyze", "--no-pager", "syscall-filter"], capture_output=True, text=True, check=True)
sets, name = {}, None
for line in listed.stdout.splitlines():
    if line[:1] in "@" and line:
        name = line.strip()
        sets[name] = set()
    elif line.strip() and not line.strip().startswith("#") and name:
        sets[name].add(line.strip())


def flat(word):
    if not word.startswith("@"):
        return {word}
    return set().union(*(flat(w) for w in sets[word]))


allowed = flat("@default")  # without which nothing starts
for value in re.findall(r"^SystemCallFilter=(.*)$", open(sys.argv[1]).read(), re.M):
    calls = set().union(*(flat(w) for w in value.lstrip("~").split()))
    allowed = allowed - calls if value.startswith("~") else allowed | calls
rows = [line.split() for line in open(sys.argv[2])]
used = {r[-1] for r in rows if len(r) > 3 and r[0][0].isdigit()} - {"total"}
print(" ".join(sorted(used - allowed)) if len(used) > 20 else "only %d calls were seen" % len(used))
