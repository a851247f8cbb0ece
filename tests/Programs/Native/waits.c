/* Takes a branch a line of its input, and says when. */
#include <stdio.h>

__attribute__((noinline)) static void reached_a(void) { puts("ready a"); }
__attribute__((noinline)) static void reached_b(void) { puts("ready b"); }

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    puts("ready 0");
    for (int c; (c = getchar()) != EOF;) {
        if (c == 'a') {
            reached_a();
        } else if (c == 'b') {
            reached_b();
        }
    }

    return 0;
}
