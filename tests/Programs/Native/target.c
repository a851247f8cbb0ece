/* A fuzz target with something for every feature. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static volatile int sink;
int table[256];

__attribute__((noinline)) static void reached_magic(void) { sink = 1; }
__attribute__((noinline)) static int twice(int value) { return value * 2; }
__attribute__((noinline)) static int thrice(int value) { return value * 3; }

static int (*volatile functions[])(int) = {twice, thrice};

__attribute__((noinline)) static int choose(uint32_t value) {
    switch (value) {
    case 17: return 1;
    case 4711: return 2;
    case 100000: return 3;
    default: return 0;
    }
}

__attribute__((noinline)) static int deep(const uint8_t *data, int levels) {
    volatile char room[256];
    room[0] = (char)data[0];
    return levels == 0 ? room[0] : deep(data, levels - 1) + room[0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint32_t value = 0;
    if (size < 8) {
        return -1;
    }

    memcpy(&value, data, 4);
    if (value == 0xFEEDBEEF) {
        reached_magic();
    }

    sink = choose(value);
    sink = (int)(1000 / (value | 1));
    sink = table[data[4]];
    sink = functions[data[5] & 1](sink);
    sink = deep(data, data[6] & 15);
    return 0;
}

/* Another entry point. */
int parse(const uint8_t *data, size_t size) { return size && data[0] == '{' ? 5 : 6; }
