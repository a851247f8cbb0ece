/* The arrays of points that objects register, and where their counters are. Inline counters lie in the object's own data; where the map has
 * a descriptor their pages are replaced by pages of the map, at the same addresses, so that each store goes to the map. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime.h"

static bool is_remapped;

struct edgewise_module *module_at(uint32_t index) { return (struct edgewise_module *)region_of(&tables->modules) + index; }

struct edgewise_module *module_of_point(uint64_t point) {
    uint32_t count = __atomic_load_n(&tables->modules.count, __ATOMIC_ACQUIRE);
    for (uint32_t i = 0; i < count; i++) {
        struct edgewise_module *module = module_at(i);
        if (point - module->first < module->count) {
            return module;
        }
    }

    return NULL;
}

uint8_t *module_counters(const struct edgewise_module *module) {
    return module->is_mapped ? counters + module->first : (uint8_t *)(uintptr_t)module->address;
}

bool point_is_covered(const struct edgewise_module *module, const uint8_t *values, uint64_t index) {
    uint64_t pc = atomic_load_explicit(&pcs[module->first + index], memory_order_relaxed);
    return (values && values[index]) || (pc & EDGEWISE_PC_SEEN) || (module->kind == EDGEWISE_2016 && (pc & EDGEWISE_PC_MASK));
}

/* Of an object with guards, counters and flags at the very same points each point counts once, by its guard: its PC is that of a call, as the
 * tools that read .sancov files expect. */
bool module_is_repeated(const struct edgewise_module *module) {
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        const struct edgewise_module *other = module_at(i);
        if (other->kind < module->kind && module->kind <= EDGEWISE_FLAGS && other->object == module->object && other->count == module->count) {
            return true;
        }
    }

    return false;
}

void modules_of_object_gone(uint32_t object) {
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        if (module->object == object) {
            module->address = module->control_flow = module->control_flow_words = module->unit = 0;
        }
    }
}

static bool map_pages(uint8_t *at, uint64_t first, uint64_t count) {
    size_t page = page_size(), start = (uintptr_t)at & ~(page - 1), end = ((uintptr_t)at + count + page - 1) & ~(page - 1);
    off_t offset = (off_t)(counters + first - map_store.start) - (off_t)((uintptr_t)at - start);
    return mmap((void *)start, end - start, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, map_store.file, offset) != MAP_FAILED;
}

/* The pages hold neighbours of the counters too: their content goes along. What the map counted before an object came again is kept. */
static bool remap(uint8_t *at, uint64_t first, uint64_t count) {
    size_t page = page_size(), start = (uintptr_t)at & ~(page - 1), end = ((uintptr_t)at + count + page - 1) & ~(page - 1);
    uint8_t *alias = counters + first - ((uintptr_t)at - start);
    for (uint64_t i = 0; i < count; i++) {
        at[i] |= counters[first + i];
    }

    memcpy(alias, (void *)start, end - start);
    return is_remapped = map_pages(at, first, count) || is_remapped;
}

/* The counters of a forked child are in another descriptor than its parent's. */
void modules_in_child(void) {
    for (uint32_t i = 0; is_remapped && i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        if (!module->is_mapped || !module->address) {
            continue;
        }

        uint8_t *at = (uint8_t *)(uintptr_t)module->address;
        if (map_store.file >= 0) {
            map_pages(at, module->first, module->count);
            continue;
        }

        /* No descriptor is left: pages of its own, read by address. */
        size_t page = page_size(), start = (uintptr_t)at & ~(page - 1), end = ((uintptr_t)at + module->count + page - 1) & ~(page - 1);
        void *copy = mmap(NULL, end - start, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (copy != MAP_FAILED) {
            memcpy(copy, (void *)start, end - start);
            mremap(copy, end - start, end - start, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)start);
            module->is_mapped = 0;
        }
    }
}

/* Only in a constructor of the object, when nobody else writes there. */
static bool is_one_memory(uint8_t *left, uint8_t *right) {
    uint8_t value = *right, other = value ^ UINT8_MAX;
    *(volatile uint8_t *)right = other;
    bool is_one = *(volatile uint8_t *)left == other;
    *(volatile uint8_t *)right = value;
    return is_one;
}

static struct edgewise_module *find(uint32_t object, enum edgewise_kind kind, uintptr_t at, uint64_t count, bool is_live) {
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        if (module->object == object && module->kind == kind && module->count == count && (is_live ? module->address == at : module->address == 0)) {
            return module;
        }
    }

    return NULL;
}

static struct edgewise_module *append(uint32_t object, enum edgewise_kind kind, uint64_t count, const uint8_t *inline_counters) {
    uint64_t first, page = page_size();
    bool is_paged = inline_counters && map_store.file >= 0;
    if (!region_commit(&tables->modules) || tables->modules.count == tables->modules.capacity
        || !points_allocate(count, is_paged ? page : 1, is_paged ? (uintptr_t)inline_counters & (page - 1) : 0, &first)) {
        tables->modules.lost++;
        return NULL;
    }

    struct edgewise_module *module = module_at(tables->modules.count);
    *module = (struct edgewise_module){.object = object, .kind = kind, .first = first, .count = count};
    return module;
}

/* Registers an array of points at an address of an object; the lock is held. A second call for what is there returns null. */
struct edgewise_module *module_register(enum edgewise_kind kind, uintptr_t at, uint64_t count, uint8_t *inline_counters, bool *is_new) {
    uint32_t object = object_of(at);
    if (!object) {
        complain("0x%zx: points of no known object", (size_t)at);
        return NULL;
    }

    *is_new = false;
    struct edgewise_module *module = find(object, kind, at, count, true);
    if (module && inline_counters && module->is_mapped && !is_one_memory(inline_counters, counters + module->first)) {
        remap(inline_counters, module->first, count); /* the object was closed and came again at the same address */
    }

    if (module) {
        return module;
    }

    module = find(object, kind, at, count, false);
    if (module && inline_counters && ((module->first ^ (uintptr_t)inline_counters) & (page_size() - 1)) && module->is_mapped) {
        module = NULL;
    }

    *is_new = true;
    bool is_known = module != NULL;
    module = is_known ? module : append(object, kind, count, inline_counters);
    if (!module) {
        return NULL;
    }

    module->address = at;
    module->is_mapped = !inline_counters || (map_store.file >= 0 && remap(inline_counters, module->first, count));
    if (!is_known) {
        map_append(object_at(object), module->first, count);
        __atomic_store_n(&tables->modules.count, tables->modules.count + 1, __ATOMIC_RELEASE);
    }

    return module;
}

void modules_clear(bool keep_seen) {
    for (uint32_t i = 0; i < tables->modules.count; i++) {
        struct edgewise_module *module = module_at(i);
        uint8_t *values = module_counters(module);
        for (uint64_t p = 0; p < module->count; p++) {
            _Atomic uint64_t *pc = &pcs[module->first + p];
            if (keep_seen && values && values[p]) {
                atomic_fetch_or(pc, EDGEWISE_PC_SEEN);
            } else if (!keep_seen && (atomic_load(pc) & EDGEWISE_PC_SEEN)) {
                atomic_fetch_and(pc, ~EDGEWISE_PC_SEEN);
            }

            if (!keep_seen && module->kind == EDGEWISE_2016) {
                atomic_store(pc, 0);
            }

            if (values && values[p]) {
                values[p] = 0;
            }
        }
    }
}
