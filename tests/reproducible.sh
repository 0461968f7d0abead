#!/usr/bin/env bash
# The same sources in another folder, with another target folder, give the same module byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."
other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$other"
mkdir -p "$other/target" && ln -s "$PWD/target/tools" "$other/target/tools"
MAKEFLAGS= make --no-print-directory --silent -C "$other" pkg/wasm/runtime_bg.wasm
cmp pkg/wasm/runtime_bg.wasm "$other/pkg/wasm/runtime_bg.wasm"
echo "reproducible: $(sha256sum < pkg/wasm/runtime_bg.wasm | cut -c1-16)"
