"""Looks at the files of this folder as those programs would that will read them: `make lint` runs it.

Compose file and manifests against their schemas, the manifests as kustomize renders them; NATS configurations by the
server itself; units by systemd; shell scripts and Dockerfile by their lints; rules and panels by a parser of PromQL. And
what no schema knows: selectors select, settings and metrics are those that the program has.
"""

import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile

import fastjsonschema
import promql_parser
from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
TOOLS = pathlib.Path(sysconfig.get_path("scripts"))
PACKAGES = pathlib.Path(sysconfig.get_path("purelib"))
NATS = ROOT / "target/nats/bin/nats-server"
# The oldest and the newest Kubernetes that the manifests are for.
KUBERNETES = ["1.31", "1.37"]
# Described by their operators, not by Kubernetes.
FOREIGN = {"monitoring.coreos.com/v1/PodMonitor", "postgresql.cnpg.io/v1/Cluster"}

problems = []


def problem(where, what):
    problems.append(f"{where}: {what}")


def yaml(text):
    return [document for document in YAML(typ="safe", pure=True).load_all(text) if document]


def run(*command, **more):
    """Runs a program on this folder; what it says is the problem if it fails."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        problem(pathlib.Path(str(command[0])).name, (done.stdout + done.stderr).strip())
    return done.stdout


def walk(value, path=""):
    """Every text in a document, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from walk(inner, f"{path}[{n}]")
    elif isinstance(value, str):
        yield path, value


def compose():
    schema = PACKAGES / "check_jsonschema/builtin_schemas/vendor/compose-spec.json"
    schema = json.loads(schema.read_text())
    validate = fastjsonschema.compile(schema)
    file = DEPLOY / "compose.yaml"
    (document,) = yaml(file.read_text())
    try:
        validate(document)
    except fastjsonschema.JsonSchemaException as e:
        problem("compose.yaml", e.message)
    # The validator does not know `unevaluatedProperties`, by which the schema refuses what it does not name.
    about = schema["$defs"]
    named = set(about["service"]["properties"])
    for part in about["service"]["allOf"]:
        named |= set(about[part["$ref"].rpartition("/")[2]]["properties"])
    for service, told in document["services"].items():
        for key in sorted(set(told) - named):
            problem("compose.yaml", f"{service}: there is no {key}")
        for volume in told.get("volumes", []):
            source = volume.split(":")[0]
            # What deploy/secrets.sh makes is not in the repository.
            if source.startswith("./") and not source.startswith("./secrets") and not (DEPLOY / source).exists():
                problem("compose.yaml", f"{service} mounts {source}, which does not exist")


@functools.cache
def kind(version, name):
    folder = PACKAGES / f"kubernetes_validate/kubernetes-json-schema/v{version}.0-local-strict"
    schema = folder / f"{name}.json"
    if not schema.exists():
        return None
    load = functools.cache(lambda uri: json.loads((folder / uri.rsplit("/")[-1]).read_text()))
    return fastjsonschema.compile(json.loads(schema.read_text()), handlers={"https": load}, detailed_exceptions=False)


def kubernetes():
    for folder in [DEPLOY / "kubernetes/base", *sorted((DEPLOY / "kubernetes/overlays").iterdir())]:
        where = folder.relative_to(DEPLOY)
        documents = yaml(run(TOOLS / "kubectl", "kustomize", folder))
        for document in documents:
            api, name = document["apiVersion"], f"{document['kind']}/{document['metadata']['name']}"
            if f"{api}/{document['kind']}" in FOREIGN:
                continue
            group, _, version = api.rpartition("/")
            file = "-".join([document["kind"].lower(), *filter(None, [group.split(".")[0]]), version])
            for release in KUBERNETES:
                validate = kind(release, file)
                try:
                    validate(document) if validate else problem(where, f"Kubernetes {release} has no {api} {name}")
                except fastjsonschema.JsonSchemaException as e:
                    problem(where, f"{name}: {e.message}")
        selectors(where, documents)


def selectors(where, documents):
    """A selector that selects nothing, or more than its own, is no error to Kubernetes."""
    pods = {
        document["metadata"]["name"]: document["spec"]["template"]["metadata"]["labels"]
        for document in documents
        if document["kind"] in ("Deployment", "StatefulSet")
    }
    for document in documents:
        name, spec = document["metadata"]["name"], document.get("spec", {})
        if document["kind"] == "Service":
            wanted = spec.get("selector", {})
        elif document["kind"] in ("Deployment", "StatefulSet", "PodDisruptionBudget"):
            wanted = spec.get("selector", {}).get("matchLabels", {})
        else:
            continue
        selected = [pod for pod, labels in pods.items() if wanted.items() <= labels.items()]
        if selected != [name]:
            problem(where, f"{document['kind']}/{name} selects {selected}")


def nats():
    """The server reads its certificates, too, so it gets some."""
    folder = DEPLOY / "nats"
    asked = set(re.findall(r" \$([A-Z][A-Z_0-9]+)", "".join(file.read_text() for file in folder.glob("*.conf"))))
    settings = {name: f"tls://127.0.0.1:{6222 + n}" if "ROUTE_" in name else "x" for n, name in enumerate(asked)}
    settings["NATS_MONITOR"] = "127.0.0.1:8222"
    with tempfile.TemporaryDirectory() as home:
        tls = pathlib.Path(home) / "tls"
        tls.mkdir()
        made = ["-keyout", tls / "key.pem", "-out", tls / "cert.pem"]
        run("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=x", *made)
        shutil.copy(tls / "cert.pem", tls / "ca.pem")
        for name in ["nats.conf", "cluster.conf"]:
            run(NATS, "-t", "-c", folder / name, env=os.environ | settings, cwd=home)


def systemd():
    """The programs are not installed here, so others stand in for them."""
    if shutil.which("systemd-analyze") is None:
        print("check: no systemd on this machine; its units were not looked at")
        return
    with tempfile.TemporaryDirectory() as home:
        for unit in (DEPLOY / "systemd").iterdir():
            told = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.M)
            (pathlib.Path(home) / unit.name).write_text(told)
        units = sorted(pathlib.Path(home).iterdir())
        # It warns about what it does not know, and succeeds; every line is a fault here.
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
        for line in (done.stdout + done.stderr).splitlines():
            problem("systemd", line)


def settings():
    """Every setting that stands in a file here is one of the program."""
    known = set(re.findall(r'env = "([A-Z_]+)"', (ROOT / "services/fazhi/src/cli.rs").read_text()))
    # Settings of the files themselves.
    known |= {"FAZHI_SECRETS", "FAZHI_SERVICE", "FAZHI_IMAGE"}
    for file in [DEPLOY / "compose.yaml", *DEPLOY.rglob("*.service"), *(DEPLOY / "kubernetes").rglob("*.yaml"), DEPLOY / "Dockerfile", *DEPLOY.glob("*.sh")]:
        for name in sorted(set(re.findall(r"\bFAZHI_[A-Z_]*[A-Z]\b", file.read_text())) - known):
            problem(file.relative_to(DEPLOY), f"{name} is no setting of fazhi")


def observability():
    folder = DEPLOY / "observability"
    (alerts,) = yaml((folder / "alerts.yaml").read_text())
    board = json.loads((folder / "grafana/dashboards/fazhi.json").read_text())
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", title.lower()).strip().replace(" ", "-")
        for title in re.findall(r"^#+ (.*)$", (ROOT / "docs/runbook.md").read_text(), flags=re.M)
    }
    asked = []
    for rule in (rule for group in alerts["groups"] for rule in group["rules"]):
        asked.append((rule["alert"], rule["expr"]))
        page, _, anchor = rule["annotations"]["runbook"].partition("#")
        if page != "docs/runbook.md" or anchor not in anchors:
            problem("alerts.yaml", f"{rule['alert']}: the runbook has no {anchor}")
    for panel in board["panels"]:
        asked += [(panel["title"], target["expr"]) for target in panel["targets"]]
    sources = "".join(file.read_text() for file in (ROOT / "services").rglob("*.rs"))
    for where, query in asked:
        # Grafana puts durations and names in the place of its variables.
        query = re.sub(r"\$__\w+", "5m", query).replace("$service", ".*")
        try:
            promql_parser.parse(query)
        except ValueError as e:
            problem(where, f"{query}: {e}")
        for metric in set(re.findall(r"\bfazhi_[a-z_]+", query)):
            if re.sub(r"_(bucket|sum|count)$", "", metric) not in sources:
                problem(where, f"{metric} is no metric of fazhi")


def shell():
    scripts = [*DEPLOY.rglob("*.sh"), *(ROOT / "tests").rglob("*.sh")]
    if not (TOOLS / "shellcheck").exists():
        print("check: no shellcheck for this machine; scripts were not looked at")
        return
    run(TOOLS / "shellcheck", "--external-sources", *scripts)


def main():
    for check in [compose, kubernetes, nats, systemd, shell, settings, observability]:
        check()
    run(TOOLS / "hadolint", DEPLOY / "Dockerfile")
    for line in problems:
        print(f"check: {line}", file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
