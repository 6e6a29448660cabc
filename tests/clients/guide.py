"""docs/integrate.md, done as it says: its commands and both its programs, on a suite of their own, plain and over TLS.

The program of the suite is the first argument.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUITE = Path(sys.argv.pop(1)).resolve()
NODE = ROOT / "target/clients/bin/node"
PAGE = (ROOT / "docs/integrate.md").read_text()
PROGRAMS = {
    "python": (sys.executable, ROOT / "proto/clients/python/examples/guide.py"),
    "ts": (NODE, ROOT / "proto/clients/typescript/examples/guide.ts"),
}
PROGRAM_S, END_S = 60, 30


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Guide(unittest.TestCase):
    def test_the_page_shows_the_programs(self) -> None:
        for language, (_, program) in PROGRAMS.items():
            self.assertEqual("\n".join(blocks(language)), program.read_text(), f"docs/integrate.md and {program}")

    def test_the_page_is_right(self) -> None:
        for language, (runs, program) in PROGRAMS.items():
            for tls in (False, True):
                with self.subTest(language=language, tls=tls), tempfile.TemporaryDirectory() as folder:
                    self.follow(Path(folder), [str(runs), str(program)], tls)

    def follow(self, folder: Path, program: list[str], tls: bool) -> None:
        (folder / "fazhi").symlink_to(SUITE)
        (folder / "seeds").symlink_to(ROOT / "seeds")
        port = free_port()
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("FAZHI_", "OTEL_"))}
        ours |= {"PATH": f"{folder}:{ours['PATH']}", "FAZHI_GRPC": f"127.0.0.1:{port}", "FAZHI_HTTP": "127.0.0.1:0"}
        ours["FAZHI_SERVER"] = f"http{'s' if tls else ''}://127.0.0.1:{port}"

        def run(command: list[str]) -> str:
            done = subprocess.run(command, cwd=folder, env=ours, capture_output=True, text=True, timeout=PROGRAM_S)
            self.assertEqual(done.returncode, 0, f"{command}: {done.stderr}")
            return done.stdout

        if tls:
            run(["fazhi", "pki", "init", "authority"])
            run(["fazhi", "pki", "issue", "authority", "localhost", "--out", "tls"])
            ours["FAZHI_TLS"] = "tls"
        up, prepare = blocks("sh")
        serving = subprocess.Popen(["sh", "-c", f"exec {up}"], cwd=folder, env=ours, stdout=subprocess.PIPE, text=True)
        try:
            self.assertTrue(any("gRPC" in line for line in serving.stdout), "the suite ended")
            run(["sh", "-e", "-c", prepare])
            first, again = run(program), run(program)
        finally:
            serving.terminate()
            serving.communicate(timeout=END_S)
        (promised,) = blocks("text")
        self.assertEqual(shape(first), shape(promised))
        # Numbers and places went on; what the first one has seen, the second is not told again.
        self.assertEqual(len(again.splitlines()), len(first.splitlines()), again)
        self.assertFalse(set(events(first)) & set(events(again)))


def shape(said: str) -> str:
    """Without what differs from run to run: the year, and ids in the order they come."""
    ids = {id_: f"id {at}" for at, id_ in enumerate(dict.fromkeys(re.findall(r"[0-9a-f-]{36}", said)))}
    return re.sub(r"[0-9a-f-]{36}", lambda found: ids[found[0]], re.sub(r"〔\d{4}〕", "〔年〕", said))


def events(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("event:")]


if __name__ == "__main__":
    unittest.main()
