/* The two calls of libFuzzer that a target or a harness may make. Fuzzing itself is done by `edgewise fuzz`, which runs the target in process. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runtime.h"

static size_t (*_Atomic own_mutator)(uint8_t *data, size_t size, size_t max_size);
static THREAD_LOCAL uint64_t random_state;

EXPORT void edgewise_set_mutator(size_t (*mutator)(uint8_t *data, size_t size, size_t max_size)) { atomic_store(&own_mutator, mutator); }

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(void) {
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(size_t bound) { return (size_t)(next_random() % bound); }

/* Half of the time the operand of a compare that ran: most magic numbers of a format are found so. */
static size_t put_operand(uint8_t *data, size_t size) {
    const struct edgewise_site *sites = tables && tables->sites.count ? region_of(&tables->sites) : NULL;
    for (int tries = 0; sites && tries < 64; tries++) {
        const struct edgewise_site *site = &sites[below(tables->sites.capacity)];
        size_t width = site->width;
        if (site->place && site->kind <= EDGEWISE_CONSTANT_COMPARE && width && width <= size && width <= sizeof site->left) {
            memcpy(data + below(size - width + 1), &site->left, width);
            break;
        }
    }

    return size;
}

/* One small change; the result is never empty where there is room for a byte. */
CALLBACK size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) {
    size_t (*mutator)(uint8_t *, size_t, size_t) = atomic_load(&own_mutator);
    if (mutator) {
        return mutator(data, size, max_size);
    }

    if (!max_size) {
        return 0;
    }

    size = size < max_size ? size : max_size;
    size_t change = size ? below(7) : 0, at = size ? below(size) : 0;
    switch (change) {
    case 0: /* insert; where it is full, replace */
        if (size < max_size) {
            memmove(data + at + 1, data + at, size - at);
            size++;
        }

        data[at] = (uint8_t)next_random();
        return size;
    case 1: /* erase */
        if (size > 1) {
            memmove(data + at, data + at + 1, size - at - 1);
            size--;
        }

        return size;
    case 2: data[at] ^= (uint8_t)(1u << below(8)); return size;
    case 3: data[at] = (uint8_t)next_random(); return size;
    case 4: data[at] = (uint8_t)(data[at] + below(35) - 17); return size;
    case 5: /* copy a part over another */ {
        size_t from = below(size), length = 1 + below(size - (from > at ? from : at));
        memmove(data + at, data + from, length);
        return size;
    }
    default: return put_operand(data, size);
    }
}

static int run_file(const char *path, int (*target)(const uint8_t *data, size_t size)) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0 || S_ISDIR(status.st_mode)) {
        complain("%s: cannot be read: %s", path, strerror(file < 0 ? errno : EISDIR));
        return 1;
    }

    /* A copy of just the size, so that a sanitizer sees reads beyond it. */
    size_t size = (size_t)status.st_size, done = 0;
    uint8_t *data = malloc(size ? size : 1);
    ssize_t part = 0;
    while (data && done < size && (part = read(file, data + done, size - done)) > 0) {
        done += (size_t)part;
    }

    close(file);
    if (!data || part < 0) {
        complain("%s: cannot be read: %s", path, strerror(errno));
        free(data);
        return 1;
    }

    struct timespec before, after;
    fprintf(stderr, "Running: %s\n", path);
    clock_gettime(CLOCK_MONOTONIC, &before);
    target(data, done);
    clock_gettime(CLOCK_MONOTONIC, &after);
    long milliseconds = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
    fprintf(stderr, "Executed %s in %ld ms\n", path, milliseconds);
    free(data);
    return 0;
}

/* Runs the target on the files that the command line names; options are for a fuzzer, and are left out. */
CALLBACK int LLVMFuzzerRunDriver(int *argument_count, char ***arguments, int (*target)(const uint8_t *data, size_t size)) {
    int files = 0, failures = 0;
    for (int i = 1; i < *argument_count; i++) {
        const char *argument = (*arguments)[i];
        if (argument[0] != '-') {
            files++;
            failures += run_file(argument, target);
        }
    }

    if (!files) {
        complain("no files to run: this runtime replays inputs, `edgewise fuzz` finds them");
        return 1;
    }

    return failures != 0;
}
