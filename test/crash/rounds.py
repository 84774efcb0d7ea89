"""Kills whoever works on a log, again and again, and looks whether anything acknowledged is lost.

rounds.py N ENGINE URL WRITER BINARY WORK PLUG [CONNINFO SCHEMA]: N rounds on one log of one engine. In each a process is
killed (SIGKILL) in the middle of what it does: a writer in groups, with files; on SQLite also one whose machine loses
its power (plug.c, pull.py); a served county under requests; `law publish`; terms that lapse; `record rebuild`; `record
copy`, which goes on where it was; `search import`; `statute import`. In some several work
at once: writers, lapses of terms and children, a publication. `power` is the loss of power of a served county: on SQLite of
the one machine that it has, with the file of checkpoints; with ENGINE `machine`, a PostgreSQL of our own (machine.py), of
PostgreSQL's, every other time with the server on it, which otherwise has to find its way back. Record and projections are
in order then, and the checkpoints outside are of this record. After each round every key that was ever acknowledged must
stand in the record, read here by another hand; after every TENTH and the last one the whole record is verified and the
projections must be what a rebuild makes of them. SEED in the environment repeats a run's choices, not its times; KIND
makes all rounds of one kind. The last line: N passed, N failed.
"""

import http.client
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

from machine import Machine
from pull import pull

N, ENGINE, URL, WRITER, BINARY, WORK, PLUG = int(sys.argv[1]), *sys.argv[2:8]
CONNINFO, SCHEMA = (sys.argv[8:10] + ["", "public"])[:2]
KIND = os.environ.get("KIND")
LOG, TENTH, DIGITS = "crash/demo", 10, "〇一二三四五六七八九"
seed = int(os.environ.get("SEED") or random.getrandbits(32))
chance = random.Random(seed)
keys = set()  # acknowledged
patience = {}  # seconds that a kind of process takes, learned
counts, spent = Counter(), Counter()
folder = os.path.join(WORK, ENGINE)
os.makedirs(folder, exist_ok=True)
NOTE = open(os.path.join(folder, "said"), "ab")
machine = Machine(os.path.join(folder, "machine"), PLUG) if ENGINE == "machine" else None
if machine:
    CONNINFO = machine.conninfo
    URL = "postgres:" + CONNINFO
STORE = os.path.dirname(URL[7:]) if ENGINE == "sqlite" else folder
OUTSIDE = os.path.join(STORE, "outside")  # on the machine of SQLite
env = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")


class Lost(Exception):
    pass


def ask(sql):
    """Rows of integers and texts without line ends, by SQLite's or PostgreSQL's own hand."""
    if ENGINE == "sqlite":
        # Read only: whoever closes last would otherwise tidy up what the killed one left.
        db = sqlite3.connect("file:%s?mode=ro" % URL[7:], uri=True)
        try:
            return [tuple(str(c) for c in row) for row in db.execute(sql)]
        finally:
            db.close()
    out = subprocess.run(["psql", "-qAtX", "-F", "\t", CONNINFO, "-c", "SET search_path = %s" % SCHEMA, "-c", sql],
                         check=True, capture_output=True, text=True).stdout
    return [tuple(line.split("\t")) for line in out.splitlines()]


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, env=env, **more)
    if done.returncode:
        raise Lost("%s: %d %s%s" % (command, done.returncode, done.stdout[-800:], done.stderr[-800:]))
    return done.stdout


def killed(kind, command, more=None, **options):
    """Starts it and kills it within the time that its kind has been seen to take; counts those still at work. Has it ended?"""
    takes = patience.setdefault(kind, 0.5)
    process = subprocess.Popen(command, stdout=NOTE, stderr=NOTE, env=dict(env, **(more or {})), **options)
    try:
        process.wait(takes * chance.uniform(0.2, 1.1))
        patience[kind] = takes * 0.85
        return True
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        patience[kind] = takes * 1.1
        counts["killed at work"] += 1
        return False


def acknowledge(key):
    keys.add(key)


def write(more=None):
    process = subprocess.Popen([WRITER, "write", URL, LOG], stdout=subprocess.PIPE, stderr=NOTE, env=dict(env, **(more or {})))
    wanted = chance.randint(1, 30)
    for _ in range(wanted):
        line = process.stdout.readline()
        if not line:
            raise Lost("the writer ended by itself: %s" % process.wait())
        acknowledge(line.split()[1].decode())
    time.sleep(chance.random() * 0.02)
    process.kill()
    for line in process.stdout.read().splitlines():
        acknowledge(line.split()[1].decode())
    process.wait()


def plugged():
    """The environment of whoever writes to SQLite on a machine whose power will go."""
    journal, kept = os.path.join(folder, "journal"), os.path.join(folder, "kept")
    open(journal, "w").close()
    shutil.rmtree(kept, ignore_errors=True)
    os.makedirs(kept)
    return {"PLUG_ROOT": STORE, "PLUG_JOURNAL": journal, "PLUG_KEPT": kept, "LD_PRELOAD": PLUG,
            "ASAN_OPTIONS": env["ASAN_OPTIONS"] + ":verify_asan_link_order=0"}


def forget(back_and_gone):
    counts["sectors lost"] += back_and_gone[0]
    counts["names lost"] += back_and_gone[1]
    if ENGINE == "sqlite" and os.path.exists(URL[7:] + "-shm"):
        os.unlink(URL[7:] + "-shm")


def plug():
    write(plugged())
    forget(pull(os.path.join(folder, "journal"), chance))


class Requests(threading.Thread):
    """Acts and files by HTTP, and a session, until the server is gone."""

    def __init__(self, base, token, unit, i):
        super().__init__()
        self.base, self.token, self.unit, self.i, self.acknowledged, self.no = base, token, unit, i, [], None

    def post(self, path, body, kind, key=None):
        head = {"Authorization": "Bearer " + self.token, "Content-Type": kind}
        if key:
            head["Idempotency-Key"] = key
        with urllib.request.urlopen(urllib.request.Request(self.base + "/api/v1" + path, body, head), timeout=30) as r:
            return json.load(r)

    def enter(self):
        """A session, which a loss of power may take."""
        client = http.client.HTTPConnection(self.base[len("http://"):], timeout=30)
        client.request("POST", "/login", urllib.parse.urlencode({"login": "zhang", "password": PASSWORD}),
                       {"Content-Type": "application/x-www-form-urlencoded"})
        reply = client.getresponse()
        if "session=" not in reply.headers.get("Set-Cookie", "") and not (machine and reply.status >= 500):
            self.no = b"no session: %d" % reply.status
        counts["sessions"] += 1
        client.close()

    def act(self, n):
        key = "http-%d-%d-%d" % (time.time_ns(), self.i, n)
        form = {"body": self.unit, "text": key, "phone": "138"}
        if n % 2:
            pdf = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%%PDF-1.4 %s" \
                  b"\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>> %%%%EOF\n\r\n--x--\r\n" % key.encode()
            file = self.post("/files", pdf, "multipart/form-data; boundary=x")
            form["scan"] = [{"digest": file["digest"], "name": "a.pdf"}]
        self.post("/procedures/note/open/begin", json.dumps({"form": form}).encode(), "application/json", key)
        self.acknowledged.append(key)

    def once(self):
        try:
            self.act(1)
        except urllib.error.HTTPError as e:
            self.no = e.read()[:500]
        except (OSError, ValueError, http.client.HTTPException) as e:
            self.no = e

    def run(self):
        n = 0
        try:
            while True:
                n += 1
                if n % 8 == self.i:
                    self.enter()
                self.act(n)
        except urllib.error.HTTPError as e:
            if not machine or e.code < 500:  # whose store is gone says so
                self.no = e.read()[:500]
        except (OSError, ValueError, http.client.HTTPException):
            pass


class Signer(threading.Thread):
    """Signs the record outside, again and again, as the server does each minute."""

    def __init__(self, more):
        super().__init__()
        self.env, self.process, self.ends = dict(env, **more), None, False

    def run(self):
        while not self.ends:
            self.process = subprocess.Popen([BINARY, "record", "checkpoint", "--store", URL, "--append", OUTSIDE],
                                            stdout=subprocess.DEVNULL, stderr=NOTE, env=self.env, cwd=WORK)
            counts["signed"] += self.process.wait() == 0

    def kill(self):
        self.ends = True
        while self.is_alive():
            if self.process:
                self.process.kill()
            self.join(0.01)


token, PASSWORD = None, "lvxing-qiche-shan 43"


def server(more):
    """The county's server; its process and its address."""
    out = os.path.join(folder, "served")
    with open(out, "wb") as f:
        process = subprocess.Popen([BINARY, "serve", "--store", URL, "--log", LOG, "--port", "-1", "--checkpoints", OUTSIDE],
                                   stdout=f, stderr=NOTE, env=dict(env, **more), cwd=WORK)
    for _ in range(1500):
        base = [line[len("就绪 "):].strip() for line in open(out) if line.startswith("就绪 ")]
        if base or process.poll() is not None:
            break
        time.sleep(0.02)
    if not base:
        raise Lost("no server: %s" % process.poll())
    return process, base[0]


def requests(base, i):
    """A thread that acts by HTTP; the first makes the account."""
    global token
    person, unit = (ask("SELECT subject FROM event WHERE log = '%s' AND subject LIKE '%s/%%' ORDER BY seq LIMIT 1"
                        % (LOG, family))[0][0] for family in ("persons", "units"))
    if not token:
        run(BINARY, "account", "set", "zhang", "--store", URL, "--person", person, input=PASSWORD + "\n")
        token = run(BINARY, "token", "add", "zhang", "--scope", "write", "--days", "300", "--store", URL).split()[0]
    return Requests(base, token, unit, i)


def serve(more=None, end=None):
    """A served county under requests until `end` of its process, which is a kill."""
    if not token:
        requests("", 0)
    process, base = server(more or {})
    threads = [requests(base, i) for i in range(3)]
    signer = Signer(more or {})
    for t in [*threads, signer] if end else threads:
        t.start()
    deadline = time.monotonic() + 20
    while sum(len(t.acknowledged) for t in threads) < 6 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(chance.random() * 0.3)
    if end:
        end(process, signer)
    else:
        process.kill()
        process.wait()
    for t in threads:
        t.join()
        for key in t.acknowledged:
            acknowledge(key)
        if t.no:
            raise Lost("refused: %s" % t.no.decode())


def power():
    (power_of_postgres if machine else power_of_sqlite)()
    run(BINARY, "record", "rebuild", "--check", "--store", URL, "--log", LOG, cwd=WORK)
    run(BINARY, "record", "verify", "--store", URL, "--against", OUTSIDE, cwd=WORK)
    with open(OUTSIDE, encoding="utf8") as f:
        counts["checkpoints outside"] = f.read().count("%s/sm3\n" % LOG)


def power_of_sqlite():
    def end(process, signer):
        process.kill()
        signer.kill()
        process.wait()
    serve(plugged(), end)
    forget(pull(os.path.join(folder, "journal"), chance))


def power_of_postgres():
    """Every other time the server stands on that machine too; otherwise it acts again when PostgreSQL is back."""
    survives = counts["power"] % 2

    def end(process, signer):
        if not survives:
            process.kill()
        forget(machine.cut(chance))
        signer.kill()
        if not machine.start():
            process.kill()
            raise Lost("PostgreSQL does not start again")
        if survives:
            again(process)
        process.wait()
    serve({}, end)


def again(process):
    """The server that has survived acts, and ends as it should."""
    base = [line for line in open(os.path.join(folder, "served")) if line.startswith("就绪 ")][0][len("就绪 "):].strip()
    client = requests(base, 9)
    deadline = time.monotonic() + 60
    while not client.acknowledged:
        client.once()
        if time.monotonic() > deadline:
            process.kill()
            raise Lost("the server does not act again: %s" % client.no)
        time.sleep(0.1)
    acknowledge(client.acknowledged[0])
    process.terminate()
    if process.wait(60):
        raise Lost("the server ends with %d" % process.returncode)


def publish():
    laws = os.path.join(folder, "law")
    os.makedirs(laws, exist_ok=True)
    run(WRITER, "laws", laws, "附言%d" % counts["publish"])
    killed("publish", [BINARY, "law", "publish", laws, "--store", URL, "--log", LOG], cwd=WORK)


def tick():
    killed("tick", [WRITER, "tick", URL, LOG])


def rebuild():
    """On SQLite it writes pages to their places, and the power goes too: amidst it, or when acts have followed it."""
    more = plugged() if ENGINE == "sqlite" else {}
    ended = killed("rebuild", [BINARY, "record", "rebuild", "--store", URL, "--log", LOG], more, cwd=WORK)
    if more:
        if ended:
            write(more)
        forget(pull(os.path.join(folder, "journal"), chance))
    run(BINARY, "record", "rebuild", "--check", "--store", URL, "--log", LOG, cwd=WORK)


def copy():
    killed("copy", [BINARY, "record", "copy", "--from", URL, "--to", "sqlite:%s/copy.db" % folder], cwd=WORK)


def chinese(n):
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + DIGITS[ones].replace("〇", "")


def statutes():
    """Another one each time, so that there is something to do; those of before stay."""
    files = []
    for n in range(counts["statute"]):
        files.append(os.path.join(folder, "law%d.md" % n))
        with open(files[-1], "w") as f:
            f.write("# 试养法%d\n\n2001年1月1日通过 自2001年5月1日起施行\n\n" % n)
            f.writelines("第%s条 试养第%d条的内容。\n\n" % (chinese(i), i) for i in range(1, 100))
    return files


def search():
    lines = os.path.join(folder, "articles.jsonl")
    with open(lines, "w") as f:
        for i in range(99):
            f.write(json.dumps({"id": "r%d" % i, "title": "试行规定", "date": "2020-01-01",
                                "path": "第一章", "art": "第%s条" % chinese(i + 1), "text": "县级人民政府应当依照本规定办理第%d类事项。" % i}, ensure_ascii=False) + "\n")
    killed("search", [BINARY, "search", "import", lines, "--store", URL], cwd=WORK)


def statute():
    killed("statute", [BINARY, "statute", "import", *statutes(), "--store", URL], cwd=WORK)


def race():
    """Four writers, three that write what has lapsed and one that publishes, all at once; only writers are killed."""
    laws = os.path.join(folder, "law")
    os.makedirs(laws, exist_ok=True)
    run(WRITER, "laws", laws, "并行%d" % counts["race"])
    writers = [subprocess.Popen([WRITER, "write", URL, LOG], stdout=subprocess.PIPE, stderr=NOTE, env=env)
               for _ in range(4)]
    for w in writers:  # they are at work
        acknowledge(w.stdout.readline().split()[1].decode())
    others = [subprocess.Popen([WRITER, "tick", URL, LOG], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
              for _ in range(3)]
    others.append(subprocess.Popen([BINARY, "law", "publish", laws, "--store", URL, "--log", LOG],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=WORK))
    said = [o.communicate() for o in others]
    for w in writers:
        w.kill()
        for line in w.stdout.read().splitlines():
            acknowledge(line.split()[1].decode())
        w.wait()
    for o, (out, err) in zip(others, said):
        if o.returncode:
            raise Lost("%s: %d %s" % (o.args[:2], o.returncode, (out + err)[-800:].decode()))
    counts["lapses in a race"] += sum(int(out) for out, _ in said[:3])
    whole()


def whole(last=False):
    """What a tenth round looks at: all of it."""
    run(BINARY, "record", "verify", "--store", URL, cwd=WORK)
    run(BINARY, "record", "rebuild", "--check", "--store", URL, "--log", LOG, cwd=WORK)
    twice = ask("SELECT subject, count(*) FROM event WHERE log = '%s' AND kind = 'clock-lapsed' "
                "GROUP BY subject HAVING count(*) > 1" % LOG)
    if twice:
        raise Lost("a term lapsed twice: %s" % twice[:3])
    body = "CAST(body AS TEXT)" if ENGINE == "sqlite" else "convert_from(body, 'UTF8')"
    filed = ask("SELECT subject, %s FROM event WHERE log = '%s' AND kind = 'rendered'" % (body, LOG))
    if len(filed) != len(set(filed)):
        raise Lost("the file of a document was made twice: %d times" % (len(filed) - len(set(filed))))
    numbers = {}
    for subject, given in ask("SELECT subject, %s FROM event WHERE log = '%s' AND kind = 'number-given'" % (body, LOG)):
        numbers.setdefault(subject, []).append(json.loads(given)["n"])
    for subject, given in numbers.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            raise Lost("numbers of %s that are given twice or not at all" % subject)
    counts["numbers given"] = sum(map(len, numbers.values()))
    if not last:
        return
    run(BINARY, "record", "copy", "--from", URL, "--to", "sqlite:%s/copy.db" % folder, cwd=WORK)
    run(BINARY, "record", "verify", "--store", "sqlite:%s/copy.db" % folder, cwd=WORK)
    if counts["search"]:
        search_lines = os.path.join(folder, "articles.jsonl")
        run(BINARY, "search", "import", search_lines, "--store", URL, cwd=WORK)
    if counts["statute"]:
        run(BINARY, "statute", "import", *statutes(), "--store", URL, cwd=WORK)
        run(BINARY, "statute", "rebuild", "--check", "--store", URL, cwd=WORK)


def round_of(i):
    """A cycle of twenty-five: most are writers, each other kind has its place."""
    if KIND and i:
        return globals()[KIND]
    if machine:
        return power if i else write
    others = {3: serve, 5: power, 6: publish, 8: tick, 11: rebuild, 13: copy, 16: serve, 18: search, 21: statute, 23: tick, 24: race}
    if i % 25 in others and (ENGINE == "sqlite" or i % 25 != 5):
        return others[i % 25]
    return plug if ENGINE == "sqlite" and i and i % 2 else write


checked = 0


def look():
    """Every acknowledged key, each at least once, in what has come since the last look; all of them at a tenth."""
    global checked
    there = {k for _, k in ask("SELECT seq, key FROM event WHERE log = '%s' AND seq > %d AND key <> ''" % (LOG, checked))}
    lost = keys - there - seen
    if lost:
        raise Lost("acknowledged and lost: %s" % sorted(lost)[:5])
    seen.update(there)
    checked = int(ask("SELECT max(seq) FROM event WHERE log = '%s'" % LOG)[0][0])


seen = set()
passed = failed = 0
begin = time.monotonic()
if machine and not machine.start():
    sys.exit("PostgreSQL does not start: %s" % open(os.path.join(folder, "machine/server.log")).read()[-800:])
for i in range(N):
    kind = round_of(i)
    counts[kind.__name__] += 1
    started = time.monotonic()
    try:
        kind()
        if i % TENTH == TENTH - 1 or i == N - 1:
            checked = 0
            seen.clear()
        look()
        if i % TENTH == TENTH - 1 or i == N - 1:
            whole(i == N - 1)
        passed += 1
    except (Lost, subprocess.CalledProcessError, sqlite3.Error) as e:
        failed += 1
        print("FAILED %s, round %d, %s, seed %d: %s %s" % (
            ENGINE, i + 1, kind.__name__, seed, e, getattr(e, "stderr", "") or ""), flush=True)
    spent[kind.__name__] += time.monotonic() - started
if machine:
    machine.stop()
print("%s: %d acts acknowledged, %d events, %.0f s, %s" % (
    ENGINE, len(keys), checked, time.monotonic() - begin, ", ".join("%s %d (%.0f s)" % (k, n, spent[k]) if spent[k] else "%s %d" % (k, n)
                                                                for k, n in sorted(counts.items()))))
print("%d passed, %d failed" % (passed, failed))
