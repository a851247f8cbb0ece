/* The interface that is still there: dump, reset, and what a program may ask of a PC. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <execinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime.h"

static void (*_Atomic death_callback)(void);

EXPORT void __sanitizer_cov_dump(void) {
    ensure_started();
    if (tables && runtime_lock()) {
        dump_all();
        runtime_unlock();
    }
}

EXPORT void __sanitizer_dump_trace_pc_guard_coverage(void) { __sanitizer_cov_dump(); }

EXPORT void __sanitizer_cov_reset(void) {
    ensure_started();
    if (tables && runtime_lock()) {
        modules_clear(false);
        runtime_unlock();
    }
}

EXPORT void __sanitizer_reset_coverage(void) { __sanitizer_cov_reset(); }

EXPORT void edgewise_reset(void) {
    ensure_started();
    if (tables && runtime_lock()) {
        modules_clear(false);
        sites_clear();
        runtime_unlock();
    }
}

/* PCs that a program collected itself: a .sancov an object. */
EXPORT void __sanitizer_dump_coverage(const uintptr_t *addresses, uintptr_t count) {
    static struct output output;
    ensure_started();
    if (!tables || !count || !runtime_lock()) {
        return;
    }

    size_t size = count * (sizeof(uint64_t) + sizeof(uint32_t));
    uint64_t *offsets = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (offsets == MAP_FAILED) {
        complain("no memory for %zu PCs", (size_t)count);
        runtime_unlock();
        return;
    }

    uint32_t *objects = (uint32_t *)(offsets + count);
    size_t unknown = 0;
    for (size_t i = 0; i < count; i++) {
        objects[i] = addresses[i] ? object_of(addresses[i]) : 0;
        unknown += addresses[i] && !objects[i];
    }

    for (uint32_t object = 1; object <= tables->objects.count; object++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
            if (objects[i] == object) {
                offsets[found++] = addresses[i] - object_at(object)->base;
            }
        }

        if (found) {
            dump_pcs(&output, object, offsets, found);
        }
    }

    if (unknown) {
        complain("%zu PCs lie in no loaded object", unknown);
    }

    munmap(offsets, size);
    runtime_unlock();
}

EXPORT void __sanitizer_set_death_callback(void (*callback)(void)) { atomic_store(&death_callback, callback); }

void death_callback_run(void) {
    void (*callback)(void) = atomic_exchange(&death_callback, NULL);
    if (callback) {
        callback();
    }
}

EXPORT int __sanitizer_get_module_and_offset_for_pc(void *pc, char *path, size_t size, void **offset) {
    ensure_started();
    edgewise_place place = tables ? place_of((uintptr_t)pc) : 0;
    if (!(place >> EDGEWISE_PLACE_BITS)) {
        return 0;
    }

    snprintf(path, size, "%s", object_path_of(place));
    *offset = (void *)(uintptr_t)(place & EDGEWISE_PLACE_MASK);
    return 1;
}

struct text {
    char *at;
    size_t size, used;
};

static void append(struct text *text, const char *what) {
    for (; *what && text->used + 1 < text->size; what++) {
        text->at[text->used++] = *what;
    }
}

/* Of functions it knows those that the dynamic symbol table names, and no lines. */
EXPORT void __sanitizer_symbolize_pc(void *pc, const char *format, char *out, size_t size) {
    struct text text = {out, size, 0};
    char number[64], path[1000] = "";
    void *offset = NULL;
    Dl_info info = {0};
    if (!size) {
        return;
    }

    bool has_function = dladdr(pc, &info) && info.dli_sname;
    __sanitizer_get_module_and_offset_for_pc(pc, path, sizeof path, &offset);
    for (const char *at = format; *at; at++) {
        if (*at != '%' || !at[1]) {
            append(&text, (char[]){*at, 0});
            continue;
        }

        number[0] = 0;
        switch (*++at) {
        case '%': append(&text, "%"); break;
        case 'n': append(&text, "0"); break;
        case 'p': snprintf(number, sizeof number, "0x%zx", (size_t)pc); break;
        case 'm': append(&text, path); break;
        case 'o': snprintf(number, sizeof number, "0x%zx", (size_t)offset); break;
        case 'f': append(&text, has_function ? info.dli_sname : "<null>"); break;
        case 'q': snprintf(number, sizeof number, "0x%zx", has_function ? (size_t)((char *)pc - (char *)info.dli_saddr) : 0); break;
        case 's': append(&text, "<null>"); break;
        case 'l':
        case 'c': append(&text, "0"); break;
        case 'F':
            if (has_function) {
                append(&text, "in ");
                append(&text, info.dli_sname);
                snprintf(number, sizeof number, "+0x%zx", (size_t)((char *)pc - (char *)info.dli_saddr));
            }

            break;
        case 'S':
        case 'L':
        case 'M':
            append(&text, *path ? "(" : "(<unknown module>)");
            append(&text, path);
            if (*path) {
                snprintf(number, sizeof number, "+0x%zx)", (size_t)offset);
            }

            break;
        default: append(&text, (char[]){'%', *at, 0}); break;
        }

        append(&text, number);
    }

    out[text.used] = 0;
}

EXPORT void __sanitizer_print_stack_trace(void) {
    void *frames[256];
    int count = backtrace(frames, 256);
    for (int i = 1; i < count; i++) {
        char line[2048], place[2000];
        __sanitizer_symbolize_pc((char *)frames[i] - 1, "%p %F %L", place, sizeof place);
        int length = snprintf(line, sizeof line, "    #%d %s\n", i - 1, place);
        write_fully(STDERR_FILENO, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    }
}

/* There is no allocator of ours that could call them; 0 says so, as the interface has it. */
EXPORT int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t), void (*on_free)(const volatile void *)) {
    (void)on_malloc;
    (void)on_free;
    return 0;
}
