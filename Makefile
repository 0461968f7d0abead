# Two commands do everything on a fresh machine: `make demo` and `make test`.
# Tools are pinned here and installed into target/tools; a second run reuses everything.
WASM_BINDGEN := 0.2.129
WASM_PACK    := 0.15.1

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
TOOLS := $(CURDIR)/target/tools
export PATH := $(TOOLS)/bin:$(PATH)

# Paths of this machine stay out of the module, so that two machines build the same bytes. The names
# of functions stay out too; the features section stays, wasm-bindgen reads it.
CARGO_HOME ?= $(HOME)/.cargo
WASM_FLAGS := --remap-path-prefix=$(CARGO_HOME)=/cargo --remap-path-prefix=$(CURDIR)=/src \
  -C link-arg=--strip-all -C link-arg=--keep-section=target_features
# Two at a time, and what each says in one piece.
TWO := --jobs=2 --output-sync=target
SOURCES := $(shell find src -name '*.rs' -o -name '*.json') Cargo.toml Cargo.lock Makefile

.PHONY: consumers bench-edge demo test build tools browser-tools bench bench-peers bench-report weigh bench-observer bench-page bench-logs bench-assemble bench-guards sizes readme crosscheck fmt lint layout rust-tests node-tests browser-tests costs types purity reproducible clean

## demo: install what is needed, build, decide the sample stories, serve the demo (SERVE=0 to skip)
demo:
	$(MAKE) --jobs=2 build www/dist/index.html
	node pkg/cli.js decide examples/stories/*.json
ifneq ($(SERVE),0)
	cd www && npx vite preview --host 127.0.0.1 --port $${PORT:-4173}
endif

## test: everything, real Chromium included
test:
	$(MAKE) lint purity
	$(MAKE) $(TWO) rust-tests tools
	$(MAKE) $(TWO) build
	$(MAKE) $(TWO) reproducible costs types
	$(MAKE) node-tests browser-tests consumers

## build: the three editions of the wasm and the starter policy as bytes
build: pkg/starter.tactful

tools: $(TOOLS)/bin/wasm-bindgen-$(WASM_BINDGEN) $(TOOLS)/bin/wasm-pack-$(WASM_PACK)

$(TOOLS)/bin/wasm-bindgen-$(WASM_BINDGEN):
	rustup target add wasm32-unknown-unknown
	cargo install wasm-bindgen-cli --version $(WASM_BINDGEN) --locked --debug --no-default-features --root $(TOOLS)
	touch $@

$(TOOLS)/bin/wasm-pack-$(WASM_PACK):
	cargo install wasm-pack --version $(WASM_PACK) --locked --debug --root $(TOOLS)
	touch $@

# The runtime is built for speed (level 3 is 6 % larger and no faster); the page is downloaded by every
# visitor and the studio is large, so they are built for size (`make sizes`, `make bench`). Each is built in
# a folder of its own, or they would wait for each other.
EDITION = $(patsubst %_bg.wasm,%,$(@F))
pkg/wasm/runtime_bg.wasm: FEATURES = js
pkg/wasm/runtime_bg.wasm: LEVEL = 2
pkg/wasm/page_bg.wasm: FEATURES = js,page
pkg/wasm/page_bg.wasm: LEVEL = z
pkg/wasm/studio_bg.wasm: FEATURES = js,studio
pkg/wasm/studio_bg.wasm: LEVEL = z
pkg/wasm/runtime_bg.wasm pkg/wasm/page_bg.wasm pkg/wasm/studio_bg.wasm: $(SOURCES) | tools
	CARGO_TARGET_DIR=target/editions/$(EDITION) RUSTFLAGS="$(WASM_FLAGS)" CARGO_PROFILE_RELEASE_OPT_LEVEL=$(LEVEL) wasm-pack --log-level warn build . --release --target web --no-pack --no-typescript \
	  --mode no-install --out-dir pkg/wasm --out-name $(EDITION) \
	  -- --locked --no-default-features --features $(FEATURES)
	rm -f pkg/wasm/.gitignore
	touch $@

pkg/LICENSE-%: LICENSE-%
	cp $< $@

# For a file that is opened from a disk: nothing can be fetched there.
pkg/wasm/page.inline.js: pkg/wasm/page_bg.wasm
	echo "export default '$$(gzip -9nc $< | base64 -w0)';" > $@

# The studio, which takes longest, begins first.
pkg/starter.tactful: pkg/wasm/studio_bg.wasm pkg/wasm/runtime_bg.wasm pkg/wasm/page_bg.wasm pkg/wasm/page.inline.js pkg/LICENSE-MIT pkg/LICENSE-APACHE pkg/cli.js
	echo '{}' | node pkg/cli.js compile - -o $@

# What the help center of the demo says otherwise than the starter, and the starter's words in Spanish.
www/public/policy.tactful: pkg/starter.tactful examples/words/es.json www/policy.json
	mkdir -p $(@D)
	node pkg/cli.js compile examples/words/es.json www/policy.json -o $@

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm ci --prefix $* --no-audit --no-fund
	touch $@

www/dist/index.html: www/public/policy.tactful www/node_modules/.package-lock.json www/policy.json www/offline.js $(wildcard examples/stories/recorded-*.json www/public/*.*) examples/words/es.json $(shell find www/src www/index.html www/vite.config.js pkg -maxdepth 3 -name '*.js' -o -maxdepth 3 -name '*.css' -o -maxdepth 3 -name '*.html' | grep -v node_modules)
	cd www && npx vite build --logLevel warn
	touch $@

## rust-tests: units, stories, laws, documentation examples
rust-tests:
	cargo test --locked --quiet
	cargo test --locked --quiet --no-default-features --lib

## purity: the core reaches no JavaScript, no clock and no randomness
purity:
	tests/purity.sh

## reproducible: two builds from two folders give the same bytes
reproducible: build
	tests/reproducible.sh

## types: the hand-written types agree with every example
types: tests/package/node_modules/.package-lock.json
	cd tests/package && npx tsc -p .

## node-tests: the package in Node, the command line, the same bytes as natively
node-tests: build tests/package/node_modules/.package-lock.json
	cargo build --locked --quiet --examples
	node --test tests/package/
	node benches/sizes.mjs --check

## costs: instructions of the hot paths and bytes of the editions, against what was agreed
costs: build
	tests/costs/valgrind.sh
	node tests/costs/costs.mjs

tests/browser/offers.tactful: tests/browser/offers.json pkg/starter.tactful
	node pkg/cli.js compile $< -o $@

## browser-tests: the demo in a real Chromium
browser-tests: www/dist/index.html tests/browser/offers.tactful browser-tools
	cd tests/browser && node --test --test-concurrency=2

examples/worker/src/policy.tactful: examples/worker/policy.json pkg/starter.tactful
	node pkg/cli.js compile $< -o $@

# Not `npm ci`: Deno ships optional binaries its lock cannot name. Versions are exact. Bun puts its binary into place by
# itself, where scripts of packages may run; here it is asked to.
tests/consumers/node_modules/.package-lock.json: tests/consumers/package.json
	npm install --prefix tests/consumers --no-save --no-package-lock --no-audit --no-fund --ignore-scripts
	node tests/consumers/node_modules/bun/install.js
	touch $@

## consumers: the packed package in Node, Deno, Bun, bundlers, workerd and strict pages; the README's starts; the edge
consumers: build examples/worker/src/policy.tactful browser-tools tests/consumers/node_modules/.package-lock.json tests/package/node_modules/.package-lock.json
	cargo build --locked --quiet --examples
	cd tests/consumers && node --test --test-concurrency=2

browser-tools: tests/browser/node_modules/.package-lock.json
	tests/browser/chromium.sh

# Not `npm ci`: one of the peers ships optional binaries its lock cannot name. Versions are exact.
benches/peers/node_modules/.package-lock.json: benches/peers/package.json
	npm install --prefix benches/peers --no-save --no-audit --no-fund
	touch $@

## bench: us and the engines people use today, side by side; sizes; cold start
bench: build benches/peers/node_modules/.package-lock.json
	cd benches/peers && node --expose-gc bench.mjs tactful limit-bits json-logic-engine-build json-logic-engine-run cel-js
	$(MAKE) --no-print-directory sizes

## bench-report: everything that is measured, in one run: benches/README.md and the figure of the README
bench-report: build browser-tools benches/peers/node_modules/.package-lock.json tests/package/node_modules/.package-lock.json
	node benches/report.mjs

## weigh: what every kilobyte of the editions is, by part
weigh: $(TOOLS)/bin/twiggy
	node benches/weigh.mjs

$(TOOLS)/bin/twiggy:
	cargo install twiggy --version 0.8.0 --locked --debug --root $(TOOLS)

## bench-observer: what observing costs a page, in Chromium
bench-observer: build browser-tools
	node benches/observer.mjs

## bench-page: what adding tactful costs the demo page, with and without, in Chromium
bench-page: www/dist/index.html browser-tools
	node benches/page.mjs

## bench-edge: what a decision costs the example Worker, on workerd
bench-edge: build examples/worker/src/policy.tactful tests/consumers/node_modules/.package-lock.json tests/package/node_modules/.package-lock.json
	node benches/edge.mjs

## bench-logs: 100,000 decisions of a log made again, and by two policies
bench-logs: build
	node benches/logs.mjs

## bench-guards: what all guards for all purposes cost, with and without a history
bench-guards: build
	cargo bench --locked --quiet --bench guards
	node benches/peers/guards.mjs

## bench-assemble: a million events into journeys, beside pandas and polars
bench-assemble:
	cargo build --locked --quiet --release --example assemble
	python3 -m venv target/crosscheck
	target/crosscheck/bin/pip install --quiet pandas==2.3.3 polars==2.1.0
	target/crosscheck/bin/python benches/assemble/bench.py

## bench-peers: the whole table (minutes)
bench-peers: build benches/peers/node_modules/.package-lock.json
	cd benches/peers && node --expose-gc bench.mjs && node sizes.mjs && node cold.mjs

## sizes: what a browser downloads, by edition
sizes: build tests/package/node_modules/.package-lock.json
	node benches/sizes.mjs

## readme: write the measured sizes into the README
readme: build tests/package/node_modules/.package-lock.json
	node benches/sizes.mjs --write

## layout: write pkg/layout.js and pkg/policy.schema.json from the shapes of the crate
layout:
	TACTFUL_WRITE=1 cargo test --locked --quiet --test layout --test schema

## crosscheck: `assemble` and its statistics against pandas, pm4py and lifelines, on seeded logs
crosscheck: build
	python3 -m venv target/crosscheck
	target/crosscheck/bin/pip install --quiet --requirement tests/crosscheck/requirements.txt
	target/crosscheck/bin/python tests/crosscheck/crosscheck.py

fmt:
	cargo fmt

lint:
	rustup target add wasm32-unknown-unknown
	cargo fmt --check
	cargo clippy --locked --quiet --all-targets -- -D warnings
	cargo clippy --locked --quiet --no-default-features -- -D warnings
	cargo clippy --locked --quiet --target wasm32-unknown-unknown --no-default-features --features js,page -- -D warnings
	cargo clippy --locked --quiet --target wasm32-unknown-unknown --no-default-features --features js,studio -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --quiet --no-deps

clean:
	rm -rf target/editions pkg/wasm pkg/starter.tactful www/dist www/public/policy.tactful
