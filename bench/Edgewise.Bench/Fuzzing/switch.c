/* The yardstick of the group "fuzz": the target "switch" of bench/Edgewise.Bench.FuzzTargets. */
#include <stddef.h>
#include <stdint.h>

volatile int kind;

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    if (length == 0)
        return 0;
    switch (input[0]) {
    case '{': kind = 1; break;
    case '[': kind = 2; break;
    case '"': kind = 3; break;
    case '-': kind = 4; break;
    case 't': kind = 5; break;
    case 'f': kind = 6; break;
    case 'n': kind = 7; break;
    case ' ': kind = 8; break;
    default: kind = 0; break;
    }
    return 0;
}
