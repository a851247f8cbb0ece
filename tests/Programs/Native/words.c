// A libFuzzer target for what works together with libFuzzer and AFL: some words, and one input that ends the process.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static volatile int seen;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 1 && data[0] == 'X') abort();
  if (size > 0 && data[0] == 'a') {
    seen++;
    if (size > 1 && data[1] == 'b') {
      seen++;
      if (size > 2 && data[2] == 'c') seen++;
    }
  }
  if (size > 1 && data[1] == 'z')
    for (int i = 0; i < data[0]; i++) seen++;
  if (size >= 12 && !memcmp(data, "never-guess-", 12)) seen++;
  return 0;
}
