/* Ends by a fault that a sanitizer finds: behind a block of memory, or in a sum. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((noinline)) static void write_behind(volatile char *block) { block[8] = 1; }

__attribute__((noinline)) static int count_on(volatile int *number) { return *number + 1; }

int main(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "address") == 0) {
        volatile char *block = malloc(8);
        write_behind(block);
        free((void *)block);
    } else if (count > 1) {
        volatile int most = INT_MAX;
        printf("%d\n", count_on(&most));
    }

    return 0;
}
