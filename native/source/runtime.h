/* What the parts of the runtime know of each other. Nothing here allocates on the heap of the program: callbacks come from
 * constructors, from signal handlers and from inside malloc. */
#ifndef EDGEWISE_RUNTIME_H
#define EDGEWISE_RUNTIME_H

#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "edgewise_native.h"

#ifdef EDGEWISE_BESIDE_SANITIZER
/* A sanitizer's own callbacks are weak and come before all else that is linked, and its interface is not weak: so the other way round. */
#define EXPORT __attribute__((visibility("default"), weak))
#define CALLBACK __attribute__((visibility("default")))
#else
/* Weak, as in compiler-rt: a program may define any callback itself. */
#define EXPORT __attribute__((visibility("default")))
#define CALLBACK EXPORT __attribute__((weak))
#endif
#define CALLER ((uintptr_t)__builtin_extract_return_addr(__builtin_return_address(0)))
#define THREAD_LOCAL _Thread_local __attribute__((tls_model("initial-exec")))

/* --- options.c --- */
struct options {
    bool coverage, direct, bitset, counters, packed, handle_signals, caller_callee, trace, like_compiler_rt;
    int verbosity;
    uint32_t trace_events;
    uint32_t max_block_size;
    char directory[PATH_MAX];
    char strip_path_prefix[PATH_MAX];
    char counters_out[PATH_MAX];
    char pcs_out[PATH_MAX];
    char map_file[PATH_MAX];
};
extern struct options options;
void options_read(void);
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* --- store.c --- */
#define STORE_RANGES 64
struct store {
    uint8_t *start;
    size_t reserved;
    int file; /* -1: anonymous memory */
    char path[PATH_MAX];
    struct {
        size_t offset, length;
    } ranges[STORE_RANGES];
    int range_count;
};
bool store_reserve(struct store *store, size_t largest, size_t smallest);
bool store_open_file(struct store *store, const char *path);
bool store_open_memory(struct store *store);
bool store_commit(struct store *store, size_t offset, size_t length);
bool store_duplicate(struct store *store, const char *path, bool to_file);
void store_publish(struct store *store, const char *path);
size_t page_size(void);

/* --- memory.c: the map and the tables --- */
extern struct store map_store, table_store;
extern struct edgewise_tables *tables;
extern uint8_t *counters;
extern _Atomic uint64_t *pcs;
void memory_start(void);
void *region_of(struct edgewise_region *region);
bool region_commit(struct edgewise_region *region);
bool points_allocate(uint64_t count, uint64_t alignment, uint64_t congruent, uint64_t *first);
bool map_append(const struct edgewise_object *object, uint64_t first, uint64_t count);
void memory_in_child(void);
void memory_remove_files(void);
extern bool has_map_file;

/* --- lock.c --- */
bool runtime_lock(void); /* false where this very thread holds it already, in a signal handler say */
void runtime_unlock(void);
bool runtime_is_inside(void);
void runtime_lock_in_child(void);

/* --- objects.c --- */
struct edgewise_object *object_at(uint32_t number);
uint32_t object_of(uintptr_t address);
edgewise_place place_of(uintptr_t address);
uintptr_t address_of(edgewise_place place);
const char *base_name(const char *path);
void objects_changed(void);
const char *object_path_of(edgewise_place place);
uint64_t objects_unloaded(void);

/* --- modules.c --- */
struct edgewise_module *module_at(uint32_t index);
struct edgewise_module *module_of_point(uint64_t point);
struct edgewise_module *module_register(enum edgewise_kind kind, uintptr_t at, uint64_t count, uint8_t *inline_counters, bool *is_new);
void modules_of_object_gone(uint32_t object);
uint8_t *module_counters(const struct edgewise_module *module);
void modules_in_child(void);
bool module_is_repeated(const struct edgewise_module *module);
bool point_is_covered(const struct edgewise_module *module, const uint8_t *values, uint64_t index);
void modules_clear(bool keep_seen);

/* --- points.c --- */
void point_reached(uint64_t point, uintptr_t pc);
void record_trace_pc(uintptr_t pc);

/* --- sites.c --- */
void site_record(uintptr_t pc, enum edgewise_site_kind kind, unsigned width, unsigned argument, uint64_t left, uint64_t right);
void sites_clear(void);
void sites_in_child(void);

/* --- calls.c --- */
void call_record(uintptr_t caller, uintptr_t callee);
uint64_t calls_count(void);

/* --- legacy.c --- */
extern uint32_t *trace_buffer;
extern _Atomic uint64_t trace_count;
void pc_buffer_append(uintptr_t pc);
extern _Atomic bool pc_buffer_is_set;
int open_packed(const char *name);
extern int sandbox_file;
extern bool is_sandboxed;

/* --- output.c --- */
struct output {
    int file;
    bool failed;
    size_t used;
    uint64_t written;
    char path[PATH_MAX];
    char temporary[PATH_MAX];
    uint8_t buffer[16384];
};
bool output_open(struct output *output, const char *directory, const char *name);
void output_write(struct output *output, const void *data, size_t size);
__attribute__((format(printf, 2, 3))) void output_print(struct output *output, const char *format, ...);
bool output_close(struct output *output);
void make_directories(const char *path);
bool write_fully(int file, const void *data, size_t size);

/* --- dump.c, dump2016.c --- */
bool dump_all(void);
bool dump_raw_files(void);
bool dump_2016(struct output *output);
bool dump_pcs(struct output *output, uint32_t object, uint64_t *offsets, size_t count);
void dump_name(uint32_t object, char *name, size_t size);
uint64_t *collect_pcs(uint32_t object, size_t *count, size_t *capacity);

/* --- process.c --- */
void runtime_start(void);
void death_callback_run(void);
extern _Atomic bool is_started;
static inline void ensure_started(void) {
    if (!atomic_load_explicit(&is_started, memory_order_acquire)) {
        runtime_start();
    }
}

#endif
