/* A plugin: which of its functions runs is said by its host. */
#ifndef NAME
#define NAME first
#endif
static volatile int sink;

#define JOIN(a, b) a##b
#define CALL(a, b) JOIN(a, b)

__attribute__((noinline)) int CALL(NAME, _even)(void) { return sink = 2; }
__attribute__((noinline)) int CALL(NAME, _odd)(void) { return sink = 1; }

int run(int number) { return number & 1 ? CALL(NAME, _odd)() : CALL(NAME, _even)(); }
