# run       opens the window; without a display plays the demonstration session into out/
# test      every test
# bench     figures, as tables and as out/bench/*.json
# torture   kills, power cuts, full disks while eight writers post; figures in out/bench/torture.json
# high-availability  a cluster of three nodes, struck while eight writers post; needs Patroni, etcd, HAProxy
# bench-face  how well faces are told apart (FACES=DIR), and how fast
# lint      formatting, lints, generated files
# bindings  writes ui/src/ipc/bindings.ts anew
# sqlx      writes .sqlx/ anew
# package   a .deb for Debian 12 in target/package/
# test-package  installs it, plays a movement in the installed window, upgrades, removes (root; BEFORE=COMMIT|DEB)
.PHONY: run test bench torture high-availability bench-face lint bindings sqlx package test-package

run:
	@scripts/run
test:
	@scripts/test
bench:
	@scripts/bench $(BENCH)
torture:
	@scripts/torture $(TORTURE)
high-availability:
	@scripts/high-availability $(AVAILABILITY)
bench-face:
	@scripts/bench-face
lint:
	@scripts/lint
bindings:
	@scripts/bindings
sqlx:
	@scripts/sqlx-prepare
package:
	@scripts/package
test-package:
	@scripts/test-package
