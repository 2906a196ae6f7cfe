# PallKit. `make run` starts it, `make test` proves it; nothing but Python 3.11+ and make is needed.
PORT ?= 8866
START := @sh kit/bootstrap/start.sh

.DEFAULT_GOAL := help
.PHONY: help install run test test-all bench lab screenshots check lock clean

help:       ## Show these lines / vis disse linjene
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

install:    ## Make the environment in .venv
	$(START) install

run:        ## Start the server on http://127.0.0.1:8866 (make run PORT=9000)
	$(START) run $(PORT)

test:       ## Run every test, the browser's too, in half an hour
	$(START) test $(ARGS)

test-all:   ## Run the long tests whole as well, in an hour and a half
	$(START) test-all $(ARGS)

bench:      ## Time the engine: each figure, and how many times the quickest it is
	$(START) test -n 0 --benchmark-only tests/bench/bench_engine.py tests/bench/bench_batch.py $(ARGS)

lab:        ## Open JupyterLab as a trainee sees it
	$(START) lab

screenshots: ## Take pictures of every page into screenshots/, and look through index.html
	$(START) screenshots $(ARGS)

check:      ## Check code and content without running the tests
	$(START) check

lock:       ## Write both locks again (newer versions: make lock ARGS=--upgrade)
	$(START) lock $(ARGS)

clean:      ## Remove .venv and everything built
	$(START) clean
