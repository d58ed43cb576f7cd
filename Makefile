# Signpost. `make` builds, `make site` publishes the portal at the root, `make test` runs everything that must pass.
#
#   V=debug|asan|tsan|fuzz   the kind of build (default: optimised and hardened), each in a folder of its own
#   CC=gcc|clang             the compiler
#   WERROR=1                 warnings are errors, as in CI

.DELETE_ON_ERROR:
.SUFFIXES:

V ?= release
PREFIX ?= /usr/local
B := build$(if $(filter-out release,$(V)),/$(V))$(if $(findstring clang,$(CC)),/clang)

CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection
CFLAGS_debug := -O0 -g3
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread
CFLAGS_analyzer := -O2 -fanalyzer -Werror
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wstrict-prototypes \
  -Wmissing-prototypes -Wcast-qual -Wvla -Wundef -Wwrite-strings -Wnull-dereference $(if $(WERROR),-Werror)
override CFLAGS += -std=c11 -D_GNU_SOURCE -Isrc -ffile-prefix-map=$(CURDIR)=. $(WARNINGS) $(CFLAGS_$(V))
LDFLAGS_release := -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_fuzz := -fsanitize=fuzzer,address,undefined
LDFLAGS_tsan := -fsanitize=thread
override LDFLAGS += -pthread $(LDFLAGS_$(V))
CORES := $(shell nproc)
LDLIBS := -lcmark-gfm-extensions -lcmark-gfm -lyaml -ldecnumber -lgit2 -lmicrohttpd

# Under the leak sanitizer: what libraries leak, and not us.
export LSAN_OPTIONS := suppressions=$(CURDIR)/tests/lint/lsan.txt:print_suppressions=0

SOURCES := $(sort $(wildcard src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(B)/%.o)
CMD_OBJECTS := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard cmd/*.c)))

.PHONY: all
all: $(B)/signpost

# The default theme, and what `serve` puts into the pages it sends, are compiled into the program.
THEME := $(sort $(wildcard templates/*.mustache templates/partials/*.mustache templates/assets/*))
SERVE := $(sort $(wildcard src/edge/serve/*))

$(B)/gen/theme_files.c: src/publish/embed.sh $(THEME)
	@mkdir -p $(@D)
	sh src/publish/embed.sh templates theme_files > $@

$(B)/gen/serve_files.c: src/publish/embed.sh $(SERVE)
	@mkdir -p $(@D)
	sh src/publish/embed.sh src/edge/serve serve_files > $@

$(B)/gen/%.o: $(B)/gen/%.c
	$(CC) $(CFLAGS) -c -o $@ $<

$(B)/libsignpost.a: $(OBJECTS) $(B)/gen/theme_files.o $(B)/gen/serve_files.o
	rm -f $@
	$(AR) rcsD $@ $^

$(B)/signpost: $(CMD_OBJECTS) $(B)/libsignpost.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# Unit tests: tests/unit/test_x.c is one program.
UNIT := $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

$(B)/unit/%: tests/unit/%.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libsignpost.a -lcmocka $(LDLIBS)

.PHONY: unit
unit: $(UNIT)
	@printf '%s\n' $^ | xargs -P $(CORES) -n 1 sh tests/unit/run.sh

# Conformance: public test suites, from the folder that SIGNPOST_CONFORMANCE names; skipped where it is not set.
CONFORMANCE := $(patsubst tests/conformance/%.c,$(B)/conformance/%,$(sort $(wildcard tests/conformance/*.c)))

$(B)/conformance/%: tests/conformance/%.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libsignpost.a $(LDLIBS)

.PHONY: conformance
conformance: $(CONFORMANCE)
	@for t in $^; do $$t || exit 1; done

# Fuzzing: `make fuzz CC=clang V=fuzz FUZZ_SECONDS=60` runs each target so long; what it finds lands in the build
# folder. A .seeds file beside a target names the folders whose files it begins with.
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SECONDS ?= 10

$(B)/fuzz/%: tests/fuzz/%.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libsignpost.a $(LDLIBS)

.PHONY: fuzz
fuzz: $(FUZZ)
	@for t in $(notdir $^); do mkdir -p $(B)/corpus/$$t && $(B)/fuzz/$$t -max_total_time=$(FUZZ_SECONDS) -max_len=2048 \
	  -dict=tests/fuzz/$$t.dict -artifact_prefix=$(B)/fuzz/$$t- -print_final_stats=1 $(B)/corpus/$$t \
	  $$(cat tests/fuzz/$$t.seeds 2> /dev/null) || exit 1; done

# The two commands of the README. Each installs what it needs, once.
SITE_PACKAGES := cc=gcc libc6-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libdfp-dev \
  libgit2-dev libmicrohttpd-dev
TEST_PACKAGES := libcmocka-dev git=git clang=clang libclang-rt-14-dev clang-format=clang-format mandoc=mandoc chromium=chromium \
  fonts-liberation java=default-jre-headless node=nodejs npm=npm

.PHONY: site
site:
	@sh .ci/need.sh $(SITE_PACKAGES)
	@$(MAKE) -s -j$(CORES) all
	@$(B)/signpost build
	@echo "Open site/index.html in a browser."

# What does not wait for each other runs at a time; each part's output is kept together.
SEVERAL := -s -j$(CORES) -O WERROR=1

.PHONY: test
test:
	@sh .ci/need.sh $(SITE_PACKAGES) $(TEST_PACKAGES)
	@$(MAKE) $(SEVERAL) all lint-quick unit conformance
	@$(MAKE) $(SEVERAL) diag privacy golden-test cli
	@$(MAKE) $(SEVERAL) CC=clang all unit
	@$(MAKE) $(SEVERAL) V=asan all unit
	@SIGNPOST=build/asan/signpost $(MAKE) $(SEVERAL) V=asan diag
	@$(MAKE) $(SEVERAL) V=tsan all threads
	@$(MAKE) -s browser ci-files

# Under the thread sanitizer: the pool's own tests, the whole portal built on eight threads, and every portal for officers,
# whose pages run all tables.
.PHONY: threads
threads: $(B)/signpost $(B)/unit/test_pool
	@$(B)/unit/test_pool
	@rm -rf $(B)/threads && $(B)/signpost build --threads 8 --no-sync -o $(B)/threads
	@for portal in . examples/*; do rm -rf $(B)/threads && $(B)/signpost build -C $$portal --threads 8 --no-sync \
	  --audience officers -o $(CURDIR)/$(B)/threads || exit 1; done

.PHONY: browser
browser: $(B)/signpost
	@sh tests/browser/run.sh

# The ready files for CI, against the published schemas.
.PHONY: ci-files
ci-files:
	@sh tests/ci/run.sh

# Pictures for people to judge, into tests/browser/shots, and the one that the README shows.
.PHONY: screenshot
screenshot: $(B)/signpost
	@sh tests/browser/run.sh screenshot

# Every diagnostic, with the words its author reads. `make golden` writes what is said now, and shows the difference for
# somebody to say yes to.
.PHONY: diag golden
diag: $(B)/signpost
	@SIGNPOST=$${SIGNPOST:-$(B)/signpost} sh tests/diag/run.sh

golden: $(B)/signpost
	@sh tests/diag/run.sh --golden
	@sh tests/golden/run.sh --golden
	@sh tests/golden/explain.sh --golden
	@sh tests/cli/readme.sh --golden
	@sh tests/cli/review.sh --golden
	@sh tests/cli/reviews.sh --golden
	@git --no-pager diff -- tests/diag README.md
	@git --no-pager diff --stat -- tests/golden tests/review
	@git status --short -- tests/golden tests/review

# The program from end to end. What no lower audience may see, whole trees, and the command line: the scripts find the
# program under test in SIGNPOST, and helpers made for them in the build folder.
PRIVACY := $(B)/privacy/plant $(B)/privacy/vary

$(B)/privacy/%: tests/privacy/%.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libsignpost.a $(LDLIBS)

.PHONY: privacy golden-test cli
privacy: $(B)/signpost $(PRIVACY)
	@for t in tests/privacy/*.sh; do SIGNPOST=$${SIGNPOST:-$(B)/signpost} TOOLS=$(B)/privacy sh $$t || exit 1; done

golden-test: $(B)/signpost
	@for t in tests/golden/*.sh; do SIGNPOST=$${SIGNPOST:-$(B)/signpost} sh $$t || exit 1; done

$(B)/cli/%: tests/cli/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $<

cli: $(B)/signpost $(B)/cli/kill9 $(B)/cli/visitor
	@for t in tests/cli/*.sh tests/limit/*.sh; do \
	  SIGNPOST=$${SIGNPOST:-$(B)/signpost} HELPERS=$(B)/cli sh $$t || exit 1; done

# Lint. The quick half is part of `make test`; the rest takes minutes.
C_FILES := $(wildcard src/*/*.[ch] cmd/*.[ch] tests/*/*.[ch])

.PHONY: lint-quick
lint-quick: $(B)/man/signpost-formats.5
	@sh tests/lint/rooms.sh
	@clang-format --dry-run --Werror $(C_FILES)
	@for h in src/*/*.h; do echo "#include \"$${h#src/}\"" | $(CC) $(CFLAGS) -fsyntax-only -x c - || exit 1; done
	@mandoc -Tlint -Wwarning man/signpost.1 man/signpost-policy.7 $(B)/man/signpost-formats.5

.PHONY: lint
lint: lint-quick
	clang-tidy --quiet --warnings-as-errors='*' $(filter src/%.c cmd/%.c,$(C_FILES)) -- -std=c11 -D_GNU_SOURCE -Isrc
	cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --inline-suppr --std=c11 -D_GNU_SOURCE \
	  --suppressions-list=tests/lint/cppcheck.txt -Isrc src cmd
	$(MAKE) V=analyzer $(patsubst %.c,build/analyzer/%.o,$(SOURCES))

# Manual pages: signpost.1 and signpost-policy.7 are written by hand (tests/cli/manual.sh runs the examples of the latter),
# signpost-formats.5 comes from the tables that validate.
$(B)/man/generate: man/generate.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(B)/libsignpost.a $(LDLIBS)

$(B)/man/signpost-formats.5: $(B)/man/generate
	$< > $@

.PHONY: install
install: $(B)/signpost $(B)/man/signpost-formats.5
	install -D -m 755 $(B)/signpost $(DESTDIR)$(PREFIX)/bin/signpost
	install -D -m 644 man/signpost.1 $(DESTDIR)$(PREFIX)/share/man/man1/signpost.1
	install -D -m 644 $(B)/man/signpost-formats.5 $(DESTDIR)$(PREFIX)/share/man/man5/signpost-formats.5
	install -D -m 644 man/signpost-policy.7 $(DESTDIR)$(PREFIX)/share/man/man7/signpost-policy.7
	install -d $(DESTDIR)$(PREFIX)/share/signpost/ci
	install -m 644 share/ci/*.yml share/ci/*.sh $(DESTDIR)$(PREFIX)/share/signpost/ci

# What editors and analysers ask for.
compile_commands.json: Makefile
	@{ echo '['; sep=; for f in $(SOURCES) $(wildcard cmd/*.c); do \
	  printf '%s{"directory": "%s", "file": "%s", "command": "cc -std=c11 -D_GNU_SOURCE -Isrc -c %s"}\n' "$$sep" "$(CURDIR)" $$f $$f; \
	  sep=,; done; echo ']'; } > $@

# Speed and memory, beside the least that the work could cost and beside Hugo where it is installed. Never fails on time.
BENCH := $(addprefix $(B)/bench/,generate hugo-content wishes floor measure prove match saved serve)

$(B)/bench/%.o: tests/bench/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/bench/generate $(B)/bench/hugo-content $(B)/bench/wishes: $(B)/bench/invent.o
$(B)/bench/prove $(B)/bench/match $(B)/bench/serve: $(B)/libsignpost.a
$(BENCH): $(B)/bench/%: $(B)/bench/%.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: bench
bench: $(B)/signpost $(BENCH)
	@sh tests/bench/run.sh $(B)

.PHONY: clean
clean:
	rm -rf build site site-schools site-officers

-include $(OBJECTS:.o=.d) $(CMD_OBJECTS:.o=.d) $(UNIT:=.d) $(CONFORMANCE:=.d) $(PRIVACY:=.d) $(BENCH:=.d) $(B)/bench/invent.d $(FUZZ:=.d)
