/* Parent and child take different branches, and each has its own copy of the variables that lie beside the counters. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* In one section with the counters, so on one page with them. */
__attribute__((section("__sancov_cntrs_neighbour"))) static volatile char neighbour = 1;
static volatile int initialised = 7;

__attribute__((noinline)) static void reached_parent(void) { initialised = 8; neighbour = 2; }
__attribute__((noinline)) static int reached_child(void) { return initialised * 10 + neighbour; }

int main(void) {
    for (int i = 0; i < 50; i++) {
        initialised = 7;
        neighbour = 1;
        pid_t child = fork();
        if (child == 0) {
            return reached_child() == 71 ? 0 : 1;
        }

        reached_parent();
        int status;
        waitpid(child, &status, 0);
        if (status != 0) {
            puts("shared");
            return 1;
        }
    }

    puts("private");
    return 0;
}
