# run       opens the window; without a display plays the demonstration session into out/
# test      every test
# bench     figures, as tables and as out/bench/*.json
# torture   kills, power cuts, full disks while eight writers post; figures in out/bench/torture.json
# bench-face  how well faces are told apart (FACES=DIR), and how fast
# lint      formatting, lints, generated files
# bindings  writes ui/src/ipc/bindings.ts anew
# sqlx      writes .sqlx/ anew
.PHONY: run test bench torture lint bindings sqlx

run:
	@scripts/run
test:
	@scripts/test
bench:
	@scripts/bench $(BENCH)
torture:
	@scripts/torture $(TORTURE)
bench-face:
	@scripts/bench-face
lint:
	@scripts/lint
bindings:
	@scripts/bindings
sqlx:
	@scripts/sqlx-prepare
