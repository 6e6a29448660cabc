"""Generates the code of all APIs from the .proto files of this repository into the package that is built."""

from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc
from setuptools import setup
from setuptools.command.build_py import build_py

PROTO = Path(__file__).resolve().parents[2]


class Generate(build_py):
    def run(self) -> None:
        super().run()
        known = files("grpc_tools").joinpath("_proto")
        arguments = ["protoc", f"--proto_path={PROTO}", f"--proto_path={known}"]
        arguments += [f"--{kind}_out={self.build_lib}" for kind in ("python", "pyi", "grpc_python")]
        if protoc.main(arguments + sorted(str(path) for path in PROTO.glob("fazhi/*/v1/*.proto"))) != 0:
            raise SystemExit("fazhi-client: the .proto files do not compile")


setup(cmdclass={"build_py": Generate})
