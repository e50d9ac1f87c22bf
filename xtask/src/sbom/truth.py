"""Packages and edges of lock files, read with Python's own parsers, PyYAML and packaging, and none of our code.

Usage: truth.py CORPORA LIST: LIST is tests/corpora/locks.toml. Prints one JSON object: by file, `packages` and `edges`
as sorted lists of NAME@VERSION and of pairs of them, projects of a workspace without a name as project:FOLDER.
"""

import email
import hashlib
import importlib.metadata
import json
import re
import struct
import subprocess
import sys
import sysconfig
import tomllib
import zlib
from pathlib import Path, PurePosixPath

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

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

def names_of_toml_deps(lock, own):
    """Edges by name, and by version where a name is there more than once."""
    versions = {}
    for p in lock:
        versions.setdefault(canonicalize_name(p["name"]), set()).add(p.get("version", ""))

    def targets(name, specifier):
        name = canonicalize_name(name)
        all_ = versions.get(name, set())
        if len(all_) > 1:
            try:
                fits = {v for v in all_ if SpecifierSet(specifier).contains(v, prereleases=True)}
            except InvalidSpecifier:
                fits = set()
            all_ = fits or all_
        return {f"{name}@{v}" for v in all_}

    packages = {f"{canonicalize_name(p['name'])}@{p.get('version', '')}" for p in lock}
    if own:
        packages.add(own)
    return packages, targets


def asked(folder):
    """The project of a pyproject.toml, and the names it asks for with what it says of their versions."""
    path = folder / "pyproject.toml"
    if not path.exists():
        return None, []
    said = tomllib.loads(path.read_text())
    project, tool = said.get("project", {}), said.get("tool", {})
    poetry = tool.get("poetry", {})
    name = project.get("name") or poetry.get("name") or "."
    own = f"{canonicalize_name(name) if name != '.' else '-'}@{project.get('version') or poetry.get('version') or ''}"
    lists = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    lists += [*said.get("dependency-groups", {}).values(), *tool.get("pdm", {}).get("dev-dependencies", {}).values()]
    found = []
    for text in (text for list_ in lists for text in list_ if isinstance(text, str) and not text.startswith("-e")):
        requirement = Requirement(text)
        found.append((requirement.name, str(requirement.specifier)))
    tables = [poetry.get("dependencies", {}), poetry.get("dev-dependencies", {})]
    tables += [group.get("dependencies", {}) for group in poetry.get("group", {}).values()]
    found += [(key, "") for table in tables for key in table if key != "python"]
    return own, [(n, s) for n, s in found if canonicalize_name(n) != canonicalize_name(name)]


def poetry(text, folder):
    lock = tomllib.loads(text)["package"]
    own, asks = asked(folder)
    packages, targets = names_of_toml_deps(lock, own)
    edges = {(own, to) for name, _ in asks for to in targets(name, "")} if own else set()
    for p in lock:
        label = f"{canonicalize_name(p['name'])}@{p['version']}"
        for name, value in p.get("dependencies", {}).items():
            for one in value if isinstance(value, list) else [value]:
                version = one if isinstance(one, str) else one.get("version", "")
                edges |= {(label, to) for to in targets(name, version)}
    return packages, edges


def pdm(text, folder):
    lock = tomllib.loads(text)["package"]
    own, asks = asked(folder)
    packages, targets = names_of_toml_deps(lock, own)
    edges = {(own, to) for name, _ in asks for to in targets(name, "")} if own else set()
    for p in lock:
        label = f"{canonicalize_name(p['name'])}@{p['version']}"
        for dep in map(Requirement, p.get("dependencies", [])):
            edges |= {(label, to) for to in targets(dep.name, str(dep.specifier)) if to != label}
    return packages, edges


def pylock(text, _folder):
    lock = tomllib.loads(text)["packages"]
    packages, targets = names_of_toml_deps(lock, None)
    edges = set()
    for p in lock:
        label = f"{canonicalize_name(p['name'])}@{p.get('version', '')}"
        for dep in p.get("dependencies", []):
            edges |= {(label, to) for to in targets(dep["name"], f"=={dep['version']}" if "version" in dep else "")}
        for dep in map(Requirement, p.get("tool", {}).get("pdm", {}).get("dependencies", [])):
            edges |= {(label, to) for to in targets(dep.name, str(dep.specifier)) if to != label}
    return packages, edges


def pyproject(text, folder):
    own, asks = asked(folder)
    if own is None:
        return set(), set()
    targets = set()
    for name, specifier in asks:
        pinned = [s.version for s in SpecifierSet(specifier) if s.operator in ("==", "===") and "*" not in s.version]
        targets.add(f"{canonicalize_name(name)}@{pinned[0] if pinned and len(SpecifierSet(specifier)) == 1 else ''}")
    return {own} | targets, {(own, to) for to in targets}


def requirements(text, _folder):
    packages = set()
    for line in re.sub(r"\\\n", " ", text).splitlines():
        line = re.sub(r"(^|\s)#.*$", "", line).strip()
        line = re.split(r"\s--", line)[0].strip()
        if not line or line.startswith("-"):
            continue
        requirement = Requirement(line)
        pinned = [s.version for s in requirement.specifier if s.operator == "=="]
        packages.add(f"{canonicalize_name(requirement.name)}@{pinned[0] if pinned else ''}")
    return packages, set()


def bun(text, _folder):
    # Trailing commas are no fault in a flow mapping of YAML.
    lock = yaml.load(text, Loader=LOADER)
    labels, asks, packages, edges = {}, [], set(), set()

    def project(value):
        return f"{value.get('name', '.')}@{value.get('version', '')}"

    kinds = ("dependencies", "optionalDependencies", "peerDependencies")
    for path, value in lock["workspaces"].items():
        packages.add(project(value))
        names = {n for kind in (*kinds, "devDependencies") for n in value.get(kind, {})}
        asks.append(([] if path == "" else [value["name"]], project(value), names))
    for key, value in lock["packages"].items():
        steps = re.findall(r"(?:@[^/]+/)?[^/]+", key)
        name, _, version = value[0][1:].partition("@")
        name = value[0][0] + name
        if version.startswith("workspace:"):
            labels[tuple(steps)] = project(lock["workspaces"][version.removeprefix("workspace:")])
            continue
        label = f"{name}@{'' if ':' in version else version}"
        labels[tuple(steps)] = label
        packages.add(label)
        detail = next((part for part in value if isinstance(part, dict)), {})
        asks.append((steps, label, {n for kind in kinds for n in detail.get(kind, {})}))
    for steps, label, names in asks:
        for name in names:
            for length in range(len(steps), -1, -1):
                if (*steps[:length], name) in labels:
                    edges.add((label, labels[(*steps[:length], name)]))
                    break
    return packages, edges


def berry(text, _folder):
    lock = yaml.load(text, Loader=yaml.BaseLoader)
    lock.pop("__metadata")

    def label(entry):
        name, reference = re.match(r"(@?[^@]+)@(.*)", entry["resolution"]).groups()
        return f"{name}@{'' if reference.startswith('workspace:') else entry['version']}"

    by_key = {key: label(entry) for keys, entry in lock.items() for key in keys.split(", ")}
    edges = set()
    for entry in lock.values():
        for name, range_ in entry.get("dependencies", {}).items():
            to = by_key.get(f"{name}@{range_}") or by_key.get(f"{name}@npm:{range_}")
            same = {value for value in by_key.values() if value.rpartition("@")[0] == name}
            to = to or (same.pop() if len(same) == 1 else None)
            if to:
                edges.add((label(entry), to))
    return {label(entry) for entry in lock.values()}, edges


def go_mod(text, _folder):
    text = re.sub(r"(?m)^(\w+) \(\n((?:.*\n)*?)\)", lambda m: re.sub(r"(?m)^\t", m[1] + " ", m[2]), text)
    own = re.search(r"(?m)^module (\S+)", text)[1] + "@"
    replaced = {}
    for old, version, new, new_version in re.findall(r"(?m)^replace (\S+)(?: (v\S+))? => (\S+)(?: (v\S+))?", text):
        replaced[old, version] = (new, new_version)
    packages, edges = {own}, set()
    for path, version, comment in re.findall(r"(?m)^require (\S+) (v\S+)(.*)$", text):
        new = replaced.get((path, version)) or replaced.get((path, ""))
        label = f"{path}@{version}" if not new or not new[1] else "@".join(new)
        packages.add(label)
        if "// indirect" not in comment:
            edges.add((own, label))
    return packages, edges


def gemfile(text, _folder):
    part = text.partition("\nPLATFORMS")[0]
    found = re.findall(r"(?m)^    (\S+) \(([^)-]+)[^)]*\)\n((?:      \S.*\n?)*)", part)
    versions = {}
    for name, version, _ in found:
        versions.setdefault(name, set()).add(f"{name}@{version}")
    edges = {(f"{name}@{version}", to) for name, version, asks in found
             for ask in re.findall(r"(?m)^      (\S+)", asks) for to in versions.get(ask.rstrip("!"), ())
             if ask != name}
    return set().union(*versions.values()), edges


def composer(text, folder):
    lock = json.loads(text)
    all_ = lock["packages"] + (lock.get("packages-dev") or [])
    named = {}
    for p in all_:
        for name in {p["name"], *(p.get("provide") or {}), *(p.get("replace") or {})}:
            named.setdefault(name.lower(), set()).add(f"{p['name']}@{p['version']}")
    packages = {f"{p['name']}@{p['version']}" for p in all_}
    edges = {(f"{p['name']}@{p['version']}", to) for p in all_ for ask in p.get("require", {})
             for to in named.get(ask.lower(), ()) if to != f"{p['name']}@{p['version']}"}
    if (folder / "composer.json").exists():
        own = json.loads((folder / "composer.json").read_text())
        label = f"{own.get('name', '.')}@{own.get('version', '')}"
        packages.add(label)
        edges |= {(label, to) for kind in ("require", "require-dev") for ask in own.get(kind, {})
                  for to in named.get(ask.lower(), ())}
    return packages, edges


def nuget(text, _folder):
    packages, edges = set(), set()
    for frame in json.loads(text)["dependencies"].values():
        labels = {name.lower(): f"{name}@{value.get('resolved', '')}" for name, value in frame.items()}
        packages |= set(labels.values())
        edges |= {(labels[name.lower()], labels[to.lower()]) for name, value in frame.items()
                  for to in value.get("dependencies", {}) if to.lower() in labels}
    return packages, edges


def pipfile(text, _folder):
    lock = json.loads(text)
    both = {**lock["default"], **lock["develop"]}
    return {f"{canonicalize_name(n)}@{v.get('version', '').lstrip('=')}" for n, v in both.items()}, set()


def walk(value, key):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            yield from walk(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, key)


def gradle(text, _folder):
    # A blank may stand before an artifact.
    return {f"{name}@{version}" for name, version in re.findall(r"(?m)^ *([^#:\s]+:[^:\s]+):([^=\s]+)=", text)}, set()


def workflow(text, _folder):
    packages = set()
    for uses in walk(yaml.load(text, Loader=LOADER), "uses"):
        if not uses.startswith((".", "docker:")):
            path, _, reference = uses.partition("@")
            packages.add("/".join(path.split("/")[:2]) + "@" + reference)
    return packages, set()


def image(text):
    text, _, digest = text.partition("@")
    name, _, tag = text.rpartition("/")[2].partition(":")
    return f"{name}@{digest or tag}"


def compose(text, _folder):
    def default(image_):
        return re.sub(r"\$\{[^}:-]+:?-([^}]*)\}", r"\1", image_)
    images = [default(text) for text in walk(yaml.load(text, Loader=LOADER), "image")]
    return {image(text) for text in images if "$" not in text}, set()


def dockerfile(text, _folder):
    text = re.sub(r"\\\n", " ", text)
    arguments = dict(re.findall(r'(?m)^ARG (\w+)="?([^"\s]*)"?', text.partition("\nFROM")[0] + "\n"))
    stages, packages = set(), set()
    for line in text.splitlines():
        if match := re.match(r"(?i)FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", line):
            name = re.sub(r"\$\{?(\w+)\}?", lambda m: arguments.get(m[1], "$"), match[1])
            if name.lower() not in stages and name != "scratch" and "$" not in name:
                packages.add(image(name))
            stages.add((match[2] or "").lower())
        if match := re.match(r"(?i)COPY\s+.*--from=(\S+)", line):
            if match[1].lower() not in stages and not match[1].isdigit() and "$" not in match[1]:
                packages.add(image(match[1]))
    return packages, set()


def paragraphs(text):
    for block in re.split(r"\n\s*\n", text.strip()):
        yield dict(re.findall(r"(?m)^([^\s:]+): ?(.*(?:\n[ \t].*)*)", block))


def dpkg(text, _folder):
    alive = ("installed", "triggers-awaited", "triggers-pending", "half-configured", "unpacked")
    there = [p for p in paragraphs(text) if "Status" not in p or p["Status"].split()[2] in alive]

    def names(field):
        return [re.match(r"[a-z0-9.+-]+", word.strip())[0] for word in re.split(r"[,|]", field) if word.strip()]

    own, provided = {}, {}
    for p in there:
        label = f"{p['Package']}@{p['Version']}"
        own.setdefault(p["Package"], set()).add(label)
        for name in names(p.get("Provides", "")):
            provided.setdefault(name, set()).add(label)
    edges = {(f"{p['Package']}@{p['Version']}", to) for p in there
             for name in names(p.get("Depends", "")) + names(p.get("Pre-Depends", ""))
             for to in own.get(name) or provided.get(name, ()) if to != f"{p['Package']}@{p['Version']}"}
    return set().union(*own.values()), edges


def apk(text, _folder):
    all_ = [dict(re.findall(r"(?m)^([A-Zopmi]):(.*)$", block)) for block in re.split(r"\n\n+", text.strip())]
    named = {}
    for p in all_:
        for name in [p["P"], *p.get("p", "").split()]:
            named.setdefault(re.split("[=<>~]", name)[0], set()).add(f"{p['P']}@{p['V']}")
    edges = {(f"{p['P']}@{p['V']}", to) for p in all_ for ask in p.get("D", "").split() if ask[0] != "!"
             for to in named.get(re.split("[=<>~]", ask)[0], ()) if to != f"{p['P']}@{p['V']}"}
    return {f"{p['P']}@{p['V']}" for p in all_}, edges


def metadata(text, _folder):
    headers = email.message_from_string(text)
    return {f"{canonicalize_name(headers['Name'])}@{headers['Version']}"}, set()


def reader(path, text):
    posix = path.as_posix()
    if path.name == "yarn.lock" and "\n__metadata:" in text:
        return berry
    if "/workflows/" in posix:
        return workflow
    if path.name.startswith("requirements"):
        return requirements
    if ".egg-info" in posix or ".dist-info" in posix:
        return metadata
    if "dpkg/status" in posix:
        return dpkg
    return KINDS[path.name]


KINDS = {
    "Cargo.lock": cargo, "Dockerfile": dockerfile, "Gemfile.lock": gemfile, "Pipfile.lock": pipfile, "bun.lock": bun,
    "compose.yaml": compose, "composer.lock": composer, "go.mod": go_mod, "gradle.lockfile": gradle, "installed": apk,
    "package-lock.json": npm, "packages.lock.json": nuget, "pdm.lock": pdm, "pnpm-lock.yaml": pnpm,
    "poetry.lock": poetry, "pylock.toml": pylock, "pyproject.toml": pyproject, "uv.lock": uv, "yarn.lock": yarn,
}


def environment():
    """The environment this runs in, as Python's own library sees it."""
    place = sysconfig.get_path("purelib")
    known = {canonicalize_name(d.metadata["Name"]): d for d in importlib.metadata.distributions(path=[place])}
    label = {name: f"{name}@{d.version}" for name, d in known.items()}
    edges = {(label[name], label[to]) for name, d in known.items() for ask in d.requires or []
             if (to := canonicalize_name(Requirement(ask).name)) in known and to != name}
    return f"installed:{place}", set(label.values()), edges


def sections(data):
    """The sections of a 64-bit little-endian ELF file by name."""
    table, = struct.unpack_from("<Q", data, 40)
    size, count, names = struct.unpack_from("<HHH", data, 58)
    heads = [struct.unpack_from("<IIQQQQ", data, table + index * size) for index in range(count)]
    texts = data[heads[names][4]:][:heads[names][5]]
    return {texts[h[0]:].split(b"\0")[0].decode(): data[h[4]:h[4] + h[5]] for h in heads}


def programs():
    """Programs of packages that setup installs, as their own sections say."""
    tools = Path(sysconfig.get_path("scripts")).parent
    for path in [tools / "bin" / name for name in ("uv", "uvx", "uv-build")]:
        list_ = json.loads(zlib.decompress(sections(path.read_bytes())[".dep-v0"]))["packages"]
        labels = [f"{p['name']}@{p['version']}" for p in list_]
        yield f"program:{path}", set(labels), {(labels[at], labels[to]) for at, p in enumerate(list_)
                                               for to in p.get("dependencies", [])}
    for path in sorted((tools / "node_modules/@bufbuild/buf-linux-x64/bin").iterdir()):
        text = sections(path.read_bytes())[".go.buildinfo"].decode(errors="replace")
        lines = re.findall(r"(?m)^(mod|dep|=>)\t(\S+)\t?(\S*)", text)
        packages = []
        for kind, name, version in lines:
            label = f"{name}@{'' if version == '(devel)' else version}"
            packages = packages[:-1] + [label] if kind == "=>" else packages + [label]
        yield f"program:{path}", set(packages), set()


def modules():
    """What npm installed: in the folder of tools, in the npm that is there, and in that of the machine."""
    tools = Path(sysconfig.get_path("scripts")).parent / "node_modules"
    root = Path(subprocess.run(["npm", "root", "-g"], check=True, capture_output=True, text=True).stdout.strip())
    for top in (tools, tools / "npm/node_modules", root / "npm/node_modules"):
        labels, asks, edges = {}, [], set()
        for path in top.rglob("package.json"):
            package = path.parent
            above = package.parent.parent if package.parent.name.startswith("@") else package.parent
            said = json.loads(path.read_text())
            if above.name != "node_modules" or package.name.startswith("@") or not {"name", "version"} <= said.keys():
                continue
            labels[package] = f"{said['name']}@{said['version']}"
            kinds = ("dependencies", "optionalDependencies", "peerDependencies")
            asks.append((package, {name for kind in kinds for name in said.get(kind, {})}))
        for package, names in asks:
            for name in names:
                for folder in (package, *package.parents):
                    at = folder / "node_modules" / name
                    if folder.name != "node_modules" and at in labels:
                        edges |= {(labels[package], labels[at])} if labels[at] != labels[package] else set()
                        break
        yield f"modules:{top}", set(labels.values()), edges


def machine():
    """This machine as dpkg itself sees it, and what of Python it does not own."""
    lines = subprocess.run(["dpkg-query", "-W", "-f", "${Package}@${Version} ${db:Status-Status}\n"],
                           check=True, capture_output=True, text=True).stdout.splitlines()
    packages = {line.split()[0] for line in lines if line.endswith(" installed")}
    parsed, edges = dpkg(Path("/var/lib/dpkg/status").read_text(), None)
    assert packages <= parsed, packages - parsed
    for info in Path("/usr/lib/python3/dist-packages").glob("*-info"):
        owned = subprocess.run(["dpkg-query", "-S", str(info)], capture_output=True).returncode == 0
        for file in [info] if info.is_file() else [info / "METADATA", info / "PKG-INFO"]:
            if file.is_file() and not owned:
                packages |= metadata(file.read_text(), None)[0]
    return "installed:/", packages | parsed, edges


def main():
    corpora, listed = Path(sys.argv[1]), tomllib.loads(Path(sys.argv[2]).read_text())
    here = Path(sys.argv[2]).parent.parent.parent
    truth, missing = {}, []
    for kind in ("beside", "lock"):
        for entry in listed[kind]:
            path = (here if entry["file"].startswith("tests/corpora/") else corpora) / entry["file"]
            data = path.read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["sha256"], f"{path} is another file"
            missing.append(str(path))
            if kind == "lock":
                packages, edges = reader(path, data.decode())(data.decode(), path.parent)
                truth[entry["file"]] = {"packages": sorted(packages), "edges": sorted(edges)}
                print(path, len(packages), len(edges), file=sys.stderr)
    for name, packages, edges in (environment(), machine(), *programs(), *modules()):
        truth[name] = {"packages": sorted(packages), "edges": sorted(edges)}
        print(name, len(packages), len(edges), file=sys.stderr)
    there = {str(path) for path in (here / "tests/corpora/locks").rglob("*") if path.is_file()}
    assert there <= set(missing), f"not listed: {there - set(missing)}"
    json.dump(truth, sys.stdout)


main()
