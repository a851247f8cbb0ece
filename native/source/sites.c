/* What compares, divisions, indices, switches, loads and stores saw last, by the place of the call. Several threads may write one slot: the
 * sequence is odd while one does, the others go by, and a reader takes what has the same even sequence before and after. */
#define _GNU_SOURCE
#include "runtime.h"

#define PROBES 64u

THREAD_LOCAL EXPORT uintptr_t __sancov_lowest_stack = UINTPTR_MAX;

static inline uint64_t mix(uint64_t value) {
    value *= UINT64_C(0x9E3779B97F4A7C15);
    return value ^ value >> 29;
}

static bool commit_once(struct edgewise_region *region, _Atomic int *state) {
    if (atomic_load_explicit(state, memory_order_acquire) == 0) {
        ensure_started();
        if (!tables || !runtime_lock()) {
            return false;
        }

        atomic_store_explicit(state, region_commit(region) ? 1 : -1, memory_order_release);
        runtime_unlock();
    }

    return atomic_load_explicit(state, memory_order_relaxed) > 0;
}

static bool sites_ready(void) {
    static _Atomic int state;
    ensure_started();
    return tables && commit_once(&tables->sites, &state);
}

static struct edgewise_site *slot_of(uint64_t place, unsigned kind, unsigned argument) {
    struct edgewise_site *sites = region_of(&tables->sites);
    uint32_t mask = tables->sites.capacity - 1;
    uint32_t at = (uint32_t)(mix(place + argument) >> 20);
    for (uint32_t probe = 0; probe < PROBES; probe++) {
        struct edgewise_site *site = &sites[(at + probe) & mask];
        uint64_t taken = __atomic_load_n(&site->place, __ATOMIC_ACQUIRE);
        if (!taken && __atomic_compare_exchange_n(&site->place, &taken, place, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            site->argument = (uint16_t)argument;
            site->kind = (uint8_t)kind;
            __atomic_fetch_add(&tables->sites.count, 1, __ATOMIC_RELAXED);
            return site;
        }

        if (taken == place && site->argument == argument) {
            return site;
        }
    }

    __atomic_fetch_add(&tables->sites.lost, 1, __ATOMIC_RELAXED);
    return NULL;
}

static bool begin(uint32_t *sequence) {
    uint32_t now = __atomic_load_n(sequence, __ATOMIC_RELAXED);
    return !(now & 1) && __atomic_compare_exchange_n(sequence, &now, now + 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static void end(uint32_t *sequence) { __atomic_store_n(sequence, *sequence + 1, __ATOMIC_RELEASE); }

/* The first cases of a site are kept; they are constants. */
static void keep_cases(struct edgewise_site *site, const uint64_t *cases) {
    uint64_t count = cases[0];
    if (site->case_count || !runtime_lock()) {
        return;
    }

    struct edgewise_region *region = &tables->cases;
    if (count <= region->capacity - region->count && region_commit(region)) {
        uint64_t *kept = (uint64_t *)region_of(region) + region->count;
        for (uint64_t i = 0; i < count; i++) {
            kept[i] = cases[i + 2];
        }

        site->first_case = region->count;
        region->count += (uint32_t)count;
        __atomic_store_n(&site->case_count, (uint32_t)count, __ATOMIC_RELEASE);
    } else {
        region->lost += (uint32_t)count;
    }

    runtime_unlock();
}

static struct edgewise_site *record(uintptr_t pc, unsigned kind, unsigned width, unsigned argument, uint64_t left, uint64_t right) {
    if (!sites_ready()) {
        return NULL;
    }

    struct edgewise_site *site = slot_of(place_of(pc - 1), kind, argument);
    if (!site || !begin(&site->sequence)) {
        return site;
    }

    site->kind = (uint8_t)kind;
    site->width = (uint8_t)width;
    site->left = left;
    site->right = right;
    site->hits += site->hits != UINT32_MAX;
    end(&site->sequence);
    return site;
}

void site_record(uintptr_t pc, enum edgewise_site_kind kind, unsigned width, unsigned argument, uint64_t left, uint64_t right) {
    record(pc, kind, width, argument, left, right);
}

#define COMPARES(bytes, type)                                                                                                    \
    CALLBACK void __sanitizer_cov_trace_cmp##bytes(type left, type right) { record(CALLER, EDGEWISE_COMPARE, bytes, 0, left, right); } \
    CALLBACK void __sanitizer_cov_trace_const_cmp##bytes(type constant, type value) { record(CALLER, EDGEWISE_CONSTANT_COMPARE, bytes, 0, constant, value); }

COMPARES(1, uint8_t)
COMPARES(2, uint16_t)
COMPARES(4, uint32_t)
COMPARES(8, uint64_t)

#define ACCESSES(bytes)                                                                                                                         \
    CALLBACK void __sanitizer_cov_load##bytes(void *address) { record(CALLER, EDGEWISE_LOAD, bytes, 0, (uintptr_t)address, 0); }   \
    CALLBACK void __sanitizer_cov_store##bytes(void *address) { record(CALLER, EDGEWISE_STORE, bytes, 0, (uintptr_t)address, 0); }

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

/* Of early 2016: the width in bits stands above the predicate. */
CALLBACK void __sanitizer_cov_trace_cmp(uint64_t size_and_predicate, uint64_t left, uint64_t right) {
    record(CALLER, EDGEWISE_COMPARE, (unsigned)(size_and_predicate >> 32) / 8, 0, left, right);
}

CALLBACK void __sanitizer_cov_trace_switch(uint64_t value, uint64_t *cases) {
    struct edgewise_site *site = record(CALLER, EDGEWISE_SWITCH, (unsigned)(cases[1] + 7) / 8, 0, value, 0);
    if (site) {
        keep_cases(site, cases);
    }
}

CALLBACK void __sanitizer_cov_trace_div4(uint32_t divisor) { record(CALLER, EDGEWISE_DIVISION, 4, 0, divisor, 0); }

CALLBACK void __sanitizer_cov_trace_div8(uint64_t divisor) { record(CALLER, EDGEWISE_DIVISION, 8, 0, divisor, 0); }

CALLBACK void __sanitizer_cov_trace_gep(uintptr_t index) { record(CALLER, EDGEWISE_INDEX, 8, 0, index, 0); }

CALLBACK void __sanitizer_cov_trace_args(uint64_t pc, uint32_t argument, uint32_t size, uint64_t value, uint64_t *offsets, uint32_t fields) {
    (void)offsets;
    record((uintptr_t)pc + 1, EDGEWISE_ARGUMENT, size, argument, value, fields);
}

CALLBACK void __sanitizer_cov_trace_ret(uint64_t pc, uint32_t size, uint64_t value, uint64_t *offsets, uint32_t fields) {
    (void)offsets;
    record((uintptr_t)pc + 1, EDGEWISE_RETURN, size, UINT16_MAX, value, fields);
}

CALLBACK void __sanitizer_cov_stack_depth(void) {
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    if (frame < __sancov_lowest_stack) {
        __sancov_lowest_stack = frame;
    }
}

EXPORT uintptr_t edgewise_lowest_stack(void) { return __sancov_lowest_stack; }

static bool sequences_ready(void) {
    static _Atomic int state;
    ensure_started();
    return tables && commit_once(&tables->sequences, &state);
}

static void keep_bytes(uint8_t *target, const void *bytes, size_t length) {
    for (size_t i = 0; i < length && i < EDGEWISE_SEQUENCE_BYTES; i++) {
        target[i] = ((const uint8_t *)bytes)[i];
    }
}

static void record_sequence(void *pc, const void *left, size_t left_length, const void *right, size_t right_length, bool is_text, bool is_equal) {
    /* What the runtime itself compares is nobody's business. */
    if (runtime_is_inside() || !sequences_ready()) {
        return;
    }

    uint64_t place = place_of((uintptr_t)pc - 1);
    struct edgewise_sequence *all = region_of(&tables->sequences);
    uint32_t mask = tables->sequences.capacity - 1, at = (uint32_t)(mix(place) >> 20);
    for (uint32_t probe = 0; probe < PROBES; probe++) {
        struct edgewise_sequence *slot = &all[(at + probe) & mask];
        uint64_t taken = __atomic_load_n(&slot->place, __ATOMIC_ACQUIRE);
        if (!taken && __atomic_compare_exchange_n(&slot->place, &taken, place, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            taken = place;
            __atomic_fetch_add(&tables->sequences.count, 1, __ATOMIC_RELAXED);
        }

        if (taken == place) {
            if (begin(&slot->sequence)) {
                slot->is_text = is_text;
                slot->is_equal = is_equal;
                slot->left_length = (uint32_t)left_length;
                slot->right_length = (uint32_t)right_length;
                keep_bytes(slot->left, left, left_length);
                keep_bytes(slot->right, right, right_length);
                end(&slot->sequence);
            }

            return;
        }
    }

    __atomic_fetch_add(&tables->sequences.lost, 1, __ATOMIC_RELAXED);
}

/* Not strlen: a sanitizer may watch that one, and call us. */
static size_t length_of(const char *text, size_t most) {
    size_t length = 0;
    while (length < most && text[length]) {
        length++;
    }

    return length;
}

static void record_text(void *pc, const char *left, const char *right, size_t most, bool is_equal) {
    record_sequence(pc, left, length_of(left, most), right, length_of(right, most), true, is_equal);
}

CALLBACK void __sanitizer_weak_hook_memcmp(void *pc, const void *left, const void *right, size_t size, int result) {
    record_sequence(pc, left, size, right, size, false, result == 0);
}

CALLBACK void __sanitizer_weak_hook_strncmp(void *pc, const char *left, const char *right, size_t size, int result) { record_text(pc, left, right, size, result == 0); }

CALLBACK void __sanitizer_weak_hook_strncasecmp(void *pc, const char *left, const char *right, size_t size, int result) { record_text(pc, left, right, size, result == 0); }

CALLBACK void __sanitizer_weak_hook_strcmp(void *pc, const char *left, const char *right, int result) { record_text(pc, left, right, UINT32_MAX, result == 0); }

CALLBACK void __sanitizer_weak_hook_strcasecmp(void *pc, const char *left, const char *right, int result) { record_text(pc, left, right, UINT32_MAX, result == 0); }

CALLBACK void __sanitizer_weak_hook_strstr(void *pc, const char *text, const char *part, char *result) { record_text(pc, text, part, UINT32_MAX, result != NULL); }

CALLBACK void __sanitizer_weak_hook_strcasestr(void *pc, const char *text, const char *part, char *result) { record_text(pc, text, part, UINT32_MAX, result != NULL); }

CALLBACK void __sanitizer_weak_hook_memmem(void *pc, const void *text, size_t length, const void *part, size_t part_length, void *result) {
    record_sequence(pc, text, length, part, part_length, false, result != NULL);
}

static void clear_region(struct edgewise_region *region) {
    if (region->count) {
        uint64_t *words = region_of(region);
        for (size_t i = 0; i < (size_t)region->capacity * region->record_size / sizeof *words; i++) {
            words[i] = 0;
        }

        region->count = region->lost = 0;
    }
}

void sites_clear(void) {
    clear_region(&tables->sites);
    clear_region(&tables->sequences);
    tables->cases.count = tables->cases.lost = 0;
    __sancov_lowest_stack = UINTPTR_MAX;
}

/* A thread that is not in the child may have been writing. */
void sites_in_child(void) {
    struct edgewise_site *sites = region_of(&tables->sites);
    for (uint32_t i = 0; tables->sites.count && i < tables->sites.capacity; i++) {
        sites[i].sequence += sites[i].sequence & 1;
    }

    struct edgewise_sequence *sequences = region_of(&tables->sequences);
    for (uint32_t i = 0; tables->sequences.count && i < tables->sequences.capacity; i++) {
        sequences[i].sequence += sequences[i].sequence & 1;
    }
}
