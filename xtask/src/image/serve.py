"""Unpacks an OCI layout with Python's tarfile and starts it as it says: as its user, in its folder, with its environment.

Arguments: the layout, an empty folder, then what to do: `serve PORT PATH`, which asks for the path
until it answers and prints the answer; or `run WORD…`, with the entrypoint's arguments, and
`--mount FROM:TO` before them for a folder of this machine.
As root the container is chrooted and its user is set; otherwise bubblewrap does both.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import urllib.request

LAYOUT, ROOT = sys.argv[1:3]


def blob(descriptor):
    return os.path.join(LAYOUT, "blobs", descriptor["digest"].replace(":", "/"))


def read(descriptor):
    with open(blob(descriptor), "rb") as file:
        return json.load(file)


def unpack():
    with open(os.path.join(LAYOUT, "index.json")) as file:
        index = json.load(file)
    image = [entry for entry in index["manifests"] if "artifactType" not in entry]
    assert len(image) == 1, image
    manifest = read(image[0])
    for layer in manifest["layers"]:
        with tarfile.open(blob(layer)) as tar:
            for member in tar:
                assert not os.path.basename(member.name).startswith(".wh."), member.name
                tar.extract(member, ROOT, numeric_owner=True, filter="fully_trusted")
    return read(manifest["config"])["config"]


def start(config, words, mount=None, **more):
    uid, _, gid = config["User"].partition(":")
    uid, gid = int(uid), int(gid or uid)
    assert uid > 0, "as root"
    env = dict(entry.split("=", 1) for entry in config.get("Env", []))
    folder = config.get("WorkingDir", "/")
    if mount:
        folder = mount[1]
    if os.geteuid() == 0 and not mount:

        def become():
            os.chroot(ROOT)
            os.chdir(folder)
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)

        return subprocess.Popen(words, env=env, preexec_fn=become, **more)
    fence = ["bwrap", "--unshare-user", "--uid", str(uid), "--gid", str(gid), "--die-with-parent", "--bind", ROOT, "/"]
    fence += ["--proc", "/proc", "--dev", "/dev", "--clearenv"]
    for name, value in env.items():
        fence += ["--setenv", name, value]
    if mount:
        fence += ["--bind", *mount]
    return subprocess.Popen([*fence, "--chdir", folder, *words], **more)


def answer(address, process):
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"it ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=2) as response:
                return response.status, response.read().decode()
        except OSError:
            time.sleep(0.1)
    raise SystemExit("no answer for half a minute")


def main():
    what, *rest = sys.argv[3:]
    config = unpack()
    entrypoint = config.get("Entrypoint", [])
    if what == "run":
        mount = None
        if rest[:1] == ["--mount"]:
            mount, rest = rest[1].rsplit(":", 1), rest[2:]
        process = start(config, entrypoint + rest, mount)
        raise SystemExit(process.wait(timeout=120))
    port, path = rest
    words = entrypoint + config.get("Cmd", [])
    words = words + ["--host", "127.0.0.1", "--port", port]
    process = start(config, words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        status, text = answer(f"http://127.0.0.1:{port}{path}", process)
        with open(f"/proc/{process.pid}/status") as file:
            uids = next(line for line in file if line.startswith("Uid:")).split()[1:]
        print(json.dumps({"status": status, "body": text, "uid": int(uids[0])}))
    finally:
        process.terminate()
        process.wait(timeout=10)


try:
    main()
finally:
    shutil.rmtree(ROOT, ignore_errors=True)
