"""Does what docs/runbook.md says, word for word: every block marked `sh` is run, in order, in one shell and an empty folder.

Usage: run.py PROGRAM, where PROGRAM is the `fazhi` to try. Only the ports are others than the page's, so that it disturbs
nobody. Postgres refuses to run as root, so for root another account does it all.
"""

import contextlib
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parent.parent.parent
PAGE = ROOT / "docs/runbook.md"
SECONDS_MAX = 300


def blocks():
    return re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(), flags=re.M | re.S)


def with_free_ports(script):
    """Every port of the page becomes one that is free here."""
    held, free = [], {}
    for port in sorted(set(re.findall(r"(?<![\w.])(?:5432|4222|8222|8080|500\d\d|94\d\d)\b", script))):
        held.append(socket.create_server(("127.0.0.1", 0)))
        free[port] = str(held[-1].getsockname()[1])
    for taken in held:
        taken.close()
    return re.sub(r"(?<![\w.])(?:" + "|".join(free) + r")\b", lambda found: free[found[0]], script)


def end(shell, postmaster):
    """Ends what the page started; Postgres leaves the session that it was started from."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(shell.pid, signal.SIGTERM)
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int(postmaster.read_text().split()[0]), signal.SIGQUIT)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="fazhi-runbook-") as home:
        home = pathlib.Path(home)
        source, site = home / "fazhi", home / "site"
        for folder in ["deploy", "seeds"]:
            shutil.copytree(ROOT / folder, source / folder)
        for file, to in [(program, "target/release/fazhi"), (ROOT / "target/nats/bin/nats-server", "target/nats/bin/nats-server")]:
            (source / to).parent.mkdir(parents=True)
            shutil.copy(file, source / to)
        site.mkdir()
        script = home / "runbook.sh"
        script.write_text("set -euo pipefail\n" + with_free_ports("\n".join(blocks())))
        if user:
            for path in [home, *home.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)
        # A session of its own, so that whatever it started can be ended, and nothing else.
        shell = subprocess.Popen(
            ["bash", script],
            cwd=site,
            env={"PATH": os.environ["PATH"], "HOME": str(home), "SRC": str(source), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=user and [],
            start_new_session=True,
        )
        try:
            said, _ = shell.communicate(timeout=SECONDS_MAX)
            late = False
        except subprocess.TimeoutExpired:
            late = True
        finally:
            end(shell, site / "postgres/postmaster.pid")
        if late:
            said, _ = shell.communicate()
        if late or shell.returncode != 0:
            print(said)
            for log in sorted((site / "logs").glob("*.log")):
                print(f"--- {log.name}", *log.read_text(errors="replace").splitlines()[-20:], sep="\n")
            sys.exit(f"runbook: {'not done in time' if late else f'ended with {shell.returncode}'}")
    print(f"runbook: {len(blocks())} blocks done")


main()
