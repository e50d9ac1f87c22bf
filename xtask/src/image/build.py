"""Builds the test image: one image as a docker archive and as an OCI layout with gzip layers.

Arguments: the root file system as a tar of mmdebstrap, a folder of installed wheels, the folder to
write to. Six layers: the base; the wheels; an application; an overwritten file, whiteouts of a file
and a folder, and an opaque folder that stands behind entries of its own layer; hard links to files
of lower layers, one of which is then hidden; a file whose parent became a file, a path through a
linked folder, PAX names, and a name that is no text.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import sys
import tarfile

BASE, WHEELS, OUT = sys.argv[1:4]
SITE = "opt/app/lib/python3/site-packages"


class Layer:
    def __init__(self, name):
        self.path = os.path.join(OUT, name)
        self.tar = tarfile.open(self.path, "w", format=tarfile.PAX_FORMAT)

    def put(self, name, kind=tarfile.REGTYPE, data=b"", link="", mode=0o644):
        info = tarfile.TarInfo(name)
        info.type, info.size, info.linkname, info.mode = kind, len(data), link, mode
        self.tar.addfile(info, io.BytesIO(data))

    def folder(self, name):
        self.put(name, tarfile.DIRTYPE, mode=0o755)

    def tree(self, top, below):
        for root, folders, files in os.walk(top):
            folders.sort()
            inside = os.path.relpath(root, top)
            place = below if inside == "." else f"{below}/{inside}"
            self.folder(place)
            for name in sorted(files):
                path = os.path.join(root, name)
                if os.path.islink(path):
                    self.put(f"{place}/{name}", tarfile.SYMTYPE, link=os.readlink(path))
                else:
                    with open(path, "rb") as file:
                        self.put(f"{place}/{name}", data=file.read())

    def done(self):
        self.tar.close()
        return self.path


def noise(seed, size):
    """Bytes that do not pack and are the same each time."""
    out, counter = bytearray(), 0
    while len(out) < size:
        out += hashlib.sha256(f"{seed} {counter}".encode()).digest()
        counter += 1
    return bytes(out[:size])


def layers():
    base = os.path.join(OUT, "0.tar")
    shutil.copyfile(BASE, base)
    yield base

    wheels = Layer("1.tar")
    wheels.tree(WHEELS, SITE)
    yield wheels.done()

    app = Layer("2.tar")
    for number in range(200):
        app.put(f"srv/app/module_{number:03}.py", data=noise(number, 4096))
    app.folder("srv/app/cache")
    app.put("srv/app/cache/old", data=noise("old", 50_000))
    app.put("srv/app/becomes_file/inner/deep.txt", data=noise("deep", 30_000))
    yield app.done()

    change = Layer("3.tar")
    change.put(f"{SITE}/certifi/cacert.pem", data=noise("ca", 250_000))
    change.put(f"{SITE}/.wh.httpx")
    change.put(f"{SITE}/.wh.httpx-" + version("httpx") + ".dist-info")
    change.put("srv/app/.wh.module_007.py")
    # The opaque folder comes behind what its own layer has in it.
    change.folder("usr/share/doc")
    change.put("usr/share/doc/ours/README", data=b"What is in this folder came with layer 3.\n")
    change.put("usr/share/doc/.wh..wh..opq")
    yield change.done()

    links = Layer("4.tar")
    links.put("srv/app/linked.py", tarfile.LNKTYPE, link="srv/app/module_001.py")
    links.put("usr/local/bin/app-python", tarfile.LNKTYPE, link="usr/bin/python3.11", mode=0o755)
    # /bin is a link to usr/bin: this file lies there.
    links.put("bin/app", data=noise("app", 10_000), mode=0o755)
    links.put("srv/app/becomes_file", data=b"now a file\n")
    links.put("srv/" + "long-name-" * 20 + "/" + "ä" * 60, data=noise("long", 100))
    links.put("srv/\udcff\udcfe.bin", data=noise("bytes", 100))
    yield links.done()

    last = Layer("5.tar")
    # Its content lives on under the name that layer 4 gave it.
    last.put("srv/app/.wh.module_001.py")
    last.put("srv/app/cache/.wh.old")
    last.put("srv/app/module_002.py", data=noise("2", 5000))
    yield last.done()


def version(package):
    for name in os.listdir(WHEELS):
        if name.lower().startswith(package + "-") and name.endswith(".dist-info"):
            return name[len(package) + 1 : -len(".dist-info")]
    raise SystemExit(f"{package} is not among the wheels")


def sha(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def blob(folder, data=None, path=None):
    """Keeps a blob under its digest and gives its descriptor."""
    digest = hashlib.sha256(data).hexdigest() if path is None else sha(path)
    place = os.path.join(folder, "blobs/sha256", digest)
    if path is None:
        with open(place, "wb") as file:
            file.write(data)
    else:
        os.replace(path, place)
    return {"digest": f"sha256:{digest}", "size": os.path.getsize(place)}


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    oci = os.path.join(OUT, "oci")
    os.makedirs(os.path.join(oci, "blobs/sha256"))
    paths = list(layers())
    config = json.dumps(
        {
            "architecture": "amd64",
            "os": "linux",
            "config": {"User": "65532", "Cmd": ["/bin/app"]},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{sha(path)}" for path in paths]},
            "history": [{"created_by": f"build.py layer {n}"} for n in range(len(paths))],
        }
    ).encode()

    with tarfile.open(os.path.join(OUT, "image.tar"), "w", format=tarfile.PAX_FORMAT) as tar:
        for number, path in enumerate(paths):
            tar.add(path, f"{number}/layer.tar")
        name = hashlib.sha256(config).hexdigest() + ".json"
        names = [f"{number}/layer.tar" for number in range(len(paths))]
        saved = [{"Config": name, "RepoTags": ["leadforge/test:1"], "Layers": names}]
        for name, data in [(name, config), ("manifest.json", json.dumps(saved).encode())]:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))

    described = []
    for path in paths:
        packed = path + ".gz"
        with open(path, "rb") as plain, open(packed, "wb") as out:
            with gzip.GzipFile("", "wb", 6, out, mtime=0) as gz:
                shutil.copyfileobj(plain, gz, 1 << 20)
        os.remove(path)
        kind = "application/vnd.oci.image.layer.v1.tar+gzip"
        described.append({"mediaType": kind, **blob(oci, path=packed)})
    configured = {"mediaType": "application/vnd.oci.image.config.v1+json", **blob(oci, config)}
    kind = "application/vnd.oci.image.manifest.v1+json"
    manifest = {"schemaVersion": 2, "mediaType": kind, "config": configured, "layers": described}
    entry = {"mediaType": kind, **blob(oci, json.dumps(manifest).encode())}
    for name, data in [
        ("oci-layout", {"imageLayoutVersion": "1.0.0"}),
        ("index.json", {"schemaVersion": 2, "manifests": [entry]}),
    ]:
        with open(os.path.join(oci, name), "w") as file:
            json.dump(data, file)


main()
