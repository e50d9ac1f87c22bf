"""What a docker archive holds, by Python's tarfile and nothing of ours: bytes, waste and packages.

Argument: the archive. Layers are laid upon each other as snapshots: first all that a layer hides is
taken from the state below, then its entries are put. Printed as JSON.
"""

import json
import re
import sys
import tarfile


def read_image(path):
    with tarfile.open(path) as outer:
        saved = json.load(outer.extractfile("manifest.json"))[0]
        for name in saved["Layers"]:
            with tarfile.open(fileobj=outer.extractfile(name)) as layer:
                yield layer


class State:
    """What is at each path: (kind, identity of the content, target of a link)."""

    def __init__(self):
        self.at = {}

    def real(self, path, last=False):
        """A path with the links in its folders followed, as if the image were the root."""
        done, todo, links = [], path.split("/"), 0
        while todo:
            part = todo.pop(0)
            if part in ("", "."):
                continue
            if part == "..":
                done = done[:-1]
                continue
            here = "/".join(done + [part])
            kind, _, target = self.at.get(here, ("none", None, None))
            if kind == "link" and (todo or last):
                links += 1
                assert links < 50, path
                if target.startswith("/"):
                    done = []
                todo = target.split("/") + todo
            else:
                done.append(part)
        return "/".join(done)

    def below(self, path):
        return [other for other in self.at if other.startswith(path + "/")]

    def remove(self, path):
        for other in self.below(path):
            del self.at[other]
        self.at.pop(path, None)

    def put(self, path, what):
        parts = path.split("/")
        for end in range(1, len(parts)):
            above = "/".join(parts[:end])
            if self.at.get(above, ("none",))[0] != "folder":
                self.remove(above)
                self.at[above] = ("folder", None, None)
        if what[0] != "folder" or self.at.get(path, ("none",))[0] != "folder":
            self.remove(path)
        self.at[path] = what


def packages(state, text):
    """Names and versions that dpkg and Python know, the latter without what dpkg owns."""
    found, owned = set(), set()
    status = state.at.get("var/lib/dpkg/status")
    for stanza in text.get(status[1], "").split("\n\n") if status else []:
        fields = dict(re.findall(r"^([A-Z][A-Za-z-]*): (.*)$", stanza, re.M))
        if fields.get("Status", "").split(" ")[2:3] == ["installed"]:
            found.add(f"deb {fields['Package']} {fields['Version']}")
    for path, (kind, identity, _) in state.at.items():
        if re.fullmatch(r"var/lib/dpkg/info/.*\.list", path):
            owned.update(line.strip("/") for line in text[identity].splitlines())
    for path, (kind, identity, _) in state.at.items():
        if path.endswith(".dist-info/METADATA") and kind == "file" and path not in owned:
            head = text[identity].split("\n\n")[0]
            name = re.search(r"^Name: (.*)$", head, re.M).group(1).strip()
            version = re.search(r"^Version: (.*)$", head, re.M).group(1).strip()
            found.add(f"pypi {re.sub(r'[-_.]+', '-', name).lower()} {version}")
    return found


WANTED = re.compile(r"(var/lib/dpkg/(status|info/.*\.list)|.*\.dist-info/METADATA)$")


def main():
    state, sizes, text = State(), {}, {}
    total = user = entries = 0
    spoken = {}  # path: bytes that each layer has there
    everywhere = set()
    for number, layer in enumerate(read_image(sys.argv[1])):
        members = [(member, member.name.strip("/").removeprefix("./")) for member in layer]
        entries += len(members)
        below = dict(state.at)
        hides, puts = [], []
        for member, name in members:
            last = name.rsplit("/", 1)[-1]
            (hides if last.startswith(".wh.") else puts).append((member, name))
        for _, name in hides:
            folder, _, last = name.rpartition("/")
            folder = state.real(folder + "/x")[:-2] if folder else ""
            if last == ".wh..wh..opq":
                folder = state.real(folder, last=True)
                for other in state.below(folder):
                    del state.at[other]
                continue
            path = f"{folder}/{last[4:]}".lstrip("/")
            if path in below:
                inside = [o for o in below if o.startswith(path + "/")]
                is_folder = below[path][0] == "folder"
                weigh = sum(sizes[below[o][1]] for o in inside if below[o][0] == "file" and below[o][1][1] == o)
                spoken.setdefault(path, []).append(weigh if is_folder else 0)
                state.remove(path)
        said = {}
        for member, name in puts:
            if name in ("", "."):
                continue
            path = state.real(name)
            if member.isdir():
                what, size = ("folder", None, None), 0
            elif member.isreg():
                identity, size = (number, path, len(said)), member.size
                sizes[identity], total = size, total + size
                user += size if number else 0
                what = ("file", identity, None)
                if WANTED.match(path):
                    text[identity] = layer.extractfile(member).read().decode(errors="replace")
            elif member.issym():
                what, size = ("link", None, member.linkname), 0
            elif member.islnk():
                what, size = state.at[state.real(member.linkname.strip("/").removeprefix("./"))], 0
            else:
                what, size = ("other", None, None), 0
            state.put(path, what)
            said[path] = size
        ways = {"/".join(path.split("/")[:end]) for path in said for end in range(1, path.count("/") + 1)}
        for path, size in said.items():
            if path not in ways:
                spoken.setdefault(path, []).append(size)
        everywhere |= packages(state, text)
    visible = sum(sizes[identity] for identity in {what[1] for what in state.at.values() if what[0] == "file"})
    least = sum(min(all) for all in spoken.values())
    bytes = sum(sum(all) for all in spoken.values())
    wasted = sum(sum(all) for all in spoken.values() if len(all) > 1)
    print(
        json.dumps(
            {
                "files": total,
                "visible": visible,
                "hidden": total - visible,
                "user": user,
                "wasted": wasted,
                "efficiency": least / bytes if bytes else 1.0,
                "entries": entries,
                "squashed": sorted(packages(state, text)),
                "all_layers": sorted(everywhere),
            }
        )
    )


main()
