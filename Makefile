# The front door. What is built, and how, is in meson.build; this file only saves typing.
#
#   make                  builds build/zhunsheng, after installing what that needs
#   make run              opens the demo county at http://127.0.0.1:8080; PLAN=FILE opens a real plan,
#                         TODAY=2018-06-01 lets its days begin there, DATA=DIR keeps it elsewhere than var/
#   make test             every suite, on the sanitized build; SUITE="unit http" only these
#   make check            what can be judged without running: layers, sizes, names, formatting
#   make bench            measures, into bench/RESULTS.md
#   make analyse          gcc -fanalyzer and clang --analyze on every file; make check does it for what has changed
#   make mutate           takes each rule of law/ out in turn: some scenario must fail
#   make fuzz             altered inputs for the parsers, guided by what they reach; SECONDS=60 each (tools/fuzz.sh)
#   make deb              builds the Debian package, into build-deb/ (tools/test-deb.sh tries it in a Debian of its own)
#   make clean            removes what was built, never data

DATA = var

.PHONY: all run test check analyse bench mutate fuzz deb clean
all:
	@tools/install.sh build
	@[ -f build/build.ninja ] || meson setup --buildtype=debugoptimized build
	@ninja -C build zhunsheng

run: all
	@exec build/zhunsheng run --data "$(DATA)" $(if $(PLAN),--plan "$(PLAN)") $(if $(TODAY),--today "$(TODAY)")

test:
	@tools/test.sh $(SUITE)

check:
	@tools/check.sh

analyse:
	@tools/check-analysis.sh --all

bench: all
	@tools/install.sh bench
	@bench/run.sh

mutate: all
	@tools/mutate.sh

fuzz:
	@tools/fuzz.sh $(SECONDS)

deb:
	@tools/deb.sh

clean:
	rm -rf build build-test build-clang build-fuzz build-deb
