/* What compilers of 2016 emitted, written by hand: guards, counters, trace-bb and indirect calls. Traces where it is told to. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void __sanitizer_cov(int32_t *guard);
void __sanitizer_cov_with_check(int32_t *guard);
void __sanitizer_cov_module_init(int32_t *guards, uintptr_t points, uint8_t *counters, const char *unit);
void __sanitizer_cov_trace_func_enter(int32_t *id);
void __sanitizer_cov_trace_basic_block(int32_t *id);
void __sanitizer_cov_indir_call16(uintptr_t callee, uintptr_t cache[16]);
uintptr_t __sanitizer_get_total_unique_coverage(void);
uintptr_t __sanitizer_get_total_unique_caller_callee_pairs(void);

static int32_t guards[6];
static uint8_t counters[16] __attribute__((aligned(16)));
static uintptr_t cache[16] __attribute__((aligned(64)));
static int traces;

__attribute__((constructor(102))) static void construct(void) { __sanitizer_cov_module_init(guards, 5, counters, "old2016.c"); }

#define POINT(n)                                    \
    do {                                            \
        counters[(n) - 1]++;                        \
        if (traces) {                               \
            __sanitizer_cov_trace_basic_block(&guards[n]); \
        } else if (guards[n] <= 0) {                \
            __sanitizer_cov(&guards[n]);            \
        }                                           \
    } while (0)

__attribute__((noinline)) static void reached_a(void) { POINT(2); }
__attribute__((noinline)) static void reached_b(void) { POINT(3); }
__attribute__((noinline)) void reached_c(void) { __sanitizer_cov_with_check(&guards[4]); }

int main(int count, char **arguments) {
    traces = count > 1 && !strcmp(arguments[1], "trace");
    if (traces) {
        __sanitizer_cov_trace_func_enter(&guards[1]);
        counters[0]++;
    } else {
        POINT(1);
    }

    for (int i = 0; i < 5; i++) {
        reached_a();
    }

    reached_b();
    __sanitizer_cov_indir_call16((uintptr_t)reached_c, cache);
    __sanitizer_cov_indir_call16((uintptr_t)reached_c, cache);
    printf("%zu %zu\n", (size_t)__sanitizer_get_total_unique_coverage(), (size_t)__sanitizer_get_total_unique_caller_callee_pairs());
    return 0;
}
