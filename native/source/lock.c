/* One lock for all that is rare: registration, first hits, dumps. It knows its owner, so that a signal handler that interrupts the owner
 * goes away instead of waiting for itself. */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime.h"

static _Atomic int owner;
static THREAD_LOCAL bool is_inside;

static int self(void) { return (int)syscall(SYS_gettid); }

bool runtime_lock(void) {
    int me = self(), none = 0;
    for (int tries = 0; !atomic_compare_exchange_weak(&owner, &none, me); tries++) {
        if (none == me) {
            return false;
        }

        none = 0;
        if (tries > 100) {
            sched_yield();
        }
    }

    is_inside = true;
    return true;
}

void runtime_unlock(void) {
    is_inside = false;
    atomic_store(&owner, 0);
}

bool runtime_is_inside(void) { return is_inside; }

/* The thread that forked holds the lock, under another number now. */
void runtime_lock_in_child(void) { atomic_store(&owner, self()); }
