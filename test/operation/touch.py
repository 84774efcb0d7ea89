"""Reports progress on every task, through two processes at the same moment: touch.py TOKEN BASE BASE"""

import json
import sys
import threading
import urllib.request

token, bases = sys.argv[1], sys.argv[2:]
head = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}


def ask(base, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(base + path, data, head), timeout=60) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as e:
        return json.load(e)


tasks = ask(bases[0], "/api/v1/procedures/task/matters?limit=200")["matters"]
for task in tasks:
    path = "/api/v1/procedures/task/matters/%s/do/progress" % task["subject"].split("/")[1]
    both = [threading.Thread(target=ask, args=(b, path, {"form": {"report": "进展"}})) for b in bases]
    for t in both:
        t.start()
    for t in both:
        t.join()
print("touched %d" % len(tasks))
