"""Does what README.md and docs/runbook.md say, word for word: every block marked `sh` of a page is run, in order, in one shell; the
README's in a copy of the repository, the runbook's in an empty folder.

Usage: run.py PROGRAM, where PROGRAM is the `fazhi` to try. Only the ports are others than the page's, so that it disturbs
nobody. Postgres refuses to run as root, so for root another account does it all.
"""

import contextlib
import os
import pathlib
import pwd
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parent.parent.parent
SECONDS_MAX = 300


def blocks(page):
    found = re.findall(r"^```sh\n(.*?)^```$", page.read_text(), flags=re.M | re.S)
    if not found:
        sys.exit(f"{page.name}: there is no block to run")
    return found


def free_ports(count):
    """Below those that connections are given: whoever calls a server that is away could be given its port, and be in its way."""
    held = []
    while len(held) < count:
        with contextlib.suppress(OSError):
            held.append(socket.create_server(("127.0.0.1", random.randrange(15_000, 32_000))))
    ports = [str(port.getsockname()[1]) for port in held]
    for port in held:
        port.close()
    return ports


def with_free_ports(script):
    """Every port of the page becomes one that is free here."""
    named = sorted(set(re.findall(r"(?<![\w.])(?:5432|4222|8222|8080|500\d\d|94\d\d)\b", script)))
    free = dict(zip(named, free_ports(len(named)), strict=True))
    if not free:
        return script
    return re.sub(r"(?<![\w.])(?:" + "|".join(free) + r")\b", lambda found: free[found[0]], script)


def end(shell, postmaster):
    """Ends what the page started; Postgres leaves the session that it was started from."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(shell.pid, signal.SIGTERM)
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int(postmaster.read_text().split()[0]), signal.SIGQUIT)


def do(program, page, in_source):
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
        script.write_text("set -euo pipefail\n" + with_free_ports("\n".join(blocks(page))))
        http, grpc = free_ports(2)
        # Where the page names no ports, these are taken instead of those that the program takes by itself.
        ports = {"FAZHI_HTTP": f"127.0.0.1:{http}", "FAZHI_GRPC": f"127.0.0.1:{grpc}", "FAZHI_SERVER": f"http://127.0.0.1:{grpc}"}
        if user:
            for path in [home, *home.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)
        # A session of its own, so that whatever it started can be ended, and nothing else.
        shell = subprocess.Popen(
            ["bash", script],
            cwd=source if in_source else site,
            env={"PATH": os.environ["PATH"], "HOME": str(home), "SRC": str(source), "LANG": "C.UTF-8"} | (ports if in_source else {}),
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
            sys.exit(f"{page.name}: {'not done in time' if late else f'ended with {shell.returncode}'}")
    print(f"{page.name}: {len(blocks(page))} blocks done")


def commands(page):
    """What is run, without what is said of it."""
    return [line for line in "".join(blocks(page)).splitlines() if not line.startswith("#")]


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    if commands(ROOT / "README.md") != commands(ROOT / "README.zh-CN.md"):
        sys.exit("README.zh-CN.md: its commands are others than those of README.md")
    do(program, ROOT / "README.md", in_source=True)
    do(program, ROOT / "docs/runbook.md", in_source=False)


main()
