/* The other files of 2016. */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime.h"

/* The bit of the hit-count class: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more. */
static uint8_t class_of(uint8_t value) {
    static const uint8_t Bounds[] = {1, 2, 3, 4, 8, 16, 32, 128};
    uint8_t class = 0;
    for (int i = 0; i < 8; i++) {
        class = value >= Bounds[i] ? (uint8_t)(1 << i) : class;
    }

    return class;
}

/* trace-pc has slots, no numbered points. */
static bool is_counted(const struct edgewise_module *module) { return module->kind != EDGEWISE_TRACE_PC && !module_is_repeated(module); }

/* A byte a point of each object, all its arrays behind one another. */
static bool dump_bytes(struct output *output, const char *suffix, bool are_bits) {
    bool is_whole = true;
    for (uint32_t object = 1; object <= tables->objects.count; object++) {
        bool is_open = false;
        for (uint32_t i = 0; i < tables->modules.count; i++) {
            struct edgewise_module *module = module_at(i);
            if (module->object != object || !is_counted(module)) {
                continue;
            }

            if (!is_open) {
                char own[1000], name[1100];
                dump_name(object, own, sizeof own);
                snprintf(name, sizeof name, "%s.%d.%s", own, (int)getpid(), suffix);
                if (!(is_open = output_open(output, options.directory, name))) {
                    is_whole = false;
                    break;
                }
            }

            const uint8_t *values = module_counters(module);
            for (uint64_t p = 0; p < module->count; p++) {
                uint8_t byte = are_bits ? (point_is_covered(module, values, p) ? '1' : '0') : class_of(values ? values[p] : 0);
                output_write(output, &byte, 1);
            }
        }

        is_whole &= !is_open || output_close(output);
    }

    return is_whole;
}

static void print_place(struct output *output, edgewise_place place) {
    const char *path = object_path_of(place), *stripped = *options.strip_path_prefix ? strstr(path, options.strip_path_prefix) : NULL;
    path = stripped ? stripped + strlen(options.strip_path_prefix) : path;
    output_print(output, "%s 0x%llx\n", path, place >> EDGEWISE_PLACE_BITS ? (unsigned long long)(place & EDGEWISE_PLACE_MASK) : 0ull);
}

static bool open_of_process(struct output *output, const char *kind) {
    char name[100];
    snprintf(name, sizeof name, "%s.%d.sancov", kind, (int)getpid());
    return output_open(output, options.directory, name);
}

static bool dump_calls(struct output *output) {
    if (!tables->calls.count || !options.caller_callee) {
        return true;
    }

    if (!open_of_process(output, "caller-callee")) {
        return false;
    }

    const struct edgewise_call *calls = region_of(&tables->calls);
    for (uint32_t i = 0; i < tables->calls.capacity; i++) {
        if (__atomic_load_n(&calls[i].caller, __ATOMIC_ACQUIRE)) {
            print_place(output, calls[i].caller);
            print_place(output, calls[i].callee);
        }
    }

    if (tables->calls.lost) {
        complain("%u indirect calls found no room", tables->calls.lost);
    }

    return output_close(output);
}

/* The line of a point: guards of 2016 alone, without the gaps that pages leave between arrays. */
static uint32_t line_of(uint64_t point) {
    uint64_t line = 0;
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        const struct edgewise_module *module = module_at(i);
        if (module->kind == EDGEWISE_2016 && point - module->first < module->count) {
            return (uint32_t)(line + point - module->first);
        }

        line += module->kind == EDGEWISE_2016 ? module->count : 0;
    }

    return UINT32_MAX;
}

static bool dump_trace(struct output *output) {
    uint64_t made = atomic_load(&trace_count), kept = made < options.trace_events ? made : options.trace_events;
    if (!made || !options.trace || !trace_buffer) {
        return true;
    }

    bool is_whole = open_of_process(output, "trace-points");
    for (uint32_t i = 0; is_whole && i < tables->modules.count; i++) {
        const struct edgewise_module *module = module_at(i);
        for (uint64_t p = 0; module->kind == EDGEWISE_2016 && p < module->count; p++) {
            uint64_t pc = atomic_load(&pcs[module->first + p]) & EDGEWISE_PC_MASK;
            print_place(output, pc ? (uint64_t)module->object << EDGEWISE_PLACE_BITS | pc : 0);
        }
    }

    is_whole = is_whole && output_close(output) && open_of_process(output, "trace-compunits");
    for (uint32_t i = 0; is_whole && i < tables->modules.count; i++) {
        const struct edgewise_module *module = module_at(i);
        if (module->kind == EDGEWISE_2016) {
            output_print(output, "%s\n", module->unit ? (const char *)(uintptr_t)module->unit : base_name(object_at(module->object)->path));
        }
    }

    is_whole = is_whole && output_close(output) && open_of_process(output, "trace-events");
    if (is_whole) {
        for (uint64_t i = 0; i < kept; i++) {
            uint32_t line = line_of(trace_buffer[i]);
            output_write(output, &line, sizeof line);
        }

        is_whole = output_close(output);
    }

    if (made > kept) {
        complain("%llu events of the trace found no room", (unsigned long long)(made - kept));
    }

    return is_whole;
}

/* PID.sancov.raw and PID.sancov.map: the PCs in the process that were reached, by point, and which addresses were whose. */
static bool dump_raw_pair(struct output *output) {
    char name[64];
    snprintf(name, sizeof name, "%d.sancov.raw", (int)getpid());
    if (!output_open(output, options.directory, name)) {
        return false;
    }

    for (uint32_t i = 0; i < tables->modules.count; i++) {
        const struct edgewise_module *module = module_at(i);
        for (uint64_t p = 0; !module_is_repeated(module) && p < module->count; p++) {
            uint64_t pc = atomic_load(&pcs[module->first + p]) & EDGEWISE_PC_MASK;
            bool is_gone = object_at(module->object)->is_gone; /* its addresses may be another's by now */
            uintptr_t address = pc && !is_gone && point_is_covered(module, module_counters(module), p) ? (uintptr_t)(object_at(module->object)->base + pc) : 0;
            if (address || module->kind != EDGEWISE_TRACE_PC) {
                output_write(output, &address, sizeof address);
            }
        }
    }

    bool is_whole = output_close(output);
    snprintf(name, sizeof name, "%d.sancov.map", (int)getpid());
    if (!output_open(output, options.directory, name)) {
        return false;
    }

    output_print(output, "%d\n", (int)sizeof(uintptr_t) * 8);
    for (uint32_t number = 1; number <= tables->objects.count; number++) {
        const struct edgewise_object *object = object_at(number);
        if (!object->is_gone) {
            output_print(output, "%llx %llx %llx %s\n", (unsigned long long)object->code_start, (unsigned long long)object->code_end,
                (unsigned long long)object->base, base_name(object->path));
        }
    }

    return output_close(output) & is_whole;
}

bool dump_2016(struct output *output) {
    bool is_whole = !options.bitset || dump_bytes(output, "bitset-sancov", true);
    is_whole &= !options.counters || dump_bytes(output, "counters-sancov", false);
    is_whole &= !options.direct || dump_raw_pair(output);
    is_whole &= dump_trace(output);
    return dump_calls(output) & is_whole;
}
