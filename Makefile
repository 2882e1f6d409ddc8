# Each command does its own set-up (Debian packages, .venv, build) and may be run again. JOBS=n limits the processors.
# `make bare` runs demo and test on a Debian that has nothing else (scripts/bare.sh).
.PHONY: help demo test bare bare-system bench bench-peers docs build wheel venv lock format store-abi check-abi dev asan tsan tidy interop spark peers

help:
	@echo "make demo   the convention of Seine-et-Marne, and the path of an invented person, explained"
	@echo "make test   every suite, its counts, a summary"
	@echo "make bare   demo and test on a bare Debian 12, made in build/bare (needs root and debootstrap)"
	@echo "make bench  the measurements; make bench-peers: beside other engines, answers checked first"
	@echo "make interop  badges before implementations of others, which it installs (npm, PyPI)"
	@echo "make spark  a decision over a DataFrame of Spark, which it installs (PyPI, needs Java 17)"
	@echo "make peers  FEEL and DMN beside other engines (KIE by Maven, feelin by npm) and Python's decimal"
	@echo "make docs   the site: guides, references of C, C++ and Python, one search, in build/docs"
	@echo "For contributors: make format, dev, asan, tsan, tidy, check-abi, store-abi (see CONTRIBUTING.md)"

demo: wheel
	@.venv/bin/spie demo

test:
	@scripts/setup.sh build python test
	@scripts/venv.sh
	@.venv/bin/python scripts/run_tests.py

bare:
	@scripts/bare.sh run

bare-system:
	@scripts/bare.sh system

bench: wheel
	@.venv/bin/python scripts/run_benchmarks.py

# The harness of the peers stands beside the sources; it installs what it measures (PyPI, Maven, cargo).
bench-peers: wheel
	@scripts/build.sh --tests bench_row_workload
	@python3 benchmarks/peers/run.py --write
	@python3 benchmarks/peers/python_rows.py

# The implementations stand beside the sources (oracles/badges); make test skips what needs them, and says so.
interop: wheel
	@python3 $${SPIE_SHARED:-../shared}/oracles/badges/oracle.py setup
	@.venv/bin/python -m pytest -m interop tests/python/test_badges_interop.py

spark: wheel
	@scripts/spark.sh

# What other engines answer to the same questions; what cannot be asked here (Java, npm, the oracle) is said.
peers: wheel
	@tests/peers/packages.sh
	@.venv/bin/python tests/peers/peers.py $(PEERS)

docs: wheel
	@scripts/setup.sh docs
	@scripts/docs.sh

build:
	@scripts/setup.sh build
	@scripts/build.sh spie_static spie_shared

venv:
	@scripts/setup.sh python
	@scripts/venv.sh

lock:
	@scripts/setup.sh python
	@scripts/lock.sh

wheel: build venv
	@scripts/wheel.sh

format:
	@scripts/setup.sh python test
	@scripts/venv.sh
	@.venv/bin/python tests/house/style.py --fix

check-abi store-abi:
	@scripts/setup.sh build python test
	@scripts/build.sh spie_shared
	@python3 tests/abi/abi.py $(@:-abi=)

dev:
	@scripts/setup.sh build test
	@cmake --workflow --preset dev

asan tsan:
	@scripts/setup.sh build sanitize
	@cmake --workflow --preset $@

tidy:
	@scripts/setup.sh build tidy
	@cmake --workflow --preset tidy
