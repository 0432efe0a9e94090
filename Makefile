# The few commands of the project. Each target calls a small script in script/.

DATA ?= ./demo-data
PORT ?= 8080
BINARY ?= .build/release/sundial

.DEFAULT_GOAL := help
.PHONY: help demo test bench screenshots format release-check

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## build and serve the sample county on http://127.0.0.1:8080 (PORT=…, DATA=folder)
	@script/demo "$(DATA)" "$(PORT)"

test: ## install what is missing, then check the format and run every test on both databases
	@script/test

bench: ## measure against the named peers (minutes; ratios in one run)
	@script/bench

screenshots: ## take the README's pictures of the sample county anew
	@script/install-libraries
	@script/install-libraries browser
	@script/check-toolchain
	@swift build --product sundial
	@script/screenshots

format: ## rewrite the sources in the house format
	@script/check-toolchain
	@swift format format --in-place --recursive Sources Tests Package.swift

release-check: ## build the release and run it stripped and alone in an empty folder
	@script/build-release
	@script/standalone-test "$(BINARY)"
