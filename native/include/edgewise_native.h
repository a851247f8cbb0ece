/* What the native runtime shares with whoever reads it, in the same process or through a file.
 *
 * Two blocks of memory grow while the process runs. Both are files where one is asked for, and their content is the same in memory:
 *   the map     "EDGEWMAP", the format that the .NET runtime writes too: a module table, then one byte a point
 *   the tables  "EWNATIVE", beside the map as MAP.native: objects, modules, PCs, compares, calls
 * All numbers have the byte order of the machine. A count is raised after what it counts is complete. */
#ifndef EDGEWISE_NATIVE_H
#define EDGEWISE_NATIVE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EDGEWISE_TABLES_VERSION 1u

/* Where an address lies: number of the object (from 1 on) in the upper 16 bits, address in its ELF file below; object 0 is none known. */
typedef uint64_t edgewise_place;
#define EDGEWISE_PLACE_BITS 48
#define EDGEWISE_PLACE_MASK ((UINT64_C(1) << EDGEWISE_PLACE_BITS) - 1)

/* Of each point, parallel to the counters of the map: its address in the ELF file and these two bits; 0 where none is known yet. */
#define EDGEWISE_PC_ENTRY (UINT64_C(1) << 63) /* a function begins here */
#define EDGEWISE_PC_SEEN (UINT64_C(1) << 62)  /* was reached before its counter was cleared */
#define EDGEWISE_PC_MASK EDGEWISE_PLACE_MASK

enum edgewise_kind {
    EDGEWISE_GUARDS = 1,   /* trace-pc-guard */
    EDGEWISE_COUNTERS = 2, /* inline-8bit-counters */
    EDGEWISE_FLAGS = 3,    /* inline-bool-flag */
    EDGEWISE_TRACE_PC = 4, /* trace-pc: a slot for every four bytes of code, since points are not known beforehand */
    EDGEWISE_2016 = 5      /* the guards of 2016 */
};

enum edgewise_site_kind {
    EDGEWISE_COMPARE = 0,
    EDGEWISE_CONSTANT_COMPARE = 1,
    EDGEWISE_SWITCH = 2,
    EDGEWISE_DIVISION = 3,
    EDGEWISE_INDEX = 4,
    EDGEWISE_LOAD = 5,
    EDGEWISE_STORE = 6,
    EDGEWISE_SEQUENCE = 8,
    EDGEWISE_ARGUMENT = 9,
    EDGEWISE_RETURN = 10
};

/* A region of the tables: where it begins, how many records it has room for, how many are used, how many found no room. */
struct edgewise_region {
    uint64_t offset;
    uint32_t capacity;
    uint32_t record_size;
    uint32_t count;
    uint32_t lost;
};

struct edgewise_tables {
    char magic[8]; /* EWNATIVE */
    uint32_t version;
    uint32_t process;
    struct edgewise_region objects;
    struct edgewise_region modules;
    struct edgewise_region sites;     /* open addressing: all of the capacity is to be looked at */
    struct edgewise_region sequences; /* the same */
    struct edgewise_region calls;     /* the same */
    struct edgewise_region cases;     /* 8 bytes each */
    struct edgewise_region pcs;       /* 8 bytes each, parallel to the counters */
    uint64_t counters_offset;         /* of the first counter in the map */
};

struct edgewise_object {
    uint64_t base;       /* what is added to an ELF address */
    uint64_t start, end; /* addresses in the process */
    uint64_t code_start, code_end;
    uint32_t is_gone; /* unloaded */
    uint32_t build_id_size;
    uint8_t build_id[32];
    char path[936];
};

struct edgewise_module {
    uint32_t object;
    uint32_t kind;
    uint64_t first; /* number of its first point: offset of its counter from the first counter of the map */
    uint64_t count;
    uint64_t address;        /* of its counters in the process; 0 after it was unloaded and where they are in the map alone */
    uint32_t is_mapped;      /* its counters are in the map */
    uint32_t has_pcs;        /* all its PCs are known, hit or not */
    uint64_t control_flow;   /* address of __sancov_cfs in the process, 0 where there is none */
    uint64_t control_flow_words;
    uint64_t unit;           /* 2016: address of the name of the compilation unit */
    uint64_t reserved[2];
};

/* What a site saw last. Odd sequence: it is being written. */
struct edgewise_site {
    uint64_t place; /* 0: free */
    uint32_t sequence;
    uint8_t kind;
    uint8_t width;
    uint16_t argument;
    uint64_t left, right; /* the constant is left, as it is passed */
    uint32_t hits;
    uint32_t case_count;
    uint64_t first_case; /* number in the region of cases */
    uint64_t reserved[2];
};

#define EDGEWISE_SEQUENCE_BYTES 64
struct edgewise_sequence {
    uint64_t place;
    uint32_t sequence;
    uint8_t is_text;
    uint8_t is_equal;
    uint16_t reserved;
    uint32_t left_length, right_length; /* whole lengths; what is kept is cut */
    uint8_t left[EDGEWISE_SEQUENCE_BYTES], right[EDGEWISE_SEQUENCE_BYTES];
};

struct edgewise_call {
    edgewise_place caller, callee;
    uint64_t caller_key; /* nonzero when the slot is taken */
};

/* The tables of this process; complete objects and modules are added behind those that are there. */
const struct edgewise_tables *edgewise_tables(void);

/* The first counter of the map of this process. */
uint8_t *edgewise_counters(void);

/* Path of the map file, or "" where there is none. */
const char *edgewise_map_path(void);

/* Clears all counters, what was seen, the compares and the lowest stack address of the calling thread. */
void edgewise_reset(void);

/* The lowest stack address that the calling thread reached under stack-depth; all ones if none. */
uintptr_t edgewise_lowest_stack(void);

/* Who answers LLVMFuzzerMutate from now on; null for the mutator of the runtime. */
void edgewise_set_mutator(size_t (*mutator)(uint8_t *data, size_t size, size_t max_size));

#ifdef __cplusplus
}
#endif
#endif
