/* Built with a sanitizer, which watches comparisons of memory and strings, and tells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **arguments) {
    char *letters = malloc(8);
    memset(letters, 'q', 8);
    if (count > 1 && memcmp(letters, arguments[1], 6) == 0) {
        puts("same letters");
    }

    if (count > 1 && strcmp(arguments[1], "hello") == 0) {
        puts("greeting");
    }

    if (count > 2) {
        letters[atoi(arguments[2])] = 1;
    }

    return 0;
}
