/* The map and the tables: where they lie, and how they grow. The map has the format of the .NET runtime (docs/formats.md). */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime.h"

#define MAP_TABLE_OFFSET 64u
#define MAP_COUNTERS_OFFSET (512u * 1024)
#define MAP_TABLE_SIZE (MAP_COUNTERS_OFFSET - MAP_TABLE_OFFSET)
#define MAP_ENTRY_PREFIX 64u
#define MAP_VERSION 1u
#define MAP_ALIGNMENT (64u * 1024)
#define LARGEST_POINTS ((size_t)1 << 30)
#define SMALLEST_POINTS ((size_t)1 << 22)

struct map_header {
    char magic[8];
    uint32_t version;
    uint32_t modules;
    uint64_t table_offset, table_size;
    uint64_t counters_offset, counters_size;
    uint32_t process;
    uint8_t zeros[12];
};

_Static_assert(sizeof(struct edgewise_object) == 1016 && sizeof(struct edgewise_module) == 80 && sizeof(struct edgewise_site) == 64
    && sizeof(struct edgewise_sequence) == 152 && sizeof(struct edgewise_call) == 24 && sizeof(struct map_header) == 64, "sizes of the formats");

struct store map_store, table_store;
struct edgewise_tables *tables;
uint8_t *counters;
_Atomic uint64_t *pcs;
bool has_map_file;

static uint64_t points_used, points_committed, table_used;

static void place_region(struct edgewise_region *region, uint64_t *offset, uint32_t capacity, uint32_t record_size) {
    region->offset = *offset;
    region->capacity = capacity;
    region->record_size = record_size;
    *offset += ((uint64_t)capacity * record_size + MAP_ALIGNMENT - 1) & ~(uint64_t)(MAP_ALIGNMENT - 1);
}

static uint64_t place_regions(struct edgewise_tables *at) {
    uint64_t offset = MAP_ALIGNMENT;
    place_region(&at->objects, &offset, 1024, sizeof(struct edgewise_object));
    place_region(&at->modules, &offset, 4096, sizeof(struct edgewise_module));
    place_region(&at->sites, &offset, 1u << 16, sizeof(struct edgewise_site));
    place_region(&at->sequences, &offset, 1u << 12, sizeof(struct edgewise_sequence));
    place_region(&at->calls, &offset, 1u << 16, sizeof(struct edgewise_call));
    place_region(&at->cases, &offset, 1u << 16, sizeof(uint64_t));
    place_region(&at->pcs, &offset, 0, sizeof(uint64_t));
    return offset;
}

static bool open_files(const char *path) {
    char beside[PATH_MAX + 16];
    snprintf(beside, sizeof beside, "%s.native", path);
    if (access(path, F_OK) == 0) {
        complain("%s: the file exists; counters stay in memory", path);
        return false;
    }

    if (!store_open_file(&map_store, path) || !store_open_file(&table_store, beside)) {
        complain("%s: %s; counters stay in memory", path, strerror(errno));
        return false;
    }

    return true;
}

static void forget_files(void) {
    struct store *stores[] = {&map_store, &table_store};
    for (int i = 0; i < 2; i++) {
        if (stores[i]->file >= 0) {
            close(stores[i]->file);
            unlink(stores[i]->path);
        }

        stores[i]->file = -1;
        stores[i]->path[0] = 0;
    }
}

static void map_path(char *path, size_t size) {
    if (*options.map_file) {
        snprintf(path, size, "%s", options.map_file);
    } else {
        snprintf(path, size, "%s/%d.edgewise-map", options.directory, (int)getpid());
    }
}

static void publish(const char *path) {
    char beside[PATH_MAX + 16];
    snprintf(beside, sizeof beside, "%s.native", path);
    store_publish(&table_store, beside);
    store_publish(&map_store, path);
}

static bool write_headers(void) {
    if (!store_commit(&map_store, 0, MAP_COUNTERS_OFFSET) || !store_commit(&table_store, 0, sizeof *tables)) {
        return false;
    }

    struct map_header *header = (struct map_header *)map_store.start;
    *header = (struct map_header){
        .version = MAP_VERSION, .table_offset = MAP_TABLE_OFFSET, .table_size = MAP_TABLE_SIZE, .counters_offset = MAP_COUNTERS_OFFSET, .process = (uint32_t)getpid()};
    memcpy(header->magic, "EDGEWMAP", 8);
    tables = (struct edgewise_tables *)table_store.start;
    place_regions(tables);
    tables->version = EDGEWISE_TABLES_VERSION;
    tables->process = (uint32_t)getpid();
    tables->counters_offset = MAP_COUNTERS_OFFSET;
    memcpy(tables->magic, "EWNATIVE", 8);
    counters = map_store.start + MAP_COUNTERS_OFFSET;
    pcs = (_Atomic uint64_t *)(table_store.start + tables->pcs.offset);
    return true;
}

/* A file where one is asked for; else memory with a descriptor where counters shall outlive their module, for a dump; else plain memory. */
void memory_start(void) {
    struct edgewise_tables layout;
    size_t fixed = place_regions(&layout);
    if (!store_reserve(&map_store, LARGEST_POINTS + MAP_COUNTERS_OFFSET, SMALLEST_POINTS + MAP_COUNTERS_OFFSET)
        || !store_reserve(&table_store, map_store.reserved * sizeof(uint64_t) + fixed, SMALLEST_POINTS * sizeof(uint64_t) + fixed)) {
        complain("no addresses for the coverage map: nothing is counted");
        return;
    }

    char path[PATH_MAX * 2];
    map_path(path, sizeof path);
    bool wants_file = *options.map_file || (options.coverage && options.direct);
    if (wants_file && !*options.map_file) {
        make_directories(options.directory);
        unlink(path); /* of an earlier process with this number, or of this one before it called exec */
    }

    has_map_file = wants_file && open_files(path);
    if (!has_map_file) {
        forget_files();
        if (options.coverage) {
            store_open_memory(&map_store);
        }
    }

    bool is_written = write_headers();
    if (!is_written && has_map_file) {
        complain("%s: %s; counters stay in memory", path, strerror(errno));
        forget_files();
        map_store.range_count = table_store.range_count = 0;
        has_map_file = false;
        is_written = write_headers();
    }

    if (!is_written) {
        complain("no memory for the coverage map: nothing is counted");
        tables = NULL;
    } else if (has_map_file) {
        publish(path);
    }
}

void *region_of(struct edgewise_region *region) { return table_store.start + region->offset; }

bool region_commit(struct edgewise_region *region) {
    static bool is_told;
    if (store_commit(&table_store, region->offset, (size_t)region->capacity * region->record_size)) {
        return true;
    }

    if (!is_told) {
        is_told = true;
        complain("no room for the tables: %s", strerror(errno));
    }

    return false;
}

/* Slots for points, with PCs beside. The first has a given remainder when divided by the alignment, and shares no such unit with others. */
bool points_allocate(uint64_t count, uint64_t alignment, uint64_t congruent, uint64_t *first) {
    uint64_t start = points_used;
    if (alignment > 1) {
        start = ((start + alignment - 1) & ~(alignment - 1)) + congruent;
    }

    uint64_t end = start + count, rounded = (end + MAP_ALIGNMENT - 1) & ~(uint64_t)(MAP_ALIGNMENT - 1);
    if (alignment > 1) {
        end = (end + alignment - 1) & ~(alignment - 1);
    }

    if (rounded > points_committed) {
        if (!store_commit(&map_store, MAP_COUNTERS_OFFSET + points_committed, rounded - points_committed)
            || !store_commit(&table_store, tables->pcs.offset + points_committed * sizeof(uint64_t), (rounded - points_committed) * sizeof(uint64_t))) {
            complain("no room for %llu points: %s", (unsigned long long)count, strerror(errno));
            return false;
        }

        points_committed = rounded;
        __atomic_store_n(&((struct map_header *)map_store.start)->counters_size, rounded, __ATOMIC_RELEASE);
    }

    points_used = end;
    *first = start;
    tables->pcs.capacity = (uint32_t)end;
    __atomic_store_n(&tables->pcs.count, (uint32_t)end, __ATOMIC_RELEASE);
    return true;
}

/* An entry of the map's module table. The build id stands where a .NET module has the hash of its image. */
bool map_append(const struct edgewise_object *object, uint64_t first, uint64_t count) {
    const char *name = base_name(object->path);
    uint32_t name_length = (uint32_t)strlen(name), path_length = (uint32_t)strlen(object->path);
    uint32_t size = (MAP_ENTRY_PREFIX + name_length + path_length + 7) & ~7u;
    if (table_used + size > MAP_TABLE_SIZE) {
        complain("%s: no room in the map's module table", object->path);
        return false;
    }

    uint8_t *entry = map_store.start + MAP_TABLE_OFFSET + table_used;
    uint32_t points = (uint32_t)count;
    memcpy(entry, &size, sizeof size);
    memcpy(entry + 4, &points, sizeof points);
    memcpy(entry + 8, &first, sizeof first);
    memcpy(entry + 16, object->build_id, sizeof object->build_id);
    memcpy(entry + 48, &name_length, sizeof name_length);
    memcpy(entry + 52, &path_length, sizeof path_length);
    memcpy(entry + MAP_ENTRY_PREFIX, name, name_length);
    memcpy(entry + MAP_ENTRY_PREFIX + name_length, object->path, path_length);
    table_used += size;
    struct map_header *header = (struct map_header *)map_store.start;
    __atomic_store_n(&header->modules, header->modules + 1, __ATOMIC_RELEASE);
    return true;
}

/* A forked child counts for itself: in a file of its own under coverage_direct, else in memory. */
void memory_in_child(void) {
    if (!tables) {
        return;
    }

    bool to_file = has_map_file && options.direct;
    options.map_file[0] = 0;
    char path[PATH_MAX * 2], beside[PATH_MAX * 2 + 16];
    map_path(path, sizeof path);
    snprintf(beside, sizeof beside, "%s.native", path);
    if (map_store.file >= 0) {
        store_duplicate(&map_store, path, to_file);
    }

    if (table_store.file >= 0) {
        store_duplicate(&table_store, beside, to_file);
    }

    has_map_file = to_file && map_store.file >= 0 && table_store.file >= 0;
    ((struct map_header *)map_store.start)->process = (uint32_t)getpid();
    tables->process = (uint32_t)getpid();
    if (has_map_file) {
        unlink(path);
        publish(path);
    }
}

/* After a dump that wrote everything; a file that somebody else asked for stays. */
void memory_remove_files(void) {
    if (has_map_file && !*options.map_file) {
        unlink(map_store.path);
        unlink(table_store.path);
    }
}

EXPORT const struct edgewise_tables *edgewise_tables(void) {
    ensure_started();
    return tables;
}

EXPORT uint8_t *edgewise_counters(void) {
    ensure_started();
    return counters;
}

EXPORT const char *edgewise_map_path(void) {
    ensure_started();
    return has_map_file ? map_store.path : "";
}
