# The front door. `make` lists what can be done.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

# How the demo's programs are built: release, or dev, which compiles sooner and runs slower.
CARETAKER_PROFILE ?= release
BUILT = $(or $(CARGO_TARGET_DIR),target)/$(if $(filter dev,$(CARETAKER_PROFILE)),debug,$(CARETAKER_PROFILE))

.PHONY: help demo demo-check demo-programs test build bench bench-rendering crds clean-testbed

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: demo-programs ## Watch Caretaker work on a private control plane, then play; Ctrl-C ends it
	@CARETAKER_TESTBED_BIN=$$(testbed/build) $(BUILT)/caretaker-demo

demo-check: demo-programs ## The demo without the play; fails if a step does
	@CARETAKER_TESTBED_BIN=$$(testbed/build) $(BUILT)/caretaker-demo --check

demo-programs:
	@scripts/need cargo go git flock sha256sum setpriv
	@testbed/build >/dev/null
	cargo build --profile $(CARETAKER_PROFILE) -p caretaker -p caretaker-demo

test: ## All that must hold: format, lints, documentation, tests
	@scripts/need cargo rustfmt clippy go git flock sha256sum ssh-keygen sshd
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps --workspace
	testbed/run cargo test --workspace
	cd testbed/controlplane && go vet ./...

build: ## Build the program, target/release/caretaker
	@scripts/need cargo
	cargo build --release -p caretaker

bench: ## Measure Caretaker
	@scripts/need cargo go git flock sha256sum
	CARETAKER_TESTBED_BIN=$$(testbed/build) cargo run --release -p caretaker-bench -- --json bench/out/results.json
	@$(MAKE) bench-rendering

bench-rendering: ## Measure rendering alone; needs no control plane
	@scripts/need cargo go git flock sha256sum
	CARETAKER_TESTBED_BIN=$$(testbed/build) cargo run --release -p caretaker-bench --bin rendering -- --json bench/out/rendering.json

crds: ## Write deploy/crds.yaml anew
	@scripts/need cargo
	cargo run --quiet -p caretaker -- crds >deploy/crds.yaml.new
	mv deploy/crds.yaml.new deploy/crds.yaml

clean-testbed: ## Remove the testbed's programs; whoever needs them next builds them again
	rm -rf "$${CARETAKER_TESTBED_CACHE:-$${XDG_CACHE_HOME:-$$HOME/.cache}/caretaker/testbed}"
