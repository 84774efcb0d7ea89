"""schema.py SCHEMAS LAW: every file of law/ fits the schema of its kind, and what the loaders refuse for an unknown
key the schema refuses too. The validator is Debian's python3-jsonschema: not ours. Prints `passed failed`."""
import fnmatch
import json
import pathlib
import sys

import yaml
from jsonschema import Draft202012Validator


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is a text, yes and no are texts."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", yaml.resolver.re.compile("^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:int", yaml.resolver.re.compile("^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", yaml.resolver.re.compile("^(null|~|)$"), ["n", "~", ""])

passed = failed = 0


def check(good, what):
    global passed, failed
    passed, failed = passed + good, failed + (not good)
    if not good:
        print("FAILED", what)


def kind_of(schemas, path, root):
    """By its first key, as the loader does; scenarios and the like are told by it too."""
    first = next(iter(root)) if isinstance(root, dict) and root else None
    for schema in schemas:
        name = schema["$ref"].rpartition("/")[2]
        if first is not None and first == next(iter(schema["$defs"][name]["properties"])):
            return schema
    return None


schemas = [json.loads(p.read_text()) for p in sorted(pathlib.Path(sys.argv[1]).glob("*.schema.json"))]
for schema in schemas:
    try:
        Draft202012Validator.check_schema(schema)
        check(True, "")
    except Exception as why:
        check(False, f"{schema['title']} is no schema: {why}")
used = set()
for folder in sys.argv[2:]:
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        text = path.read_text()
        faulty = ".no/" in str(path)
        if faulty and "未知的键" not in text.split("\n")[0]:
            continue
        root = yaml.load(text, Loader)
        schema = kind_of(schemas, path, root)
        if schema is None:
            check(False, f"{path}: no schema for it")
            continue
        if not faulty:
            used.add(schema["title"])
        # Where a text or a map may stand, what is wrong with the map is below the fault.
        why = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:150]}"
               for found in Draft202012Validator(schema).iter_errors(root) for e in [found, *found.context]]
        if faulty:
            check(any("unexpected" in w for w in why), f"{path}: its unknown key fits the schema: {why}")
        else:
            check(not why, f"{path}: {why[:3]}")
check(len(used) == len(schemas), f"schemas that no file uses: {set(s['title'] for s in schemas) - used}")
print(passed, failed)
