# Everything a person does with this repository. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help setup build run test faults fuzz runbook look clients golden release-api bench bench-lists lint doc verify rules clean

# Set here, or in the environment under the names of the program's options: both act alike.
DATA ?= $(or $(FAZHI_DATA),data)
HTTP ?= $(or $(FAZHI_HTTP),127.0.0.1:8080)
GRPC ?= $(or $(FAZHI_GRPC),127.0.0.1:50051)

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: ## Install what the tests need and this machine lacks (Postgres and NATS servers)
	@sh deploy/setup.sh

build: ## Build the release binary, target/release/fazhi
	cargo build --release --locked -p fazhi

run: build ## Build and start everything on embedded storage, with a year of demonstration cases
	./target/release/fazhi up --data $(DATA) --http $(HTTP) --grpc $(GRPC) --demo

test: export RULES_SEEN = $(CURDIR)/target/rules-seen
# Many tests wait: for a disc, a server, or a process that is about to be killed. One more than there are cores keeps these busy.
test: export RUST_TEST_THREADS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
test: setup ## Run all tests: rules, ledger on both engines, stories over gRPC, the client packages, the runbook
	@mkdir -p target && : >$(RULES_SEEN)
	cargo test --workspace --locked
	cargo test --workspace --locked --test it -- --ignored --skip faults:: --skip fuzz::
	$(MAKE) --jobs 2 --output-sync=target clients runbook

faults: setup ## Kill, wipe, cut, pause and poison everything under load, 15 minutes at most; the same faults with SEED=N
	cargo test --locked -p stories --test it -- --ignored --exact --nocapture faults::nothing_is_lost_twice_or_out_of_order

fuzz: setup ## Send what nobody would send for 10 minutes at most, and write target/fuzz.json; from elsewhere with SEED=N
	@mkdir -p target && rm -f target/fuzz.json
	cargo test --locked -p stories --test it -- --ignored --nocapture --test-threads 1 fuzz::

runbook: setup ## Do what README.md and docs/runbook.md say, word for word
	cargo test --workspace --locked --quiet --test it --no-run
	python3 tests/runbook/run.py target/debug/suite

look: ## Look at every page of the suite that `make run` started in Chromium, and ask what an inspector asks; pictures in target/look
	@sh deploy/setup.sh look
	target/look/bin/python tests/look/look.py http://$(HTTP) target/look/pictures \
		--role supervisor=$$(./target/release/fazhi token --data $(DATA) --role supervisor --role auditor)
	target/look/bin/python tests/look/ask.py http://$(HTTP) \
		--token $$(./target/release/fazhi token --data $(DATA) --role supervisor --role auditor)

# What the packages are made of; where none of it changed, they are not made again.
CLIENTS = deploy/clients.txt $(wildcard proto/fazhi/*/v1/*.proto proto/clients/python/*.* \
	proto/clients/python/fazhi/* proto/clients/typescript/*.* proto/clients/typescript/src/*.ts)
target/clients/made: $(CLIENTS)
	@sh deploy/setup.sh clients
	rm -rf proto/clients/python/build
	target/clients/bin/python -m pip install --quiet --no-deps --no-build-isolation proto/clients/python
	$(NODE) npm ci --ignore-scripts --loglevel error --no-progress
	$(NODE) npm run --silent build
	@touch $@

NODE = cd proto/clients/typescript && PATH="$(CURDIR)/target/clients/bin:$$PATH"

clients: target/clients/made ## Make the client packages, test them, and do with both what docs/integrate.md says
	target/clients/bin/python -m unittest discover proto/clients/python/tests
	$(NODE) npm run --silent test
	cargo test --workspace --locked --quiet --test it --no-run
	target/clients/bin/python tests/clients/guide.py target/debug/suite

golden: ## Write the schemas of stored events and the reference of the APIs, after a field, an event or an RPC was added
	UPDATE_GOLDEN=1 cargo test --workspace --locked --quiet --test checks

release-api: ## Take the APIs as they stand for released: nothing in them may be removed or changed from now on
	@sh deploy/setup.sh lint
	.tools/bin/buf build proto --exclude-source-info --output proto/released.binpb

# One of the stores measured against wants protoc for its build; what makes the client packages brings one.
PROTOC ?= $(CURDIR)/target/clients/bin/python-grpc-tools-protoc

bench: build ## Measure against the physical limit and against peers; make bench ONLY=ledger narrows it
	@sh deploy/setup.sh
	@sh deploy/setup.sh clients
	cargo build --release --locked --manifest-path tests/bench/peers/Cargo.toml --target-dir target
	PROTOC="$(PROTOC)" cargo build --release --locked --manifest-path tests/bench/Cargo.toml --target-dir target
	./target/release/bench --only "$(ONLY)"

bench-lists: build ## Import the lists of a province while others work, and kill it on its way: time, memory, p99, what it left, as JSON
	cargo build --workspace --locked --bin lists_load
	./target/debug/lists_load target/release/fazhi target/lists-load

lint: ## Check format, lints, spelling, licences, APIs, what is in deploy, unused dependencies; warnings are errors
	@sh deploy/setup.sh lint
	@sh deploy/setup.sh clients
	.tools/bin/typos
	.tools/bin/cargo-deny --locked check bans licenses sources
	@for bench in tests/bench tests/bench/peers; do \
		cargo metadata --locked --format-version 1 --manifest-path $$bench/Cargo.toml >/dev/null || { \
			echo "lint: if $$bench/Cargo.lock is out of date: 'cargo metadata --manifest-path $$bench/Cargo.toml >/dev/null', and commit it" >&2; \
			exit 1; }; done
	.tools/bin/buf lint proto
	@.tools/bin/buf breaking proto --against proto/released.binpb || { \
		echo "lint: an API that is released changed: keep what is in it, and add beside it (CONTRIBUTING.md)" >&2; \
		exit 1; }
	.tools/bin/python deploy/check.py
	.tools/bin/cargo-shear
	.tools/bin/cargo-shear tests/bench
	.tools/bin/cargo-shear tests/bench/peers
	cargo fmt --all --check
	cargo fmt --manifest-path tests/bench/Cargo.toml --check
	cargo fmt --manifest-path tests/bench/peers/Cargo.toml --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	for bench in tests/bench tests/bench/peers; do \
		PROTOC="$(PROTOC)" cargo clippy --locked --manifest-path $$bench/Cargo.toml --all-targets --target-dir target/bench \
			-- -D warnings || exit 1; done

doc: ## Build the documentation; warnings are errors
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

verify: build ## Re-hash every stored event of the data folder and rebuild its trees
	./target/release/fazhi verify --data $(DATA)

rules: ## Print every rule with its article, texts and tests
	cargo run --release --locked -q -p fazhi -- rules --markdown

clean: ## Remove what was built; data stays
	cargo clean
