"""Packages and edges of lock files, read with Python's own parsers and PyYAML, and none of our code.

Usage: truth.py CORPORA LIST: LIST is tests/corpora/locks.toml. Prints one JSON object: by file, `packages` and `edges`
as sorted lists of NAME@VERSION and of pairs of them, projects of a workspace without a name as project:FOLDER.
"""

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path, PurePosixPath

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def uv(text, _folder):
    packages = tomllib.loads(text)["package"]

    def label(p):
        return f"{p['name']}@{p.get('version', '')}"

    def target(dep):
        fits = [p for p in packages if p["name"] == dep["name"]
                and dep.get("version", p.get("version")) == p.get("version")
                and dep.get("source", p["source"]) == p["source"]]
        assert len(fits) == 1, (dep, len(fits))
        return label(fits[0])

    edges = set()
    for p in packages:
        lists = [p.get("dependencies", [])]
        lists += p.get("optional-dependencies", {}).values()
        lists += p.get("dev-dependencies", {}).values()
        edges |= {(label(p), target(dep)) for deps in lists for dep in deps}
    return {label(p) for p in packages}, edges


def cargo(text, _folder):
    packages = tomllib.loads(text)["package"]
    names = {f"{p['name']}@{p['version']}" for p in packages}
    edges = set()
    for p in packages:
        for dep in p.get("dependencies", []):
            parts = dep.split()
            fits = {q["version"] for q in packages if q["name"] == parts[0]
                    and (len(parts) < 2 or q["version"] == parts[1])}
            assert len(fits) == 1, dep
            edges.add((f"{p['name']}@{p['version']}", f"{parts[0]}@{fits.pop()}"))
    return names, edges


def npm(text, folder):
    lock = json.loads(text)
    if "packages" in lock:
        tree = lock["packages"]
    else:
        tree = {"": json.loads((folder / "package.json").read_text()) | {"name": lock["name"], "version": lock["version"]}}

        def walk(at, deps):
            for name, dep in deps.items():
                path = f"{at}/node_modules/{name}".lstrip("/")
                entry = {"dependencies": dep.get("requires") or {}, "version": dep["version"]}
                if dep["version"].startswith("npm:"):
                    entry["name"], entry["version"] = dep["version"][4:].rsplit("@", 1)
                elif ":" in dep["version"]:
                    entry["version"] = ""
                tree[path] = entry
                walk(path, dep.get("dependencies", {}))

        walk("", lock.get("dependencies", {}))

    def own(path):
        return "node_modules" not in PurePosixPath(path).parts

    def label(path):
        entry = tree[path]
        name = entry.get("name")
        if name is None and not own(path):
            name = path.split("node_modules/")[-1]
        if name is None:
            links = [p for p, e in tree.items() if e.get("link") and e["resolved"] == path]
            name = links[0].split("node_modules/")[-1] if links else PurePosixPath(path).name
        return f"{name}@{entry.get('version', '')}"

    def resolve(path, name):
        parts = PurePosixPath(path).parts
        for length in range(len(parts), -1, -1):
            at = "/".join((*parts[:length], "node_modules", name))
            if (length == 0 or parts[length - 1] != "node_modules") and at in tree:
                return tree[at]["resolved"] if tree[at].get("link") else at
        return None

    packages, edges = set(), set()
    for path, entry in tree.items():
        if entry.get("link"):
            continue
        packages.add(label(path))
        optional = entry.get("optionalDependencies", {})
        asked = set(entry.get("dependencies", {})) | set(optional)
        if own(path):
            asked |= set(entry.get("devDependencies", {}))
        found = {resolve(path, name) for name in asked}
        if "packages" in lock:
            # Who uses a package brings its peers along: they are looked for above it.
            above = path.rpartition("node_modules/")[0].rstrip("/") if path else path
            above = path if own(path) else above
            found |= {resolve(above, name) for name in entry.get("peerDependencies", {})}
        edges |= {(label(path), label(at)) for at in found if at is not None and at in tree}
    return packages, edges


def project(path):
    return f"project:{path.removeprefix('.')}"


def pnpm(text, _folder):
    packages, edges = set(), set()
    for lock in yaml.load_all(text, Loader=LOADER):
        major = int(float(lock["lockfileVersion"]))
        described = lock.get("packages") or {}
        nodes = lock.get("snapshots", {}) if major == 9 else described

        def plain(key):
            return re.sub(r"\(.*$", "", key) if key.endswith(")") else key

        def label(key):
            info = described[plain(key)] if major == 9 else described[key]
            if "name" in info and major != 9:
                return f"{info['name']}@{info.get('version', '')}"
            if major == 5:
                match = re.match(r"^/((?:@[^/]+/)?[^/]+)/([^_/]+)", key)
                return f"{match[1]}@{match[2]}"
            name, _, version = plain(key).lstrip("/").rpartition("@") if "://" not in key else (
                *re.match(r"^(@?[^@]+)@", key).groups(), "", info.get("version", ""))
            return f"{name}@{info.get('version', version)}"

        def find(name, value):
            forms = {5: f"/{name}/{value}", 6: f"/{name}@{value}", 9: f"{name}@{value}"}
            fits = [key for key in (forms[major], value) if key in nodes]
            assert fits, (name, value)
            return label(fits[0])

        importers = lock.get("importers", {".": lock})
        packages |= {label(key) for key in nodes} | {project(path) for path in importers}

        def linked(folder, value):
            parts = []
            for step in (*PurePosixPath(folder).parts, *PurePosixPath(value[5:]).parts):
                parts = parts[:-1] if step == ".." else parts + [step] * (step != ".")
            path = "/".join(parts)
            return {project(path)} if (path or ".") in importers else set()

        def targets(folder, asked):
            for name, value in asked.items():
                value = str(value["version"] if isinstance(value, dict) else value)
                yield from linked(folder, value) if value.startswith("link:") else {find(name, value)}

        for key, node in nodes.items():
            asked = {**node.get("dependencies", {}), **node.get("optionalDependencies", {})}
            edges |= {(label(key), to) for to in targets("", asked)}
        for path, importer in importers.items():
            for part in ("dependencies", "optionalDependencies", "devDependencies"):
                edges |= {(project(path), to) for to in targets(path, importer.get(part) or {})}
    return packages, edges


def yarn(text, folder):
    entries, current, part = [], None, None
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            keys = re.findall(r'"([^"]+)"|([^\s,"]+)', line.rstrip(":"))
            current = {"keys": [a or b for a, b in keys], "asks": []}
            entries.append(current)
        elif line.startswith("    "):
            if part in ("dependencies:", "optionalDependencies:"):
                current["asks"].append(tuple(word.strip('"') for word in line.strip().split(" ", 1)))
        else:
            part = line.strip()
            if part.startswith("version "):
                current["version"] = part.split(" ", 1)[1].strip('"')
    by_key = {key: entry for entry in entries for key in entry["keys"]}

    def name(entry):
        key = entry["keys"][0]
        alias = re.match(r"^@?[^@]+@npm:(@?[^@]+)", key)
        return alias[1] if alias else re.match(r"^(@?[^@]+)@", key)[1]

    def label(entry):
        return f"{name(entry)}@{entry['version']}"

    def find(wanted, range_):
        if f"{wanted}@{range_}" in by_key:
            return {label(by_key[f"{wanted}@{range_}"])}
        labels = {label(e) for e in entries if name(e) == wanted}
        return labels if len(labels) == 1 else set()

    manifest = folder / "package.json"
    packages = {label(e) for e in entries}
    edges = {(label(e), to) for e in entries for ask in e["asks"] for to in find(*ask)}
    if manifest.exists():
        project = json.loads(manifest.read_text())
        own = f"{project.get('name', '.')}@{project.get('version', '')}"
        packages.add(own)
        for part in ("dependencies", "devDependencies", "optionalDependencies"):
            edges |= {(own, to) for ask in project.get(part, {}).items() for to in find(*ask)}
    return packages, edges


KINDS = {"yarn.lock": yarn, "uv.lock": uv, "Cargo.lock": cargo, "package-lock.json": npm, "pnpm-lock.yaml": pnpm}


def main():
    corpora, listed = Path(sys.argv[1]), tomllib.loads(Path(sys.argv[2]).read_text())
    truth = {}
    for lock in listed["lock"]:
        path = corpora / lock["file"]
        data = path.read_bytes()
        assert hashlib.sha256(data).hexdigest() == lock["sha256"], f"{path} is another file"
        packages, edges = KINDS[path.name](data.decode(), path.parent)
        truth[lock["file"]] = {"packages": sorted(packages), "edges": sorted(edges)}
        print(path, len(packages), len(edges), file=sys.stderr)
    json.dump(truth, sys.stdout)


main()
