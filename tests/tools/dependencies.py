#!/usr/bin/env python3
"""Licences, sources and bans of all dependencies, as deny.toml says; for machines without cargo-deny.

    python3 tests/tools/dependencies.py [deny.toml]

Reads `cargo metadata` (offline: what Cargo.lock names). Exit code 1 names every crate that is not as it should be.
Advisories are not looked at: they need the network, and cargo-deny.
"""

import json
import re
import subprocess
import sys
import tomllib


def allowed(expression, licences):
    """Whether an SPDX expression can be met by `licences`."""
    # "MIT/Apache-2.0" is the old way to write OR.
    tokens = re.findall(r"\(|\)|[A-Za-z0-9.+-]+", expression.replace("/", " OR "))
    at = 0

    def peek():
        return tokens[at] if at < len(tokens) else None

    def take():
        nonlocal at
        at += 1
        return tokens[at - 1]

    def one():
        if peek() == "(":
            take()
            value = alternatives()
            take()
            return value
        name = take()
        if peek() == "WITH":
            take()
            exception = take()
            return f"{name} WITH {exception}" in licences
        return name in licences

    def together():
        value = one()
        while peek() == "AND":
            take()
            value = one() and value
        return value

    def alternatives():
        value = together()
        while peek() == "OR":
            take()
            value = together() or value
        return value

    return bool(tokens) and alternatives()


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else "deny.toml", "rb") as file:
        rules = tomllib.load(file)
    licences = set(rules["licenses"]["allow"])
    banned = {b["crate"] for b in rules["bans"].get("deny", [])}
    registries = {f"registry+{r}" for r in rules["sources"]["allow-registry"]}
    ask = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline"]
    packages = json.loads(subprocess.run(ask, check=True, capture_output=True).stdout)["packages"]
    wrong = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["source"] is None:
            continue
        if package["source"] not in registries:
            wrong.append(f"{name}: comes from {package['source']}")
        if package["name"] in banned:
            wrong.append(f"{name}: is banned")
        expression = package["license"] or ""
        if not allowed(expression, licences):
            wrong.append(f"{name}: licence {expression or 'not named'}")
    for line in wrong:
        print(line)
    print(f"{len(packages)} crates, {len(wrong)} not as deny.toml says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
