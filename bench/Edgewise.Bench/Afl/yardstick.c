// The same switch as the target of tests/Programs/Fuzzed, as AFL++'s documentation has a persistent target.
#include <stdint.h>
#include <unistd.h>

__AFL_FUZZ_INIT();

static volatile int sum;

int main(void) {
  __AFL_INIT();
  unsigned char *input = __AFL_FUZZ_TESTCASE_BUF;
  while (__AFL_LOOP(UINT32_MAX)) {
    switch (__AFL_FUZZ_TESTCASE_LEN ? input[0] & 7 : 0) {
      case 0: sum += 1; break;
      case 1: sum += 3; break;
      case 2: sum ^= 5; break;
      case 3: sum -= 7; break;
      case 4: sum += 11; break;
      case 5: sum ^= 13; break;
      case 6: sum -= 17; break;
      default: sum = 0; break;
    }
  }
}
