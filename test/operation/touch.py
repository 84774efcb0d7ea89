"""Through several processes at the same moment, for every task: its progress is reported by all of them, and each
reminds its unit, which gives a number. touch.py TOKEN BASE... Prints how many were touched and reminded."""

import json
import sys
import threading
import urllib.error
import urllib.request

token, bases = sys.argv[1], sys.argv[2:]
head = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
reminded, wrong, lock = 0, [], threading.Lock()


def ask(base, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(base + path, data, head), timeout=120) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as e:
        return e.code, json.load(e)


def touch(base, task):
    global reminded
    path = "/api/v1/procedures/task/matters/%s/do/progress" % task["subject"].split("/")[1]
    status, no = ask(base, path, {"form": {"report": "进展"}})
    form = {"office": task["fields"]["office"], "unit": task["fields"]["lead"][0], "tasks": [task["subject"]],
            "text": "请抓紧办理。"}
    status_two, no_two = ask(base, "/api/v1/procedures/reminder/open/remind", {"form": form})
    with lock:
        reminded += status_two == 201
        wrong.extend(str(n)[:300] for s, n in ((status, no), (status_two, no_two)) if s >= 500)


tasks = ask(bases[0], "/api/v1/procedures/task/matters?limit=200")[1]["matters"]
for task in tasks:
    at_once = [threading.Thread(target=touch, args=(b, task)) for b in bases]
    for t in at_once:
        t.start()
    for t in at_once:
        t.join()
print("touched %d, reminded %d %s" % (len(tasks), reminded, "; ".join(wrong[:3])))
sys.exit(bool(wrong))
