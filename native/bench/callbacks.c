/* What a point costs: the best of many rounds of calls of a function that does next to nothing. */
#include <stdio.h>
#include <time.h>

#define CALLS 5000000
#define ROUNDS 15

static volatile int sink;

__attribute__((noinline)) static void step(int number) { sink = number; }

int main(void) {
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (int i = 0; i < CALLS; i++) {
            step(i);
        }

        clock_gettime(CLOCK_MONOTONIC, &end);
        double time = ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / CALLS;
        best = time < best ? time : best;
    }

    printf("%.2f ns\n", best);
    return 0;
}
