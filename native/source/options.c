/* Options: EDGEWISE_OPTIONS, and of the sanitizers' variables the names that concern coverage. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime.h"

struct options options = {.caller_callee = true, .trace = true, .handle_signals = true, .trace_events = 1u << 22};

static const char *const SanitizerVariables[] = {"ASAN_OPTIONS", "HWASAN_OPTIONS", "LSAN_OPTIONS", "MSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS", "SANCOV_OPTIONS"};

/* A program may define it, as with compiler-rt. */
__attribute__((weak)) const char *__sancov_default_options(void);

void complain(const char *format, ...) {
    char line[1024] = "edgewise: ";
    size_t used = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + used, sizeof line - used - 1, format, arguments);
    va_end(arguments);
    for (char *at = line; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 127) {
            *at = '?';
        }
    }

    strcat(line, "\n");
    write_fully(STDERR_FILENO, line, strlen(line));
}

static bool is_separator(char c) { return c == ' ' || c == ',' || c == ':' || c == '\n' || c == '\t' || c == '\r'; }

static bool read_boolean(const char *variable, const char *name, const char *value, bool *result) {
    if (!strcmp(value, "1") || !strcmp(value, "true") || !strcmp(value, "yes")) {
        return *result = true;
    }

    if (!strcmp(value, "0") || !strcmp(value, "false") || !strcmp(value, "no")) {
        return *result = false;
    }

    complain("%s: %s: '%s' is not one of 0, 1, true, false, yes, no", variable, name, value);
    return *result;
}

static void read_number(const char *variable, const char *name, const char *value, uint32_t *result) {
    char *end;
    unsigned long number = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end || number > 1u << 28) {
        complain("%s: %s: '%s' is not a number up to %u", variable, name, value, 1u << 28);
        return;
    }

    *result = (uint32_t)number;
}

static void read_text(char *target, const char *value) {
    strncpy(target, value, PATH_MAX - 1);
    target[PATH_MAX - 1] = 0;
}

/* False where the name is none of ours. */
static bool read_option(const char *variable, const char *name, const char *value) {
    const struct {
        const char *name;
        bool *value;
    } booleans[] = {
        {"coverage", &options.coverage}, {"coverage_direct", &options.direct}, {"coverage_bitset", &options.bitset},
        {"coverage_counters", &options.counters}, {"coverage_packed", &options.packed}, {"handle_signals", &options.handle_signals},
        {"caller-callee", &options.caller_callee}, {"trace-bb", &options.trace},
    };
    for (size_t i = 0; i < sizeof booleans / sizeof *booleans; i++) {
        if (!strcmp(name, booleans[i].name)) {
            read_boolean(variable, name, value, booleans[i].value);
            return true;
        }
    }

    uint32_t verbosity = (uint32_t)options.verbosity;
    if (!strcmp(name, "coverage_dir")) {
        if (!*value) {
            complain("%s: coverage_dir: a folder expected", variable);
        } else {
            read_text(options.directory, value);
        }
    } else if (!strcmp(name, "strip_path_prefix")) {
        read_text(options.strip_path_prefix, value);
    } else if (!strcmp(name, "cov_8bit_counters_out")) {
        read_text(options.counters_out, value);
    } else if (!strcmp(name, "cov_pcs_out")) {
        read_text(options.pcs_out, value);
    } else if (!strcmp(name, "verbosity")) {
        read_number(variable, name, value, &verbosity);
        options.verbosity = (int)verbosity;
    } else if (!strcmp(name, "trace_events")) {
        read_number(variable, name, value, &options.trace_events);
    } else if (!strcmp(name, "coverage_max_block_size")) {
        read_number(variable, name, value, &options.max_block_size);
    } else {
        return false;
    }

    return true;
}

static void read_all(const char *variable, const char *text, bool complains) {
    char name[64], value[PATH_MAX];
    while (text && *text) {
        while (is_separator(*text)) {
            text++;
        }

        size_t length = 0;
        for (; *text && *text != '=' && !is_separator(*text); text++) {
            if (length < sizeof name - 1) {
                name[length++] = *text;
            }
        }

        name[length] = 0;
        if (!length && *text != '=') {
            break;
        }

        length = 0;
        if (*text == '=') {
            char quote = text[1] == '"' || text[1] == '\'' ? text[1] : 0;
            for (text += quote ? 2 : 1; *text && (quote ? *text != quote : !is_separator(*text)); text++) {
                if (length < sizeof value - 1) {
                    value[length++] = *text;
                }
            }

            if (quote && *text) {
                text++;
            } else if (quote && complains) {
                complain("%s: %s: the quote does not end", variable, name);
            }
        }

        value[length] = 0;
        if (!read_option(variable, name, value) && complains) {
            complain("%s: unknown option '%s'", variable, name);
        }
    }
}

void options_read(void) {
    if (__sancov_default_options) {
        read_all("__sancov_default_options", __sancov_default_options(), false);
    }

    for (size_t i = 0; i < sizeof SanitizerVariables / sizeof *SanitizerVariables; i++) {
        read_all(SanitizerVariables[i], getenv(SanitizerVariables[i]), false);
    }

    /* Whoever asks in the sanitizers' way gets their folder and their line for each file. */
    options.like_compiler_rt = options.coverage;
    read_all("EDGEWISE_OPTIONS", getenv("EDGEWISE_OPTIONS"), true);
    if (!*options.directory) {
        strcpy(options.directory, options.like_compiler_rt ? "." : "coverage");
    }

    const char *map = getenv("EDGEWISE_MAP_FILE");
    if (map && *map) {
        read_text(options.map_file, map);
        /* It is for this process, not for those that it starts. */
        unsetenv("EDGEWISE_MAP_FILE");
    }
}
