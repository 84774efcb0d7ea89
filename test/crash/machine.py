"""PostgreSQL on a machine that loses its power: every process of it tells plug.c what it writes, and pull.py takes from
its folder what no sync has confirmed. Small segments and few buffers, so that checkpoints, evictions and the reuse of
segments come often.
"""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import time

from pull import pull

SETTINGS = {"listen_addresses": "", "shared_buffers": "1MB", "max_wal_size": "4MB", "min_wal_size": "2MB",
            "checkpoint_timeout": "30s", "wal_writer_delay": "10ms", "bgwriter_delay": "10ms", "max_connections": "60",
            "wal_recycle": "on", "wal_init_zero": "on"}


class Machine:
    def __init__(self, folder, plug):
        """A cluster in `folder`; it runs when start() returns."""
        self.folder, self.plug, self.process = folder, plug, None
        self.data, self.journal, self.kept = (os.path.join(folder, n) for n in ("data", "journal", "kept"))
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.user = []
        os.makedirs(folder)
        if os.getuid() == 0:
            who = pwd.getpwnam("postgres")
            os.chown(folder, who.pw_uid, who.pw_gid)
            self.user = ["setpriv", "--reuid=%d" % who.pw_uid, "--regid=%d" % who.pw_gid, "--clear-groups"]
        subprocess.run([*self.user, os.path.join(self.bin, "initdb"), "-D", self.data, "-U", "zs", "-A", "trust",
                        "-E", "UTF8", "--no-locale", "--wal-segsize=1"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        self.conninfo = "host=%s user=zs dbname=postgres" % folder

    def start(self):
        """What it writes from now on a loss of power may take."""
        shutil.rmtree(self.kept, ignore_errors=True)
        os.makedirs(self.kept)
        open(self.journal, "wb").close()
        for path in (self.kept, self.journal):
            shutil.chown(path, *[os.stat(self.folder).st_uid] * 2)
        env = dict(os.environ, LC_ALL="C", LD_PRELOAD=self.plug, PLUG_ROOT=self.data, PLUG_JOURNAL=self.journal,
                   PLUG_KEPT=self.kept)
        command = [*self.user, os.path.join(self.bin, "postgres"), "-D", self.data, "-k", self.folder]
        for name, value in SETTINGS.items():
            command += ["-c", "%s=%s" % (name, value)]
        with open(os.path.join(self.folder, "server.log"), "ab") as log:
            self.process = subprocess.Popen(command, env=env, cwd=self.folder, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while subprocess.run([os.path.join(self.bin, "pg_isready"), "-q", "-h", self.folder, "-U", "zs", "-d", "postgres"]).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def cut(self, chance):
        """The power goes: nobody does anything any more, and what was not synced may be gone."""
        main = self.process.pid
        os.kill(main, signal.SIGSTOP)  # it would start others in the place of those that end
        with open("/proc/%d/task/%d/children" % (main, main)) as f:
            children = [int(pid) for pid in f.read().split()]
        for pid in [*children, main]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        while any(os.path.exists("/proc/%d" % pid) for pid in children):
            time.sleep(0.01)
        return pull(self.journal, chance, journaled=True)
