"""What Python's own parser says a file imports: the truth for the scanner."""

import ast
import json
import sys


def types(test):
    """Whether a condition is TYPE_CHECKING, alone or of a module."""
    while isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING":
        test = test.value
        while isinstance(test, ast.Attribute):
            test = test.value
        return isinstance(test, ast.Name)
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def catches(handler):
    """Whether a handler catches the failure of an import."""
    if handler.type is None:
        return True
    names = [node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)]
    names += [node.attr for node in ast.walk(handler.type) if isinstance(node, ast.Attribute)]
    return any(name in ("ImportError", "ModuleNotFoundError", "Exception", "BaseException") for name in names)


def walk(nodes, kind, guarded, found):
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [[alias.lineno, kind, guarded, 0, alias.name, None] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [[alias.lineno, kind, guarded, node.level, node.module or "", alias.name] for alias in node.names]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            walk(node.body, kind if kind == "types" else "lazy", guarded, found)
        elif isinstance(node, ast.If):
            walk(node.body, "types" if types(node.test) else kind, guarded, found)
            walk(node.orelse, kind, guarded, found)
        elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            walk(node.body, kind, guarded or any(map(catches, node.handlers)), found)
            for part in [*node.handlers, node]:
                rest = part.body if part is not node else node.orelse + node.finalbody
                walk(rest, kind, guarded, found)
        else:
            for part in ("body", "orelse", "cases"):
                inner = getattr(node, part, [])
                if isinstance(inner, list):
                    walk(inner, kind, guarded, found)


answers = []
for path in json.load(sys.stdin):
    with open(path, "rb") as file:
        source = file.read()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        answers.append(None)
        continue
    found = []
    walk(tree.body, "plain", False, found)
    answers.append(sorted(found, key=lambda one: json.dumps(one)))
json.dump(answers, sys.stdout)
