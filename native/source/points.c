/* What instrumented code calls at its points, and what its constructors call. */
#define _GNU_SOURCE
#include <stddef.h>

#include "runtime.h"

#define SLOT_SHIFT 2 /* calls of a callback are at least 4 bytes apart on every architecture in use */

/* A call returns behind itself; its PC is what LLVM's tools look for: one before on x86, an instruction before elsewhere. */
static inline uintptr_t previous(uintptr_t pc) {
#if defined(__aarch64__) || defined(__arm__)
    return pc - 4;
#else
    return pc - 1;
#endif
}

static inline void count(uint8_t *counter) {
    uint8_t value = __atomic_load_n(counter, __ATOMIC_RELAXED);
    if (value != UINT8_MAX) {
        __atomic_store_n(counter, (uint8_t)(value + 1), __ATOMIC_RELAXED);
    }
}

/* The PC is there before the counter, so that a reader of both finds it whenever the process ends. */
__attribute__((noinline)) void point_reached(uint64_t point, uintptr_t pc) {
    const struct edgewise_module *module = module_of_point(point);
    if (module) {
        uint64_t offset = (pc - object_at(module->object)->base) & EDGEWISE_PC_MASK;
        uint64_t before = atomic_fetch_or(&pcs[point], offset);
        if (!(before & EDGEWISE_PC_MASK) && atomic_load_explicit(&pc_buffer_is_set, memory_order_relaxed)) {
            pc_buffer_append(pc);
        }
    }
}

CALLBACK void __sanitizer_cov_trace_pc_guard(uint32_t *guard) {
    uint32_t number = *guard;
    if (!number || !tables) {
        return;
    }

    if (!(atomic_load_explicit(&pcs[number - 1], memory_order_relaxed) & EDGEWISE_PC_MASK)) {
        point_reached(number - 1, previous(CALLER));
    }

    count(&counters[number - 1]);
}

CALLBACK void __sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop) {
    ensure_started();
    if (!tables || start >= stop || *start || !runtime_lock()) {
        return;
    }

    bool is_new;
    struct edgewise_module *module = module_register(EDGEWISE_GUARDS, (uintptr_t)start, (uint64_t)(stop - start), NULL, &is_new);
    for (uint32_t *guard = start; module && guard < stop; guard++) {
        *guard = (uint32_t)(module->first + 1 + (uint64_t)(guard - start));
    }

    runtime_unlock();
}

/* The slots of an object are registered at its first call. */
static struct edgewise_module *slots_of(uint32_t object) {
    static THREAD_LOCAL struct edgewise_module *last;
    if (last && last->object == object) {
        return last;
    }

    uint32_t modules = __atomic_load_n(&tables->modules.count, __ATOMIC_ACQUIRE);
    for (uint32_t i = 0; i < modules; i++) {
        struct edgewise_module *module = module_at(i);
        if (module->object == object && module->kind == EDGEWISE_TRACE_PC) {
            return last = module;
        }
    }

    const struct edgewise_object *at = object_at(object);
    if (!runtime_lock()) {
        return NULL;
    }

    bool is_new;
    struct edgewise_module *module = module_register(EDGEWISE_TRACE_PC, at->code_start, ((at->code_end - at->code_start) >> SLOT_SHIFT) + 1, NULL, &is_new);
    runtime_unlock();
    return last = module;
}

void record_trace_pc(uintptr_t pc) {
    ensure_started();
    if (!tables) {
        return;
    }

    uint32_t object = (uint32_t)(place_of(pc) >> EDGEWISE_PLACE_BITS);
    const struct edgewise_module *module = object ? slots_of(object) : NULL;
    uint64_t slot = module ? (pc - object_at(object)->code_start) >> SLOT_SHIFT : 0;
    if (!module || slot >= module->count) {
        return;
    }

    if (!(atomic_load_explicit(&pcs[module->first + slot], memory_order_relaxed) & EDGEWISE_PC_MASK)) {
        point_reached(module->first + slot, pc);
    }

    count(&counters[module->first + slot]);
}

CALLBACK void __sanitizer_cov_trace_pc(void) { record_trace_pc(previous(CALLER)); }

CALLBACK void __sanitizer_cov_trace_pc_entry(void) { record_trace_pc(previous(CALLER)); }

CALLBACK void __sanitizer_cov_trace_pc_exit(void) { record_trace_pc(previous(CALLER)); }

static void register_inline(enum edgewise_kind kind, uint8_t *start, uint8_t *stop) {
    ensure_started();
    if (!tables || start >= stop || !runtime_lock()) {
        return;
    }

    bool is_new;
    module_register(kind, (uintptr_t)start, (uint64_t)(stop - start), start, &is_new);
    runtime_unlock();
}

CALLBACK void __sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop) { register_inline(EDGEWISE_COUNTERS, start, stop); }

CALLBACK void __sanitizer_cov_bool_flag_init(uint8_t *start, uint8_t *stop) { register_inline(EDGEWISE_FLAGS, start, stop); }

/* The table belongs to every array of its object that has as many points. Guards keep the PC of their call, which comes with the first hit:
 * the tools that read .sancov files know calls. */
CALLBACK void __sanitizer_cov_pcs_init(const uintptr_t *start, const uintptr_t *stop) {
    ensure_started();
    if (!tables || start >= stop || !runtime_lock()) {
        return;
    }

    uint32_t object = object_of((uintptr_t)start);
    uint64_t points = (uint64_t)(stop - start) / 2;
    for (uint32_t i = 0; object && i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        if (module->object != object || module->count != points || !module->address || module->kind == EDGEWISE_TRACE_PC) {
            continue;
        }

        module->has_pcs = module->kind != EDGEWISE_GUARDS;
        for (uint64_t p = 0; p < points; p++) {
            uint64_t pc = (start[2 * p] - object_at(object)->base) & EDGEWISE_PC_MASK;
            atomic_fetch_or(&pcs[module->first + p], (start[2 * p + 1] & 1 ? EDGEWISE_PC_ENTRY : 0) | (module->has_pcs ? pc : 0));
        }
    }

    runtime_unlock();
}

CALLBACK void __sanitizer_cov_cfs_init(const uintptr_t *start, const uintptr_t *stop) {
    ensure_started();
    if (!tables || start >= stop || !runtime_lock()) {
        return;
    }

    uint32_t object = object_of((uintptr_t)start);
    for (uint32_t i = 0; object && i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        if (module->object == object && module->address) {
            module->control_flow = (uintptr_t)start;
            module->control_flow_words = (uint64_t)(stop - start);
        }
    }

    runtime_unlock();
}
