# Vươn: what a person types. `make help` lists it; `.ci/run` calls `make check` and `make test`.
# Nothing is written into the clone but ./data (the register of `make run`) and tests/browser/node_modules.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check bench olap fmt

# Compiled code outlives a clone: the next one starts warm.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/vuon/target

# The country's engine (olap/) compiles apart from the house.
export OLAP_TARGET_DIR ?= $(HOME)/.cache/vuon/olap

# Where `make run` keeps its register, and the address it answers on.
DATA ?= data
LISTEN ?= 127.0.0.1:8042

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build Vươn and start it on an embedded database in ./data (DATA=…, LISTEN=…)
	@tests/tools/setup.sh compiler
	cargo build --release --locked --package cli --bin vuon
	exec "$(CARGO_TARGET_DIR)/release/vuon" serve --data "$(DATA)" --listen "$(LISTEN)"

test: ## Every test on SQLite and PostgreSQL, then a real browser; ends with the count
	@tests/tools/test.sh

check: ## Format, lints, layers, translation keys, docs, norms
	@tests/tools/setup.sh compiler
	cargo fmt --all --check
	cargo fmt --manifest-path olap/Cargo.toml --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo xtask layers
	cargo xtask keys
	cargo xtask docs
	cargo run --quiet --locked --package cli --bin vuon -- norms check

bench: ## What a user waits for, with sizes and machine (takes some minutes)
	@benches/run.sh

olap: ## Build vuon-olap, the measures on many machines (Apache Ballista; takes long the first time)
	@tests/tools/setup.sh compiler
	cargo build --release --locked --manifest-path olap/Cargo.toml --target-dir "$(OLAP_TARGET_DIR)"
	@echo "$(OLAP_TARGET_DIR)/release/vuon-olap"

fmt: ## Format the code
	cargo fmt --all
	cargo fmt --manifest-path olap/Cargo.toml
