/* .sancov and .buildid of each object, as compiler-rt names and fills the former; raw counters and PCs where asked for. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime.h"

#if UINTPTR_MAX > UINT32_MAX
#define MAGIC UINT64_C(0xC0BFFFFFFFFFFF64)
#else
#define MAGIC UINT64_C(0xC0BFFFFFFFFFFF32)
#endif

/* In place: a signal handler may be here. */
static void sift(uint64_t *values, size_t root, size_t count) {
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        child += child + 1 < count && values[child] < values[child + 1];
        if (values[root] >= values[child]) {
            return;
        }

        uint64_t value = values[root];
        values[root] = values[child];
        values[child] = value;
    }
}

static size_t sort_unique(uint64_t *values, size_t count) {
    for (size_t root = count / 2; root-- > 0;) {
        sift(values, root, count);
    }

    for (size_t end = count; end-- > 1;) {
        uint64_t value = values[0];
        values[0] = values[end];
        values[end] = value;
        sift(values, 0, end);
    }

    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!i || values[i] != values[i - 1]) {
            values[kept++] = values[i];
        }
    }

    return kept;
}

/* The covered PCs of an object, in fresh pages that the caller unmaps. */
uint64_t *collect_pcs(uint32_t object, size_t *count, size_t *capacity) {
    uint64_t points = 1;
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        points += module_at(i)->object == object ? module_at(i)->count : 0;
    }

    *count = 0;
    *capacity = points * sizeof(uint64_t);
    uint64_t *offsets = mmap(NULL, *capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (offsets == MAP_FAILED) {
        complain("no memory for %llu PCs", (unsigned long long)points);
        return NULL;
    }

    for (uint32_t i = 0; i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        if (module->object != object || module_is_repeated(module)) {
            continue;
        }

        const uint8_t *values = module_counters(module);
        for (uint64_t p = 0; p < module->count; p++) {
            uint64_t pc = atomic_load(&pcs[module->first + p]) & EDGEWISE_PC_MASK;
            if (pc && point_is_covered(module, values, p)) {
                offsets[(*count)++] = pc;
            }
        }
    }

    *count = sort_unique(offsets, *count);
    return offsets;
}

/* Two objects of one file name have names of their own: the later one's is told apart by its number. */
void dump_name(uint32_t object, char *name, size_t size) {
    const char *own = base_name(object_at(object)->path);
    for (uint32_t other = 1; other < object; other++) {
        if (!strcmp(base_name(object_at(other)->path), own)) {
            snprintf(name, size, "%s-%u", own, object);
            return;
        }
    }

    snprintf(name, size, "%s", own);
}

static void tell(const struct output *output, size_t count) {
    if (options.like_compiler_rt || options.verbosity > 0) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "SanitizerCoverage: %s: %zu PCs written\n", output->path, count);
        write_fully(STDERR_FILENO, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    }
}

bool dump_pcs(struct output *output, uint32_t object, uint64_t *offsets, size_t count) {
    char name[1100], own[1000];
    uint64_t magic = MAGIC;
    dump_name(object, own, sizeof own);
    snprintf(name, sizeof name, "%s.%d.sancov", own, (int)getpid());
    if (!output_open(output, options.directory, name)) {
        return false;
    }

    count = sort_unique(offsets, count);
    output_write(output, &magic, sizeof magic);
    for (size_t i = 0; i < count; i++) {
        uintptr_t offset = (uintptr_t)offsets[i];
        output_write(output, &offset, sizeof offset);
    }

    if (!output_close(output)) {
        return false;
    }

    tell(output, count);
    const struct edgewise_object *at = object_at(object);
    snprintf(name, sizeof name, "%s.%d.buildid", own, (int)getpid());
    if (!at->build_id_size) {
        return true;
    }

    if (!output_open(output, options.directory, name)) {
        return false;
    }

    for (uint32_t i = 0; i < at->build_id_size; i++) {
        output_print(output, "%02x", at->build_id[i]);
    }

    output_print(output, "\n");
    return output_close(output);
}

static void tell_what_has_no_pcs(uint32_t object) {
    static uint32_t told[1024 / 32];
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        bool is_inline = module->kind == EDGEWISE_COUNTERS || module->kind == EDGEWISE_FLAGS;
        if (module->object == object && is_inline && !module->has_pcs && !(told[object / 32 % 32] & 1u << object % 32)) {
            told[object / 32 % 32] |= 1u << object % 32;
            complain("%s: built without pc-table: its counters have no PCs for a .sancov", object_at(object)->path);
        }
    }
}

/* cov_8bit_counters_out, cov_pcs_out: all arrays of all objects, where compiler-rt writes the last one. */
bool dump_raw_files(void) {
    static struct output raw;
    struct output *output = &raw;
    bool is_whole = true;
    if (*options.counters_out && (is_whole &= output_open(output, "", options.counters_out))) {
        for (uint32_t i = 0; i < tables->modules.count; i++) {
            struct edgewise_module *module = module_at(i);
            if (module->kind == EDGEWISE_COUNTERS && module_counters(module)) {
                output_write(output, module_counters(module), module->count);
            }
        }

        is_whole &= output_close(output);
    }

    if (*options.pcs_out && (is_whole &= output_open(output, "", options.pcs_out))) {
        for (uint32_t i = 0; i < tables->modules.count; i++) {
            struct edgewise_module *module = module_at(i);
            for (uint64_t p = 0; module->has_pcs && p < module->count; p++) {
                uint64_t pc = atomic_load(&pcs[module->first + p]);
                uintptr_t pair[2] = {(uintptr_t)(object_at(module->object)->base + (pc & EDGEWISE_PC_MASK)), pc & EDGEWISE_PC_ENTRY ? 1 : 0};
                output_write(output, pair, sizeof pair);
            }
        }

        is_whole &= output_close(output);
    }

    return is_whole;
}

/* One block is whole, or as large as asked for; the first of an object begins with the magic number. */
static bool write_packed(int file, const char *name, const uint64_t *offsets, size_t count) {
    size_t length = strlen(name), header = 3 * sizeof(uint32_t) + length, total = (count + 1) * sizeof(uint64_t);
    size_t most = options.max_block_size > header + sizeof(uint64_t) ? (options.max_block_size - header) & ~(sizeof(uint64_t) - 1) : total;
    bool is_whole = true;
    for (size_t done = 0; is_whole && done < total;) {
        size_t part = total - done < most ? total - done : most;
        uint32_t numbers[3] = {(uint32_t)getpid(), (uint32_t)length, (uint32_t)part};
        uint64_t magic = MAGIC;
        is_whole = write_fully(file, numbers, sizeof numbers) && write_fully(file, name, length);
        if (done == 0) {
            is_whole = is_whole && write_fully(file, &magic, sizeof magic);
        }

        size_t from = done == 0 ? 0 : done / sizeof magic - 1, until = (done + part) / sizeof magic - 1;
        is_whole = is_whole && write_fully(file, offsets + from, (until - from) * sizeof *offsets);
        done += part;
    }

    if (!is_whole) {
        complain("packed coverage cannot be written: %s", strerror(errno));
    }

    return is_whole;
}

/* Whatever was reached so far; the lock is held. */
bool dump_all(void) {
    static struct output output;
    char name[1000], process[32];
    snprintf(process, sizeof process, "%d", (int)getpid());
    int packed = is_sandboxed ? sandbox_file : options.packed ? open_packed(process) : -1;
    bool is_whole = is_sandboxed || !options.packed || packed >= 0;
    object_of(0); /* looks which objects are gone */
    for (uint32_t object = 1; object <= tables->objects.count; object++) {
        size_t count, capacity;
        uint64_t *offsets = collect_pcs(object, &count, &capacity);
        tell_what_has_no_pcs(object);
        is_whole &= offsets != NULL;
        if (offsets && count && !is_sandboxed) {
            is_whole &= dump_pcs(&output, object, offsets, count);
        }

        if (offsets && count && packed >= 0) {
            dump_name(object, name, sizeof name);
            is_whole &= write_packed(packed, name, offsets, count);
        }

        if (offsets) {
            munmap(offsets, capacity);
        }
    }

    if (packed >= 0 && !is_sandboxed) {
        close(packed);
    }

    return is_sandboxed ? is_whole : dump_2016(&output) & dump_raw_files() & is_whole;
}
