# diembao — every target says what it does; `make` alone lists them.
SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
FUZZ    ?= 10m
PACKAGES ?= ./...

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## the one binary, into bin/
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/diembao ./cmd/diembao

.PHONY: demo
demo: ## everything in one process beside the fixture press
	go run ./cmd/diembao demo

.PHONY: test
test: ## every suite this machine can run; the last lines name those it cannot (REQUIRE_DEPS=1 makes them fail)
	go test -json -timeout 20m $(TESTFLAGS) $(PACKAGES) | go run ./.ci/testsum

.PHONY: race
race: ## the same with the race detector
	$(MAKE) test TESTFLAGS="-race $(TESTFLAGS)"

.PHONY: lint
lint: ## gofmt, go vet, golangci-lint
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	golangci-lint run ./...

.PHONY: bench
bench: ## mentions a second through all steps and into both indexes, start time and idle memory of the demo
	go test -run '^$$' -bench . -benchtime 2s ./processor ./indexer/... ./stream ./cmd/diembao

.PHONY: bench-read
bench-read: ## quick steps, careful tokens a second, matching beside plain scans
	go test -run '^$$' -bench . -benchmem ./processor/... ./viet/...

.PHONY: bench-crawl
bench-crawl: ## 10,000 sources polled, pages a second beside bare colly, the extraction table
	go test -run '^$$' -bench . -benchmem ./crawler/...

.PHONY: screens
screens: ## pictures of every page in both languages and at 360 px, into docs/screens/
	SCREENS=$(CURDIR)/docs/screens go test -count=1 -run TestScreens ./cmd/diembao

.PHONY: fuzz
fuzz: ## every fuzz target in turn, FUZZ (10m) each
	@grep -rlE '^func Fuzz' --include='*_test.go' . | while read -r file; do \
		grep -oE '^func Fuzz[A-Za-z0-9_]+' "$$file" | cut -c6- | while read -r name; do \
			echo "fuzz: $$(dirname "$$file") $$name"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime '$(FUZZ)' "./$$(dirname "$$file")"; \
		done; \
	done

.PHONY: clean
clean: ## bin/ and the demo's data
	rm -rf bin data
