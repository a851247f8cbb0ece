#include <stddef.h>
#include <stdint.h>

// Rejects what begins with a dash, and counts a's.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 0 && data[0] == '-')
    return -1;
  int letters = 0;
  for (size_t i = 0; i < size; i++)
    if (data[i] == 'a')
      letters++;
  return letters > 1000 ? 1 : 0;
}
