"""Holds our imports and end points against those of import-linter's graph and of dependency-cruiser."""

import json
import sys


def ours(path, keep):
    """The pairs of modules in the tree, of a list that our example made."""
    pairs = set()
    with open(path) as file:
        for line in file:
            importer, imported, _, _, inside = line.rstrip("\n").split("\t")
            if inside == "true" and keep(importer):
                pairs.add((importer, imported))
    return pairs


def reach(start, steps, closed):
    """What can be reached through modules that are in no layer."""
    seen, open_ = set(), list(start)
    while open_:
        for module in steps[open_.pop()]:
            if module not in seen and module not in closed:
                seen.add(module)
                open_.append(module)
    return seen


def django(folder, listed, verdict, layers):
    import grimp

    sys.path.insert(0, folder)
    graph = grimp.build_graph("django", cache_dir=None)
    out = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    into = {m: graph.find_modules_that_directly_import(m) for m in graph.modules}
    theirs = {(a, b) for a, imported in out.items() for b in imported}
    mine = ours(listed, lambda name: "/" not in name)
    dependencies = graph.find_illegal_dependencies_for_layers(layers=layers)
    pairs = {(d.importer, d.imported) for d in dependencies}
    said = {(d.importer, d.imported, "from", m) for d in dependencies for r in d.routes for m in r.heads}
    said |= {(d.importer, d.imported, "to", m) for d in dependencies for r in d.routes for m in r.tails}
    # All there are: grimp gives one chain after another without the imports of those before, so it ends early.
    of = {layer: {layer} | graph.find_descendants(layer) for layer in layers}
    closed = set().union(*of.values())
    true = set()
    for at, low in enumerate(layers):
        for high in layers[:at]:
            behind = reach(of[high], into, closed) | of[high]
            before = reach(of[low], out, closed) | of[low]
            true |= {(low, high, "from", m) for m in of[low] if out[m] & behind}
            true |= {(low, high, "to", m) for m in of[high] if into[m] & before}
    with open(verdict) as file:
        violations = json.load(file)["violations"]
    found = set()
    for one in violations:
        layer = (one["from"], one["to"])
        found |= {(*layer, "from", link["importer"]) for link in [one["chain"][0], *one["heads"]]}
        found |= {(*layer, "to", link["imported"]) for link in [one["chain"][-1], *one["tails"]]}
    return {
        "modules": len(graph.modules),
        "imports": len(theirs),
        "same_imports": mine == theirs,
        "pairs": len(pairs),
        "same_pairs": pairs == {(one["from"], one["to"]) for one in violations},
        "said": len(said),
        "true": len(true),
        "all_true": found == true,
        "none_lost": said <= found,
    }


def script(listed, cruised, folder):
    with open(cruised) as file:
        modules = json.load(file)["modules"]
    theirs = set()
    for module in modules:
        for one in module["dependencies"]:
            if module["source"].startswith(folder) and one["resolved"].startswith(folder):
                theirs.add((module["source"], one["resolved"]))
    mine = {pair for pair in ours(listed, lambda name: name.startswith(folder)) if pair[0] != pair[1]}
    theirs = {pair for pair in theirs if pair[0] != pair[1]}
    return {"imports": len(theirs), "same_imports": mine == theirs, "ours": len(mine)}


asked = json.load(sys.stdin)
answer = django(*asked["django"]) if "django" in asked else script(*asked["script"])
json.dump(answer, sys.stdout)
