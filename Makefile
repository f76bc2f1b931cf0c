# make demo       an insurer played day by day, then served on LISTEN=127.0.0.1:8080 until Ctrl-C (SERVE=no: played only)
# make test       builds everything and runs every test and check
# make sanitize   the tests under the address and undefined-behaviour sanitizers
# make fuzz       every fuzz target for an hour (FUZZ_SECONDS=3600)
# make simulate   10,000 simulated insurers (SEEDS=10000)
# make screens    the pictures of the pages in docs/screens/, from the stories in tests/web/
# make lint       clang-format and clang-tidy, warnings as errors        make format   formats in place
# make package    a Debian package with a service: build/release/package/shouyue_<version>_<architecture>.deb
# make bench      the measurements in bench/                             make clean    removes build/
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build

jobs := $(shell nproc)
release := build/release
shouyue := $(release)/shouyue
demo := build/demo
sources := $(shell find src tests bench -name '*.cpp' -o -name '*.hpp' 2>/dev/null)

.PHONY: build packages demo package test sanitize fuzz simulate bench screens lint format clean

packages:
	@tools/install-packages

# $(call build_preset,<preset>,<ninja targets>)
define build_preset
cmake --preset $(1) -Wno-dev --log-level=WARNING && cmake --build build/$(1) --parallel $(jobs) $(if $(2),--target $(2))
endef

# $(call run_tests,<preset>): a run that finds no test fails. One more than there are cores: many wait for a server.
define run_tests
ctest --test-dir build/$(1) --output-on-failure --no-tests=error --timeout 600 --parallel $(shell expr $(jobs) + 1)
endef

build: packages
	@$(call build_preset,release)

test: build
	@$(call run_tests,release)

sanitize: packages
	@$(call build_preset,asan-ubsan)
	@$(call run_tests,asan-ubsan)

fuzz:
	@tools/install-packages fuzz
	@$(call build_preset,fuzz,fuzz_targets)
	@tests/fuzz/run

SEEDS ?= 10000
simulate: packages
	@$(call build_preset,release,simulation)
	@seq 1 250 $(SEEDS) | xargs -P $(jobs) -I{} $(release)/tests/simulation/simulation --seed {} --count 250

LISTEN ?= 127.0.0.1:8080
SERVE ?= yes
demo: packages
	@$(call build_preset,release,shouyue pages)
	@rm -rf $(demo) && mkdir -p $(demo)
	@$(shouyue) key new --out $(demo)/shouyue.key
	@$(shouyue) --key-file $(demo)/shouyue.key --db sqlite:$(demo)/shouyue.db demo --out $(demo) | tee $(demo)/told.txt
	@printf '\n月报 month reports: %s\n' "$$(ls $(demo)/*.html | xargs)"
	@now=$$(sed -n 's/^shouyue --now \([^ ]*\) serve$$/\1/p' $(demo)/told.txt); \
	serve="$(shouyue) --key-file $(demo)/shouyue.key --db sqlite:$(demo)/shouyue.db --now $$now serve --listen $(LISTEN)"; \
	if [ '$(SERVE)' = no ]; then printf '\n%s\n' "$$serve"; exit; fi; \
	printf '\n网页 pages: http://%s （Ctrl-C 结束 ends it）\n' '$(LISTEN)'; \
	exec $$serve 2>$(demo)/server.log

package: build
	@cpack --config $(release)/CPackConfig.cmake -B $(release)/package >/dev/null
	@ls $(release)/package/*.deb

screens: build
	@ctest --test-dir $(release) --output-on-failure --no-tests=error --tests-regex '^web\.'
	@node tests/web/keep_screens.mjs

bench: packages
	@bench/run

lint:
	@tools/install-packages lint
	@cmake --preset release -Wno-dev --log-level=WARNING
	@clang-format-19 --dry-run --Werror $(sources)
	@run-clang-tidy-19 -quiet -j $(jobs) -p $(release) -clang-tidy-binary clang-tidy-19 'src/.*\.cpp$$'

format:
	@tools/install-packages lint
	@clang-format-19 -i $(sources)

clean:
	rm -rf build
