/* Calls what no compiler of today calls, and the control interface, and checks each answer. Prints a line for each that is as it should be. */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edgewise_native.h"

void __sanitizer_cov_init(void);
void __sanitizer_cov_dump(void);
void __sanitizer_cov_reset(void);
void __sanitizer_reset_coverage(void);
void __sanitizer_dump_coverage(const uintptr_t *pcs, uintptr_t count);
void __sanitizer_dump_trace_pc_guard_coverage(void);
uintptr_t __sanitizer_get_total_unique_coverage(void);
uintptr_t __sanitizer_get_number_of_counters(void);
uintptr_t __sanitizer_get_coverage_guards(uintptr_t **data);
uintptr_t __sanitizer_update_counter_bitset_and_clear_counters(uint8_t *bitset);
void __sanitizer_set_coverage_pc_buffer(uintptr_t *buffer, uintptr_t length);
uintptr_t __sanitizer_get_coverage_pc_buffer_pos(void);
intptr_t __sanitizer_maybe_open_cov_file(const char *name);
void __sanitizer_sandbox_on_notify(void *arguments);
void __sanitizer_symbolize_pc(void *pc, const char *format, char *out, size_t size);
int __sanitizer_get_module_and_offset_for_pc(void *pc, char *path, size_t size, void **offset);
void __sanitizer_set_death_callback(void (*callback)(void));
void __sanitizer_print_stack_trace(void);
int __sanitizer_install_malloc_and_free_hooks(void *on_malloc, void *on_free);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*target)(const uint8_t *, size_t));
void __sanitizer_weak_hook_memcmp(void *, const void *, const void *, size_t, int);
void __sanitizer_weak_hook_strncmp(void *, const char *, const char *, size_t, int);
void __sanitizer_weak_hook_strcmp(void *, const char *, const char *, int);
void __sanitizer_weak_hook_strncasecmp(void *, const char *, const char *, size_t, int);
void __sanitizer_weak_hook_strcasecmp(void *, const char *, const char *, int);
void __sanitizer_weak_hook_strstr(void *, const char *, const char *, char *);
void __sanitizer_weak_hook_strcasestr(void *, const char *, const char *, char *);
void __sanitizer_weak_hook_memmem(void *, const void *, size_t, const void *, size_t, void *);
void __sanitizer_cov_trace_cmp(uint64_t size_and_predicate, uint64_t left, uint64_t right);
void __sanitizer_cov_trace_args(uint64_t pc, uint32_t argument, uint32_t size, uint64_t value, uint64_t *offsets, uint32_t fields);
void __sanitizer_cov_trace_ret(uint64_t pc, uint32_t size, uint64_t value, uint64_t *offsets, uint32_t fields);
void __sanitizer_cov_trace_pc_entry(void);
void __sanitizer_cov_trace_pc_exit(void);
void __sanitizer_cov_stack_depth(void);
void __sanitizer_cov_load16(void *);
void __sanitizer_cov_store16(void *);
void __sanitizer_cov_trace_div4(uint32_t);
void __sanitizer_cov_trace_div8(uint64_t);
void __sanitizer_cov_trace_gep(uintptr_t);
void __sanitizer_cov_trace_switch(uint64_t, uint64_t *);
#define WIDTH(bytes, type)                                    \
    void __sanitizer_cov_load##bytes(void *);                 \
    void __sanitizer_cov_store##bytes(void *);                \
    void __sanitizer_cov_trace_cmp##bytes(type, type);        \
    void __sanitizer_cov_trace_const_cmp##bytes(type, type);
WIDTH(1, uint8_t) WIDTH(2, uint16_t) WIDTH(4, uint32_t) WIDTH(8, uint64_t)
void __sanitizer_cov_trace_pc_guard(uint32_t *guard);
void __sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop);
void __sanitizer_cov_cfs_init(const uintptr_t *start, const uintptr_t *stop);
extern _Thread_local uintptr_t __sancov_lowest_stack;

const char *__sancov_default_options(void) { return "verbosity=0:coverage_dir=made"; }

static uint32_t guards[4];
static int failures;

static void expect(const char *name, bool is_right) {
    printf("%s %s\n", is_right ? "ok" : "WRONG", name);
    failures += !is_right;
}

static const struct edgewise_site *site(unsigned kind, uint64_t left) {
    const struct edgewise_tables *tables = edgewise_tables();
    const struct edgewise_site *sites = (const struct edgewise_site *)((const char *)tables + tables->sites.offset);
    for (uint32_t i = 0; tables->sites.count && i < tables->sites.capacity; i++) {
        if (sites[i].place && sites[i].kind == kind && sites[i].left == left) {
            return &sites[i];
        }
    }

    return NULL;
}

static bool has_sequence(const char *left, const char *right, bool is_text, bool is_equal) {
    const struct edgewise_tables *tables = edgewise_tables();
    const struct edgewise_sequence *all = (const struct edgewise_sequence *)((const char *)tables + tables->sequences.offset);
    for (uint32_t i = 0; tables->sequences.count && i < tables->sequences.capacity; i++) {
        if (all[i].place && all[i].is_text == is_text && all[i].is_equal == is_equal && all[i].left_length == strlen(left)
            && !memcmp(all[i].left, left, strlen(left)) && all[i].right_length == strlen(right) && !memcmp(all[i].right, right, strlen(right))) {
            return true;
        }
    }

    return false;
}

static bool has(unsigned kind, uint64_t left, uint64_t right, unsigned width) {
    const struct edgewise_site *found = site(kind, left);
    return found && found->right == right && found->width == width && found->hits == 1;
}

#define CHECK_WIDTH(bytes)                                                                                                       \
    __sanitizer_cov_load##bytes(room + bytes);                                                                                   \
    expect("__sanitizer_cov_load" #bytes, has(EDGEWISE_LOAD, (uintptr_t)(room + bytes), 0, bytes));                              \
    __sanitizer_cov_store##bytes(room + bytes);                                                                                  \
    expect("__sanitizer_cov_store" #bytes, has(EDGEWISE_STORE, (uintptr_t)(room + bytes), 0, bytes));                            \
    __sanitizer_cov_trace_cmp##bytes(100 + bytes, 200 + bytes);                                                                  \
    expect("__sanitizer_cov_trace_cmp" #bytes, has(EDGEWISE_COMPARE, 100 + bytes, 200 + bytes, bytes));                          \
    __sanitizer_cov_trace_const_cmp##bytes(120 + bytes, 220 + bytes);                                                            \
    expect("__sanitizer_cov_trace_const_cmp" #bytes, has(EDGEWISE_CONSTANT_COMPARE, 120 + bytes, 220 + bytes, bytes))

static void widths(void) {
    static char room[16];
    uint64_t cases[] = {2, 16, 10, 20};
    CHECK_WIDTH(1);
    CHECK_WIDTH(2);
    CHECK_WIDTH(4);
    CHECK_WIDTH(8);
    __sanitizer_cov_trace_div4(7);
    expect("__sanitizer_cov_trace_div4", has(EDGEWISE_DIVISION, 7, 0, 4));
    __sanitizer_cov_trace_div8(UINT64_C(1) << 40);
    expect("__sanitizer_cov_trace_div8", has(EDGEWISE_DIVISION, UINT64_C(1) << 40, 0, 8));
    __sanitizer_cov_trace_gep(31);
    expect("__sanitizer_cov_trace_gep", has(EDGEWISE_INDEX, 31, 0, 8));
    __sanitizer_cov_trace_switch(15, cases);
    const uint64_t *kept = (const uint64_t *)((const char *)edgewise_tables() + edgewise_tables()->cases.offset);
    const struct edgewise_site *choice = site(EDGEWISE_SWITCH, 15);
    expect("__sanitizer_cov_trace_switch", has(EDGEWISE_SWITCH, 15, 0, 2) && choice->case_count == 2 && kept[choice->first_case] == 10 && kept[choice->first_case + 1] == 20);
}

static int file_size_seen = -1;
static int see(const uint8_t *data, size_t size) {
    file_size_seen = data ? (int)size : -2;
    return 0;
}

static size_t mutate_to_x(uint8_t *data, size_t size, size_t max_size) {
    (void)size;
    memset(data, 'x', max_size);
    return max_size;
}

static void at_death(void) { write(1, "ok __sanitizer_set_death_callback\n", 34); }

static void points(void) {
    uintptr_t buffer[8] = {0}, *pcs;
    uint8_t bitset[4] = {0};
    __sanitizer_cov_init();
    __sanitizer_cov_trace_pc_guard_init(guards, guards + 4);
    expect("__sanitizer_cov_trace_pc_guard_init", guards[0] == 1 && guards[3] == 4);
    expect("__sanitizer_get_number_of_counters", __sanitizer_get_number_of_counters() == 4);
    __sanitizer_set_coverage_pc_buffer(buffer, 8);
    __sanitizer_cov_trace_pc_guard(&guards[0]);
    for (int i = 0; i < 5; i++) {
        __sanitizer_cov_trace_pc_guard(&guards[2]);
    }

    expect("__sanitizer_get_coverage_pc_buffer_pos", __sanitizer_get_coverage_pc_buffer_pos() == 2);
    expect("__sanitizer_set_coverage_pc_buffer", buffer[0] > (uintptr_t)points && buffer[0] < buffer[1] && !buffer[2]);
    expect("__sanitizer_get_total_unique_coverage", __sanitizer_get_total_unique_coverage() == 2);
    expect("__sanitizer_get_coverage_guards", __sanitizer_get_coverage_guards(&pcs) == 4 && pcs[0] == buffer[0] && !pcs[1] && pcs[2] == buffer[1]);
    expect("__sanitizer_update_counter_bitset_and_clear_counters", __sanitizer_update_counter_bitset_and_clear_counters(bitset) == 2 && bitset[0] == 1 && bitset[2] == 8
        && __sanitizer_update_counter_bitset_and_clear_counters(bitset) == 0 && __sanitizer_get_total_unique_coverage() == 2);
    uintptr_t flow[] = {(uintptr_t)points, 0, 0};
    __sanitizer_cov_cfs_init(flow, flow + 3);
    static const uintptr_t StaticFlow[] = {1, 0, 0};
    __sanitizer_cov_cfs_init(StaticFlow, StaticFlow + 3);
    const struct edgewise_module *module = (const struct edgewise_module *)((const char *)edgewise_tables() + edgewise_tables()->modules.offset);
    expect("__sanitizer_cov_cfs_init", module->control_flow == (uintptr_t)StaticFlow && module->control_flow_words == 3);
    uint64_t before = __sanitizer_get_total_unique_coverage();
    __sanitizer_cov_trace_pc_entry();
    __sanitizer_cov_trace_pc_exit();
    expect("__sanitizer_cov_trace_pc_entry, __sanitizer_cov_trace_pc_exit", __sanitizer_get_total_unique_coverage() == before + 2);
    __sanitizer_cov_reset();
    expect("__sanitizer_cov_reset", __sanitizer_get_total_unique_coverage() == 0);
    __sanitizer_cov_trace_pc_guard(&guards[1]);
    __sanitizer_reset_coverage();
    expect("__sanitizer_reset_coverage", __sanitizer_get_total_unique_coverage() == 0);
}

static void values(void) {
    char letter = 0;
    __sanitizer_cov_trace_cmp(UINT64_C(32) << 32 | 1, 12345, 54321);
    expect("__sanitizer_cov_trace_cmp", site(EDGEWISE_COMPARE, 12345) && site(EDGEWISE_COMPARE, 12345)->right == 54321 && site(EDGEWISE_COMPARE, 12345)->width == 4);
    __sanitizer_cov_load16(&letter);
    expect("__sanitizer_cov_load16", site(EDGEWISE_LOAD, (uintptr_t)&letter) && site(EDGEWISE_LOAD, (uintptr_t)&letter)->width == 16);
    __sanitizer_cov_store16(&letter);
    expect("__sanitizer_cov_store16", site(EDGEWISE_STORE, (uintptr_t)&letter) != NULL);
    __sanitizer_cov_trace_args((uintptr_t)values, 3, 8, 777, NULL, 0);
    expect("__sanitizer_cov_trace_args", site(EDGEWISE_ARGUMENT, 777) && site(EDGEWISE_ARGUMENT, 777)->argument == 3);
    __sanitizer_cov_trace_ret((uintptr_t)values, 8, 778, NULL, 0);
    expect("__sanitizer_cov_trace_ret", site(EDGEWISE_RETURN, 778) != NULL);
    uintptr_t lowest = __sancov_lowest_stack;
    __sanitizer_cov_stack_depth();
    expect("__sanitizer_cov_stack_depth", lowest == UINTPTR_MAX && __sancov_lowest_stack < (uintptr_t)&letter && __sancov_lowest_stack > (uintptr_t)&letter - 4096);

    __sanitizer_weak_hook_memcmp((char *)values + 1, "left", "rite", 4, 1);
    expect("__sanitizer_weak_hook_memcmp", has_sequence("left", "rite", false, false));
    __sanitizer_weak_hook_strncmp((char *)values + 2, "abcdef", "abcxyz", 3, 0);
    expect("__sanitizer_weak_hook_strncmp", has_sequence("abc", "abc", true, true));
    __sanitizer_weak_hook_strcmp((char *)values + 3, "one", "eleven", 1);
    expect("__sanitizer_weak_hook_strcmp", has_sequence("one", "eleven", true, false));
    __sanitizer_weak_hook_strncasecmp((char *)values + 4, "HELLO", "help", 4, 1);
    expect("__sanitizer_weak_hook_strncasecmp", has_sequence("HELL", "help", true, false));
    __sanitizer_weak_hook_strcasecmp((char *)values + 5, "Up", "uP", 0);
    expect("__sanitizer_weak_hook_strcasecmp", has_sequence("Up", "uP", true, true));
    __sanitizer_weak_hook_strstr((char *)values + 6, "haystack", "sta", "stack");
    expect("__sanitizer_weak_hook_strstr", has_sequence("haystack", "sta", true, true));
    __sanitizer_weak_hook_strcasestr((char *)values + 7, "Haystack", "no", NULL);
    expect("__sanitizer_weak_hook_strcasestr", has_sequence("Haystack", "no", true, false));
    __sanitizer_weak_hook_memmem((char *)values + 8, "memory", 6, "or", 2, NULL);
    expect("__sanitizer_weak_hook_memmem", has_sequence("memory", "or", false, false));
}

static void questions(void) {
    char text[512], path[512];
    void *offset = NULL;
    int found = __sanitizer_get_module_and_offset_for_pc((void *)questions, path, sizeof path, &offset);
    expect("__sanitizer_get_module_and_offset_for_pc", found == 1 && strstr(path, "exports") && offset);
    __sanitizer_symbolize_pc((void *)&malloc, "%p %f %% %m", text, sizeof text);
    expect("__sanitizer_symbolize_pc", strstr(text, "malloc") && strstr(text, " % /"));
    __sanitizer_print_stack_trace();
    expect("__sanitizer_install_malloc_and_free_hooks", __sanitizer_install_malloc_and_free_hooks(NULL, NULL) == 0);
}

static void fuzzing(const char *file) {
    uint8_t data[16] = "abcd";
    bool has_changed = false, fits = true;
    for (int i = 0; i < 200; i++) {
        size_t size = LLVMFuzzerMutate(data, 4, sizeof data);
        fits &= size >= 1 && size <= 5;
        has_changed |= memcmp(data, "abcd", 4) != 0;
    }

    expect("LLVMFuzzerMutate", fits && has_changed && LLVMFuzzerMutate(data, 0, 1) == 1);
    edgewise_set_mutator(mutate_to_x);
    expect("edgewise_set_mutator", LLVMFuzzerMutate(data, 4, 8) == 8 && data[7] == 'x');
    char *arguments[] = {"exports", "-runs=1", (char *)file, NULL}, **at = arguments;
    int count = 3;
    expect("LLVMFuzzerRunDriver", LLVMFuzzerRunDriver(&count, &at, see) == 0 && file_size_seen == 5);
    count = 1;
    expect("LLVMFuzzerRunDriver without files", LLVMFuzzerRunDriver(&count, &at, see) == 1);
}

static void files(void) {
    uintptr_t pcs[] = {(uintptr_t)files + 4, (uintptr_t)files, (uintptr_t)files + 4};
    char name[64];
    intptr_t file = __sanitizer_maybe_open_cov_file("asked");
    expect("__sanitizer_maybe_open_cov_file", file >= 0 && access("made/asked.sancov.packed", F_OK) == 0);
    __sanitizer_dump_coverage(pcs, 3);
    snprintf(name, sizeof name, "made/exports.%d.sancov", (int)getpid());
    FILE *stream = fopen(name, "rb");
    uint64_t words[4] = {0};
    size_t read = stream ? fread(words, 1, sizeof words, stream) : 0;
    expect("__sanitizer_dump_coverage", read == 24 && words[0] == UINT64_C(0xC0BFFFFFFFFFFF64) && words[2] == words[1] + 4);
    __sanitizer_cov_trace_pc_guard(&guards[3]);
    unlink(name);
    __sanitizer_cov_dump();
    expect("__sanitizer_cov_dump", access(name, F_OK) == 0);
    unlink(name);
    __sanitizer_dump_trace_pc_guard_coverage();
    expect("__sanitizer_dump_trace_pc_guard_coverage", access(name, F_OK) == 0);
    struct {
        int is_sandboxed;
        intptr_t file;
        unsigned block;
    } sandbox = {1, file, 0};
    __sanitizer_sandbox_on_notify(&sandbox);
    __sanitizer_cov_dump();
    expect("__sanitizer_sandbox_on_notify", lseek((int)file, 0, SEEK_END) > 12);
}

int main(int count, char **arguments) {
    setvbuf(stdout, NULL, _IONBF, 0);
    points();
    values();
    widths();
    questions();
    fuzzing(count > 1 ? arguments[1] : "");
    files();
    __sanitizer_set_death_callback(at_death);
    if (!failures) {
        abort();
    }

    return 1;
}
