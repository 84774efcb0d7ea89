"""Concurrent acts through several processes on one log.

load.py N TOKEN BASE...: N threads for each base add units; every third act is sent to two bases at once with the same
key. Prints what was answered and ends with 0 when each key gave one entry and everything that was done stands there.
"""

import json
import sys
import threading
import urllib.request
from collections import Counter

n, token, bases = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
EACH = 9
lock = threading.Lock()
said, made, subjects = Counter(), {}, []


def ask(base, path, body=None, key=None):
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = key
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + "/api/v1" + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as e:
        return e.code, json.load(e)


def add(base, name, key):
    body = {"values": {"name": name, "kind": "government", "led": "local"}, "from": "2026-01-01"}
    status, reply = ask(base, "/registers/units/entries", body, key)
    with lock:
        said[status] += 1
        if status < 300:
            made.setdefault(key, set()).add(reply["subject"])
            subjects.append((reply["replayed"], name))


def work(i, base, k):
    for turn in range(EACH):
        name = "试点单位%d-%d-%d" % (k, i, turn)
        key = "load-%d-%d-%d" % (k, i, turn)
        if turn % 3:
            add(base, name, key)
            continue
        twins = [threading.Thread(target=add, args=(b, name, key)) for b in bases]
        for t in twins:
            t.start()
        for t in twins:
            t.join()


threads = [threading.Thread(target=work, args=(i, base, k)) for k, base in enumerate(bases) for i in range(n)]
for t in threads:
    t.start()
for t in threads:
    t.join()

fresh = [name for replayed, name in subjects if not replayed]
wrong = []
if set(said) - {200, 201}:
    wrong.append("answers %s" % dict(said))
if any(len(v) != 1 for v in made.values()):
    wrong.append("a key with two entries")
if len(fresh) != len(bases) * n * EACH or len(set(fresh)) != len(fresh):
    wrong.append("%d made, %d wanted" % (len(fresh), len(bases) * n * EACH))
for base in bases:
    seen, after = set(), ""
    while after is not None:
        page = ask(base, "/registers/units/entries?limit=200" + (
            "&after=" + urllib.request.quote(after, safe="") if after else ""))[1]
        seen |= {e["values"]["name"] for e in page["entries"]}
        after = page.get("next")
    if set(fresh) - seen:
        wrong.append("%s does not show %d of them" % (base, len(set(fresh) - seen)))
print("; ".join(wrong) or "%d acts, %d answers" % (len(fresh), sum(said.values())))
sys.exit(bool(wrong))
