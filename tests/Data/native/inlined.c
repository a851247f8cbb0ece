/* A function that is inlined, and a branch within it. */
#include <stdio.h>

__attribute__((always_inline)) static inline void inlined(int count) {
    if (count > 1) {
        puts("more");
    }
}

int main(int count, char **arguments) {
    (void)arguments;
    inlined(count);
    return 0;
}
