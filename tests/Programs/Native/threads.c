/* Eight threads go through the same branches and compare pairs whose halves belong together. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static volatile uint64_t sum;

void compare(uint64_t value, uint64_t complement);

__attribute__((noinline)) void compare(uint64_t value, uint64_t complement) {
    if (value == complement) {
        sum++;
    }
}

#define FUNCTION(n) \
    __attribute__((noinline)) static void reached_##n(void) { sum += n; }
FUNCTION(0) FUNCTION(1) FUNCTION(2) FUNCTION(3) FUNCTION(4) FUNCTION(5) FUNCTION(6) FUNCTION(7)

static void (*const Functions[])(void) = {reached_0, reached_1, reached_2, reached_3, reached_4, reached_5, reached_6, reached_7};

static void *work(void *argument) {
    uint64_t number = (uint64_t)(uintptr_t)argument;
    for (uint64_t i = 0; i < 20000; i++) {
        compare(number << 32 | i, ~(number << 32 | i));
        Functions[(number + i) % 8]();
    }

    return NULL;
}

int main(void) {
    pthread_t threads[8];
    for (uintptr_t i = 0; i < 8; i++) {
        pthread_create(&threads[i], NULL, work, (void *)i);
    }

    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
    }

    puts("done");
    return 0;
}
