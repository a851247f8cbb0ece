/* The calls of 2016: what instrumented code called then, and the interface of coverage_interface.h. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime.h"

uint32_t *trace_buffer;
_Atomic uint64_t trace_count;
_Atomic bool pc_buffer_is_set;
int sandbox_file = -1;
bool is_sandboxed;

static uintptr_t *pc_buffer;
static uint64_t pc_buffer_size;
static _Atomic uint64_t pc_buffer_used;

struct sandbox_arguments {
    int coverage_sandboxed;
    intptr_t coverage_fd;
    unsigned coverage_max_block_size;
};

CALLBACK void __sanitizer_cov_init(void) { ensure_started(); }

/* guards[0] becomes the number of points; the others are negative until they are reached. */
CALLBACK void __sanitizer_cov_module_init(int32_t *guards, uintptr_t points, uint8_t *inline_counters, const char *unit) {
    ensure_started();
    if (!tables || !points || guards[0] || !runtime_lock()) {
        return;
    }

    bool is_new;
    struct edgewise_module *module = module_register(EDGEWISE_2016, (uintptr_t)(inline_counters ? (void *)inline_counters : (void *)guards), points, inline_counters, &is_new);
    for (uintptr_t i = 1; module && i <= points; i++) {
        guards[i] = -(int32_t)(module->first + i);
    }

    if (module) {
        guards[0] = (int32_t)points;
        module->unit = (uintptr_t)unit;
    }

    runtime_unlock();
}

static void reached(int32_t *guard, uintptr_t pc) {
    int32_t value = __atomic_load_n(guard, __ATOMIC_RELAXED);
    if (value >= 0 || !tables) {
        return;
    }

    uint64_t point = (uint64_t)(-(int64_t)value) - 1;
    point_reached(point, pc);
    const struct edgewise_module *module = module_of_point(point);
    if (module && module_counters(module) && module_counters(module) == counters + module->first && !counters[point]) {
        counters[point] = 1;
    }

    __atomic_store_n(guard, -value, __ATOMIC_RELAXED);
}

CALLBACK void __sanitizer_cov(int32_t *guard) { reached(guard, CALLER - 1); }

CALLBACK void __sanitizer_cov_with_check(int32_t *guard) { reached(guard, CALLER - 1); }

static void trace(int32_t *guard, uintptr_t pc) {
    reached(guard, pc);
    if (!trace_buffer && tables && options.trace && runtime_lock()) {
        if (!trace_buffer) {
            void *buffer = mmap(NULL, (size_t)(options.trace_events + 1) * sizeof *trace_buffer, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            trace_buffer = buffer == MAP_FAILED ? NULL : buffer;
        }

        runtime_unlock();
    }

    uint64_t at = atomic_fetch_add(&trace_count, 1);
    if (trace_buffer && at < options.trace_events) {
        trace_buffer[at] = (uint32_t)(__atomic_load_n(guard, __ATOMIC_RELAXED) - 1);
    }
}

CALLBACK void __sanitizer_cov_trace_func_enter(int32_t *id) { trace(id, CALLER - 1); }

CALLBACK void __sanitizer_cov_trace_basic_block(int32_t *id) { trace(id, CALLER - 1); }

static uint64_t count_covered(void) {
    uint64_t count = 0;
    for (uint32_t i = 0; tables && i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        const uint8_t *values = module_counters(module);
        for (uint64_t p = 0; !module_is_repeated(module) && p < module->count; p++) {
            count += point_is_covered(module, values, p);
        }
    }

    return count;
}

EXPORT uintptr_t __sanitizer_get_total_unique_coverage(void) {
    ensure_started();
    return (uintptr_t)count_covered();
}

EXPORT uintptr_t __sanitizer_get_total_unique_caller_callee_pairs(void) { return (uintptr_t)calls_count(); }

/* A copy as of now: the PCs in the process of the points that were reached, zero for the others. Valid until the next call. */
EXPORT uintptr_t __sanitizer_get_coverage_guards(uintptr_t **data) {
    static uintptr_t *copy;
    static size_t size;
    ensure_started();
    if (!tables || !runtime_lock()) {
        return 0;
    }

    if (copy) {
        munmap(copy, size);
    }

    size_t count = tables->pcs.count;
    size = (count + 1) * sizeof *copy;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    copy = memory == MAP_FAILED ? NULL : memory;
    for (uint32_t i = 0; copy && i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        for (uint64_t p = 0; p < module->count; p++) {
            uint64_t pc = atomic_load(&pcs[module->first + p]) & EDGEWISE_PC_MASK;
            copy[module->first + p] = pc && point_is_covered(module, module_counters(module), p) ? (uintptr_t)(object_at(module->object)->base + pc) : 0;
        }
    }

    *data = copy;
    runtime_unlock();
    return copy ? count : 0;
}

EXPORT uintptr_t __sanitizer_get_number_of_counters(void) {
    uintptr_t count = 0;
    ensure_started();
    for (uint32_t i = 0; tables && i < tables->modules.count; i++) {
        count += module_at(i)->kind == EDGEWISE_TRACE_PC || module_is_repeated(module_at(i)) ? 0 : (uintptr_t)module_at(i)->count;
    }

    return count;
}

static uint8_t class_of(uint8_t value) {
    return value >= 128 ? 128 : value >= 32 ? 64 : value >= 16 ? 32 : value >= 8 ? 16 : value >= 4 ? 8 : value == 3 ? 4 : value;
}

EXPORT uintptr_t __sanitizer_update_counter_bitset_and_clear_counters(uint8_t *bitset) {
    uintptr_t added = 0, at = 0;
    ensure_started();
    if (!tables || !runtime_lock()) {
        return 0;
    }

    for (uint32_t i = 0; i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        const uint8_t *values = module_counters(module);
        for (uint64_t p = 0; bitset && module->kind != EDGEWISE_TRACE_PC && !module_is_repeated(module) && p < module->count; p++, at++) {
            uint8_t class = class_of(values ? values[p] : 0);
            added += class && !(bitset[at] & class);
            bitset[at] |= class;
        }
    }

    modules_clear(true);
    runtime_unlock();
    return added;
}

EXPORT void __sanitizer_set_coverage_pc_buffer(uintptr_t *buffer, uintptr_t length) {
    ensure_started();
    atomic_store(&pc_buffer_is_set, false);
    pc_buffer = buffer;
    pc_buffer_size = length;
    atomic_store(&pc_buffer_used, 0);
    atomic_store(&pc_buffer_is_set, buffer != NULL);
}

EXPORT uintptr_t __sanitizer_get_coverage_pc_buffer_pos(void) { return (uintptr_t)atomic_load(&pc_buffer_used); }

void pc_buffer_append(uintptr_t pc) {
    uint64_t at = atomic_fetch_add(&pc_buffer_used, 1);
    if (at < pc_buffer_size) {
        pc_buffer[at] = pc;
    }
}

int open_packed(const char *name) {
    char path[PATH_MAX * 2];
    make_directories(options.directory);
    snprintf(path, sizeof path, "%s/%s.sancov.packed", options.directory, name);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0) {
        complain("%s: cannot be written: %s", path, strerror(errno));
    }

    return file;
}

/* A file for packed coverage, or -1 where it cannot be made or coverage is off. */
EXPORT intptr_t __sanitizer_maybe_open_cov_file(const char *name) {
    ensure_started();
    return options.coverage ? open_packed(name) : -1;
}

/* From now on the process may not open files. */
EXPORT void __sanitizer_sandbox_on_notify(struct sandbox_arguments *arguments) {
    ensure_started();
    if (!arguments->coverage_sandboxed || !options.coverage) {
        return;
    }

    char name[32];
    snprintf(name, sizeof name, "%d", (int)getpid());
    sandbox_file = arguments->coverage_fd >= 0 ? (int)arguments->coverage_fd : open_packed(name);
    options.max_block_size = arguments->coverage_max_block_size;
    is_sandboxed = sandbox_file >= 0;
}
