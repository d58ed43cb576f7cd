# Signpost. `make` builds, `make site` publishes the portal at the root, `make test` runs everything that must pass.
#
#   V=debug|asan|tsan|fuzz the kind of build (default: optimised and hardened), each in a folder of its own
#   CC=gcc|clang        the compiler
#   WERROR=1            warnings are errors, as in CI

.DELETE_ON_ERROR:
.SUFFIXES:

V ?= release
PREFIX ?= /usr/local
B := build$(if $(filter-out release,$(V)),/$(V))

CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection
CFLAGS_debug := -O0 -g3
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wstrict-prototypes \
  -Wmissing-prototypes -Wcast-qual -Wvla -Wundef -Wwrite-strings -Wnull-dereference $(if $(WERROR),-Werror)
override CFLAGS += -std=c11 -D_GNU_SOURCE -Isrc -I$(B)/gen -ffile-prefix-map=$(CURDIR)=. $(WARNINGS) $(CFLAGS_$(V))
LDFLAGS_release := -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_fuzz := -fsanitize=fuzzer,address,undefined
LDFLAGS_tsan := -fsanitize=thread
override LDFLAGS += -pthread $(LDFLAGS_$(V))
LDLIBS := -lcmark-gfm-extensions -lcmark-gfm -lyaml

SOURCES := $(sort $(wildcard src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(B)/%.o)
CMD_OBJECTS := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard cmd/*.c)))

.PHONY: all
all: $(B)/signpost

# The default theme is compiled into the program.
THEME := $(sort $(wildcard templates/*.mustache templates/partials/*.mustache templates/assets/*))

$(B)/gen/theme_files.c: src/publish/embed.sh $(THEME)
	@mkdir -p $(@D)
	sh src/publish/embed.sh templates > $@

$(B)/gen/theme_files.o: $(B)/gen/theme_files.c
	$(CC) $(CFLAGS) -c -o $@ $<

$(B)/libsignpost.a: $(OBJECTS) $(B)/gen/theme_files.o
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
	@for t in $^; do $$t || exit 1; done

# Conformance: public test suites, from the folder that SIGNPOST_CONFORMANCE names; skipped where it is not set.
CONFORMANCE := $(patsubst tests/conformance/%.c,$(B)/conformance/%,$(sort $(wildcard tests/conformance/*.c)))

$(B)/conformance/%: tests/conformance/%.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libsignpost.a $(LDLIBS)

.PHONY: conformance
conformance: $(CONFORMANCE)
	@for t in $^; do $$t || exit 1; done

# Fuzzing: `make fuzz CC=clang V=fuzz FUZZ_SECONDS=60` runs each target so long; what it finds lands in the build folder.
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SECONDS ?= 10

$(B)/fuzz/%: tests/fuzz/%.c $(B)/libsignpost.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(B)/libsignpost.a $(LDLIBS)

.PHONY: fuzz
fuzz: $(FUZZ)
	@for t in $(notdir $^); do mkdir -p $(B)/corpus/$$t && $(B)/fuzz/$$t -max_total_time=$(FUZZ_SECONDS) -max_len=2048 \
	  -dict=tests/fuzz/$$t.dict -artifact_prefix=$(B)/fuzz/$$t- -print_final_stats=1 $(B)/corpus/$$t || exit 1; done

.PHONY: clean
clean:
	rm -rf build site site-schools site-officers

-include $(OBJECTS:.o=.d) $(CMD_OBJECTS:.o=.d) $(UNIT:=.d) $(CONFORMANCE:=.d) $(FUZZ:=.d)
