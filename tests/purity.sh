#!/usr/bin/env bash
# The core, and everything `decide` reaches, has no JavaScript, no clock and no randomness: neither
# among its dependencies nor in its own lines.
set -euo pipefail
cd "$(dirname "$0")/.."
tree=$(cargo tree --locked --no-default-features --edges normal --prefix none)
for name in wasm-bindgen js-sys web-sys getrandom rand chrono serde instant; do
  if grep -q "^$name v" <<<"$tree"; then
    echo "the core depends on $name:"; echo "$tree"; exit 1
  fi
done
# Statistics over exports are floats by their definition, and no decision reads them.
core=$(find src -name '*.rs' -not -path 'src/js*' -not -path 'src/policy*' -not -path 'src/assemble*' -not -path 'src/stats*' -not -name json.rs -not -name zone.rs -not -name story.rs)
# shellcheck disable=SC2086
if grep -nE '\b(f32|f64|SystemTime|Instant::now|std::(fs|net|env|thread|time))\b' $core; then
  echo "the core uses floats, a clock or I/O"; exit 1
fi
# The studio natively is as free of JavaScript.
if cargo tree --locked --edges normal --prefix none | grep -qE '^(wasm-bindgen|js-sys|web-sys) v'; then
  echo "the native crate depends on JavaScript bindings"; exit 1
fi
echo "pure: $(wc -l <<<"$tree" | tr -d ' ') crates in the core"
