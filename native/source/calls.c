/* Indirect calls: each pair of caller and callee once. */
#include "runtime.h"

#define PROBES 256u

void call_record(uintptr_t caller, uintptr_t callee) {
    ensure_started();
    static _Atomic int state;
    if (!tables) {
        return;
    }

    if (atomic_load_explicit(&state, memory_order_acquire) == 0 && runtime_lock()) {
        atomic_store_explicit(&state, region_commit(&tables->calls) ? 1 : -1, memory_order_release);
        runtime_unlock();
    }

    if (atomic_load_explicit(&state, memory_order_relaxed) <= 0) {
        return;
    }

    edgewise_place from = place_of(caller), to = place_of(callee);
    uint64_t key = (from * UINT64_C(0x9E3779B97F4A7C15) ^ to) * UINT64_C(0xC2B2AE3D27D4EB4F) | 1;
    struct edgewise_call *calls = region_of(&tables->calls);
    for (uint32_t probe = 0; probe < PROBES; probe++) {
        struct edgewise_call *call = &calls[((key >> 32) + probe) & (tables->calls.capacity - 1)];
        uint64_t taken = __atomic_load_n(&call->caller_key, __ATOMIC_ACQUIRE);
        if (!taken && __atomic_compare_exchange_n(&call->caller_key, &taken, key, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            call->callee = to;
            __atomic_store_n(&call->caller, from, __ATOMIC_RELEASE);
            __atomic_fetch_add(&tables->calls.count, 1, __ATOMIC_RELAXED);
            return;
        }

        if (taken == key) {
            return;
        }
    }

    __atomic_fetch_add(&tables->calls.lost, 1, __ATOMIC_RELAXED);
}

uint64_t calls_count(void) { return tables ? tables->calls.count : 0; }

CALLBACK void __sanitizer_cov_trace_pc_indir(uintptr_t callee) { call_record(CALLER - 1, callee); }

/* 2016: the cache belongs to the program; [0] is told the caller, [1] how many callees it has room for. */
CALLBACK void __sanitizer_cov_indir_call16(uintptr_t callee, uintptr_t cache[16]) {
    uintptr_t caller = CALLER - 1;
    cache[0] = caller;
    cache[1] = 16;
    for (int i = 2; i < 16; i++) {
        if (cache[i] == callee) {
            return;
        }

        if (!cache[i]) {
            cache[i] = callee;
            break;
        }
    }

    call_record(caller, callee);
}
