/* Memory that grows at one address, in a file, in nameless memory with a descriptor, or without one. A descriptor allows a second mapping
 * of the same pages, which is how counters that lie in the program's data become readable by others and outlive their module. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime.h"

size_t page_size(void) {
    static size_t size;
    return size ? size : (size = (size_t)sysconf(_SC_PAGESIZE));
}

/* Addresses alone; less where the process may not have as many. */
bool store_reserve(struct store *store, size_t largest, size_t smallest) {
    for (size_t size = largest; size >= smallest; size /= 2) {
        void *start = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (start != MAP_FAILED) {
            store->start = start;
            store->reserved = size;
            store->file = -1;
            return true;
        }
    }

    return false;
}

/* Under a temporary name until store_publish, so that no reader sees half a header. */
bool store_open_file(struct store *store, const char *path) {
    if (snprintf(store->path, sizeof store->path, "%s.%d.tmp", path, (int)getpid()) >= (int)sizeof store->path) {
        errno = ENAMETOOLONG;
        return false;
    }

    unlink(store->path);
    store->file = open(store->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return store->file >= 0;
}

bool store_open_memory(struct store *store) {
    store->path[0] = 0;
    store->file = memfd_create("edgewise", MFD_CLOEXEC);
    return store->file >= 0;
}

void store_publish(struct store *store, const char *path) {
    if (rename(store->path, path) == 0) {
        strncpy(store->path, path, sizeof store->path - 1);
    } else {
        complain("%s: cannot be renamed to %s: %s", store->path, path, strerror(errno));
    }
}

static bool allocate(int file, size_t offset, size_t length) {
    int error;
    do {
        error = posix_fallocate(file, (off_t)offset, (off_t)length);
    } while (error == EINTR);
    errno = error;
    return error == 0;
}

/* Gives pages their blocks before they are mapped: a store into a hole of a full file system would end the program. */
bool store_commit(struct store *store, size_t offset, size_t length) {
    size_t page = page_size(), start = offset & ~(page - 1), end = (offset + length + page - 1) & ~(page - 1);
    if (end > store->reserved) {
        errno = ENOMEM;
        return false;
    }

    for (int i = 0; i < store->range_count; i++) {
        size_t have = store->ranges[i].offset, have_end = have + store->ranges[i].length;
        if (start >= have && start < have_end) {
            start = have_end;
        }
    }

    if (start >= end) {
        return true;
    }

    if (store->file >= 0) {
        if (!allocate(store->file, start, end - start)
            || mmap(store->start + start, end - start, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, store->file, (off_t)start) == MAP_FAILED) {
            return false;
        }
    } else if (mprotect(store->start + start, end - start, PROT_READ | PROT_WRITE) != 0) {
        return false;
    }

    for (int i = 0; i < store->range_count; i++) {
        if (store->ranges[i].offset + store->ranges[i].length == start) {
            store->ranges[i].length += end - start;
            return true;
        }
    }

    if (store->range_count == STORE_RANGES) {
        errno = ENOSPC;
        return false;
    }

    store->ranges[store->range_count].offset = start;
    store->ranges[store->range_count++].length = end - start;
    return true;
}

/* In a forked child: the same content at the same addresses, no longer shared with the parent. What cannot be copied becomes private memory. */
bool store_duplicate(struct store *store, const char *path, bool to_file) {
    struct store copy = {.file = -1};
    bool opened = to_file ? store_open_file(&copy, path) : store_open_memory(&copy);
    bool is_whole = opened;
    for (int i = 0; i < store->range_count; i++) {
        size_t offset = store->ranges[i].offset, length = store->ranges[i].length;
        uint8_t *at = store->start + offset;
        if (opened && allocate(copy.file, offset, length) && pwrite(copy.file, at, length, (off_t)offset) == (ssize_t)length
            && mmap(at, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, copy.file, (off_t)offset) != MAP_FAILED) {
            continue;
        }

        is_whole = false;
        uint8_t *private = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (private != MAP_FAILED) {
            memcpy(private, at, length);
            mremap(private, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, at);
        }
    }

    if (store->file >= 0) {
        close(store->file);
    }

    if (!is_whole && copy.file >= 0) {
        close(copy.file);
        copy.file = -1;
        if (to_file) {
            unlink(copy.path);
        }
    }

    store->file = copy.file;
    strcpy(store->path, is_whole ? copy.path : "");
    return is_whole;
}
