// The yardstick of `bench fork`: a process of plain C with as much dirty memory in as many mappings as a process of .NET has, which forks trivial children.
// usage: fork DIRTY-BYTES MAPPINGS CHILDREN; prints the microseconds of each child on a line.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int count_mappings(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    int count = 0;
    for (int c = fgetc(maps); c != EOF; c = fgetc(maps))
        count += c == '\n';
    fclose(maps);
    return count;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    const size_t page = 4096;
    size_t dirty_pages = strtoull(argv[1], NULL, 10) / page;
    // Dirty pieces with untouchable ones between them, so that the kernel cannot join them: two mappings a piece.
    size_t pieces = (atoi(argv[2]) - count_mappings()) / 2;
    int children = atoi(argv[3]);
    if (pieces < 1)
        pieces = 1;
    size_t piece = (dirty_pages + pieces - 1) / pieces * page;
    char *memory = mmap(NULL, pieces * (piece + page), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return 3;
    for (size_t i = 0; i < pieces; i++) {
        char *start = memory + i * (piece + page);
        if (mprotect(start, piece, PROT_READ | PROT_WRITE) != 0)
            return 3;
        memset(start, 1, piece);
    }

    fprintf(stderr, "%d\n", count_mappings());
    for (int i = 0; i < children; i++) {
        double begin = now();
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        if (child < 0)
            return 4;
        waitpid(child, NULL, 0);
        printf("%.2f\n", now() - begin);
    }

    return 0;
}
