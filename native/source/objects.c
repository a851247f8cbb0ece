/* Loaded ELF objects. Name, addresses and build id are taken when an object is first met, so that what is known of it outlives it. */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

#include "runtime.h"

static unsigned long long unloads_seen;
static bool unloads_known;
static _Atomic uint32_t generation;

static THREAD_LOCAL struct {
    uintptr_t start, end, base;
    uint32_t number, generation;
} last_object;

const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

struct edgewise_object *object_at(uint32_t number) { return (struct edgewise_object *)region_of(&tables->objects) + (number - 1); }

static void read_build_id(const struct dl_phdr_info *info, const ElfW(Phdr) *header, struct edgewise_object *object) {
    const uint8_t *at = (const uint8_t *)(info->dlpi_addr + header->p_vaddr), *end = at + header->p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
        const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)at;
        const uint8_t *name = at + sizeof *note, *data = name + ((note->n_namesz + 3) & ~3u);
        at = data + ((note->n_descsz + 3) & ~3u);
        if (at > end || at < data) {
            return;
        }

        if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && !memcmp(name, "GNU", 4)) {
            object->build_id_size = note->n_descsz < sizeof object->build_id ? note->n_descsz : sizeof object->build_id;
            memcpy(object->build_id, data, object->build_id_size);
            return;
        }
    }
}

static void describe(const struct dl_phdr_info *info, struct edgewise_object *object) {
    memset(object, 0, sizeof *object);
    object->base = info->dlpi_addr;
    object->start = object->code_start = UINT64_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uint64_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;
        if (header->p_type == PT_LOAD) {
            object->start = start < object->start ? start : object->start;
            object->end = end > object->end ? end : object->end;
            if (header->p_flags & PF_X) {
                object->code_start = start < object->code_start ? start : object->code_start;
                object->code_end = end > object->code_end ? end : object->code_end;
            }
        }
    }
}

static void name_object(const struct dl_phdr_info *info, struct edgewise_object *object) {
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type == PT_NOTE && !object->build_id_size) {
            read_build_id(info, &info->dlpi_phdr[i], object);
        }
    }

    if (info->dlpi_name && *info->dlpi_name) {
        strncpy(object->path, info->dlpi_name, sizeof object->path - 1);
        return;
    }

    ssize_t length = readlink("/proc/self/exe", object->path, sizeof object->path - 1);
    if (length <= 0) {
        strncpy(object->path, program_invocation_name, sizeof object->path - 1);
    }
}

struct search {
    uintptr_t address;
    struct edgewise_object found;
    bool is_found;
    unsigned long long unloads;
    uint64_t present[1024 / 64]; /* of the objects that are known */
};

static bool is_same_build(const struct edgewise_object *left, const struct edgewise_object *right) {
    return !strcmp(left->path, right->path) && left->build_id_size == right->build_id_size && !memcmp(left->build_id, right->build_id, sizeof left->build_id)
        && left->end - left->start == right->end - right->start && left->code_start - left->base == right->code_start - right->base;
}

static int visit(struct dl_phdr_info *info, size_t size, void *argument) {
    struct search *search = argument;
    struct edgewise_object object;
    if (size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof info->dlpi_subs) {
        search->unloads = info->dlpi_subs;
    }

    describe(info, &object);
    if (search->address >= object.start && search->address < object.end) {
        search->found = object;
        name_object(info, &search->found);
        search->is_found = true;
    }

    for (uint32_t i = 0; i < tables->objects.count; i++) {
        const struct edgewise_object *known = object_at(i + 1);
        if (known->is_gone || known->base != object.base || known->start != object.start || known->end != object.end) {
            continue;
        }

        /* Another one may have come to lie just there. */
        if (!*object.path) {
            name_object(info, &object);
        }

        if (is_same_build(known, &object)) {
            search->present[i / 64] |= UINT64_C(1) << (i % 64);
        }
    }

    return 0;
}

static void retire_missing(const struct search *search) {
    for (uint32_t i = 0; i < tables->objects.count; i++) {
        struct edgewise_object *object = object_at(i + 1);
        if (!object->is_gone && !(search->present[i / 64] & UINT64_C(1) << (i % 64))) {
            object->is_gone = 1;
            modules_of_object_gone(i + 1);
        }
    }

    atomic_fetch_add(&generation, 1);
}

/* An object that comes again, perhaps elsewhere, is the one that it was. */
static uint32_t add(const struct edgewise_object *object) {
    for (uint32_t i = 1; i <= tables->objects.count; i++) {
        struct edgewise_object *known = object_at(i);
        if (known->is_gone && is_same_build(known, object)) {
            *known = *object;
            return i;
        }
    }

    if (!region_commit(&tables->objects) || tables->objects.count == tables->objects.capacity) {
        tables->objects.lost++;
        return 0;
    }

    *object_at(tables->objects.count + 1) = *object;
    __atomic_store_n(&tables->objects.count, tables->objects.count + 1, __ATOMIC_RELEASE);
    return tables->objects.count;
}

static uint32_t known_object_of(uintptr_t address) {
    uint32_t count = __atomic_load_n(&tables->objects.count, __ATOMIC_ACQUIRE);
    for (uint32_t i = 1; i <= count; i++) {
        const struct edgewise_object *object = object_at(i);
        if (!object->is_gone && address >= object->start && address < object->end) {
            return i;
        }
    }

    return 0;
}

/* Looks at what is loaded now; the lock is held. */
uint32_t object_of(uintptr_t address) {
    struct search search = {.address = address};
    dl_iterate_phdr(visit, &search);
    if (!unloads_known || search.unloads != unloads_seen) {
        unloads_seen = search.unloads;
        unloads_known = true;
        retire_missing(&search);
    }

    uint32_t number = known_object_of(address);
    return number || !search.is_found ? number : add(&search.found);
}

uint64_t objects_unloaded(void) { return unloads_seen; }

/* Something was unloaded: what threads remember may be of another object. */
void objects_changed(void) {
    if (tables && runtime_lock()) {
        object_of(0);
        runtime_unlock();
    }
}

/* Of code that is running: without a lock but for the first address of an object. */
edgewise_place place_of(uintptr_t address) {
    uint32_t now = atomic_load_explicit(&generation, memory_order_relaxed);
    if (address >= last_object.start && address < last_object.end && last_object.generation == now) {
        return (uint64_t)last_object.number << EDGEWISE_PLACE_BITS | (address - last_object.base);
    }

    uint32_t number = known_object_of(address);
    if (!number && runtime_lock()) {
        number = object_of(address);
        runtime_unlock();
    }

    if (!number) {
        return address & EDGEWISE_PLACE_MASK;
    }

    const struct edgewise_object *object = object_at(number);
    last_object.start = object->start;
    last_object.end = object->end;
    last_object.base = object->base;
    last_object.number = number;
    last_object.generation = now;
    return (uint64_t)number << EDGEWISE_PLACE_BITS | (address - object->base);
}

uintptr_t address_of(edgewise_place place) {
    uint32_t number = (uint32_t)(place >> EDGEWISE_PLACE_BITS);
    uint64_t offset = place & EDGEWISE_PLACE_MASK;
    return (uintptr_t)(number ? object_at(number)->base + offset : offset);
}

const char *object_path_of(edgewise_place place) {
    uint32_t number = (uint32_t)(place >> EDGEWISE_PLACE_BITS);
    return number ? object_at(number)->path : "<unknown>";
}
