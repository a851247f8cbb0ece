// Becomes another program in a task that kcov traces.
//
//   edgewise_kcov_exec DEVICE STATUS WORDS AREAS REQUEST ARGUMENT PROGRAM NAME [ARGS]...
//
// DEVICE   descriptor of kcov, initialised with WORDS words; REQUEST is an ioctl of it, in hex
// STATUS   descriptor of a pipe: closed when the program runs; before that one line "STEP ERRNO" says what failed
// AREAS    areas to empty, 1 or 2: the second is that of edges, on kernels that have one
// ARGUMENT a number in hex; or x and an even number of hex digits: the bytes of a structure
// PROGRAM  its path; NAME is its argv[0]
//
// kcov traces a task, and a task stays traced across execve: so the one that will be the program has to ask. It has a single thread and hardly any memory, so that execve leaves a short trace of its own.

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FIXED_ARGUMENTS = 9, MOST_AREAS = 2, MOST_BYTES = 24 + 8 * 256 };

static int status;

static void fail(const char *step)
{
    char line[64];
    int length = snprintf(line, sizeof line, "%s %d\n", step, errno);
    if (length <= 0 || write(status, line, (size_t)length) != length)
        _exit(126);
    _exit(127);
}

static unsigned char bytes[MOST_BYTES] __attribute__((aligned(8)));

static unsigned long argument_of(const char *text)
{
    if (text[0] != 'x')
        return strtoul(text, NULL, 16);
    size_t length = strlen(text + 1) / 2;
    if (length > sizeof bytes) {
        errno = E2BIG;
        fail("argument");
    }
    for (size_t i = 0; i < length; i++) {
        char pair[3] = { text[1 + 2 * i], text[2 + 2 * i], 0 };
        bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    return (unsigned long)bytes;
}

int main(int count, char **arguments)
{
    if (count < FIXED_ARGUMENTS) {
        fputs("edgewise_kcov_exec is started by edgewise kcov run\n", stderr);
        return 1;
    }
    int device = atoi(arguments[1]);
    status = atoi(arguments[2]);
    size_t size = strtoul(arguments[3], NULL, 10) * sizeof(unsigned long);
    int areas = atoi(arguments[4]);
    unsigned long request = strtoul(arguments[5], NULL, 16);
    unsigned long argument = argument_of(arguments[6]);
    unsigned long *area[MOST_AREAS];

    for (int i = 0; i < areas && i < MOST_AREAS; i++) {
        area[i] = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, device, (off_t)(i * size));
        if (area[i] == MAP_FAILED)
            fail("mmap");
        // Only the count is written here; taking down the rest would fill the trace of execve.
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        if (size > page && munmap((char *)area[i] + page, size - page))
            fail("munmap");
    }
    if (fcntl(device, F_SETFD, FD_CLOEXEC) || fcntl(status, F_SETFD, FD_CLOEXEC))
        fail("fcntl");
    if (ioctl(device, request, argument))
        fail("enable");
    // What the end of that ioctl left.
    for (int i = 0; i < areas && i < MOST_AREAS; i++)
        __atomic_store_n(area[i], 0, __ATOMIC_RELAXED);
    execv(arguments[7], arguments + 8);
    fail("execve");
}
