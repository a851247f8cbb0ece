/* In the shared library alone: a dlclose in front of the C library's. Without it an object that comes to lie where another was is noticed
 * when it registers; one that only calls trace-pc registers nothing. */
#define _GNU_SOURCE
#include <dlfcn.h>

#include "runtime.h"

EXPORT int dlclose(void *handle) {
    static int (*_Atomic next)(void *);
    int (*real)(void *) = atomic_load(&next);
    if (!real) {
        *(void **)&real = dlsym(RTLD_NEXT, "dlclose");
        atomic_store(&next, real);
    }

    int result = real ? real(handle) : -1;
    objects_changed();
    return result;
}
