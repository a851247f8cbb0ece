/* Takes a branch a letter of its argument: a, b, c. Then ends as it is told. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((noinline)) static void reached_a(void) { puts("a"); }
__attribute__((noinline)) static void reached_b(void) { puts("b"); }
__attribute__((noinline)) static void reached_c(void) { puts("c"); }

int main(int count, char **arguments) {
    for (const char *letter = count > 1 ? arguments[1] : ""; *letter; letter++) {
        switch (*letter) {
        case 'a': reached_a(); break;
        case 'b': reached_b(); break;
        case 'c': reached_c(); break;
        default: break;
        }
    }

    const char *end = count > 2 ? arguments[2] : "";
    if (!strcmp(end, "_exit")) {
        _exit(3);
    }

    if (*end) {
        raise(atoi(end));
    }

    return 0;
}
