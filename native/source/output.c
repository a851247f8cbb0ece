/* Files under a temporary name until they are complete. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime.h"

bool write_fully(int file, const void *data, size_t size) {
    const uint8_t *at = data;
    while (size) {
        ssize_t written = write(file, at, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }

        if (written <= 0) {
            return false;
        }

        at += written;
        size -= (size_t)written;
    }

    return true;
}

void make_directories(const char *path) {
    char part[PATH_MAX];
    snprintf(part, sizeof part, "%s", path);
    for (char *at = part + 1; *at; at++) {
        if (*at == '/') {
            *at = 0;
            mkdir(part, 0777);
            *at = '/';
        }
    }

    mkdir(part, 0777);
}

/* An empty folder: the name is a path. */
bool output_open(struct output *output, const char *directory, const char *name) {
    output->used = 0;
    output->written = 0;
    if (*directory) {
        make_directories(directory);
    }

    int length = snprintf(output->path, sizeof output->path, "%s%s%s", directory, *directory ? "/" : "", name);
    int temporary = snprintf(output->temporary, sizeof output->temporary, "%s.%d.tmp", output->path, (int)getpid());
    output->failed = length >= (int)sizeof output->path || temporary >= (int)sizeof output->temporary;
    output->file = output->failed ? -1 : open(output->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output->file < 0) {
        int error = output->failed ? ENAMETOOLONG : errno;
        output->failed = true;
        complain("%s: cannot be written: %s", output->path, strerror(error));
    }

    return !output->failed;
}

static void flush(struct output *output) {
    if (!output->failed && !write_fully(output->file, output->buffer, output->used)) {
        complain("%s: %s", output->path, strerror(errno));
        output->failed = true;
    }

    output->used = 0;
}

void output_write(struct output *output, const void *data, size_t size) {
    output->written += size;
    while (size) {
        size_t part = sizeof output->buffer - output->used;
        part = part < size ? part : size;
        memcpy(output->buffer + output->used, data, part);
        output->used += part;
        data = (const uint8_t *)data + part;
        size -= part;
        if (output->used == sizeof output->buffer) {
            flush(output);
        }
    }
}

void output_print(struct output *output, const char *format, ...) {
    char text[PATH_MAX + 64];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0) {
        output_write(output, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
    }
}

bool output_close(struct output *output) {
    if (output->file < 0) {
        return false;
    }

    flush(output);
    if (close(output->file) != 0 || (!output->failed && rename(output->temporary, output->path) != 0)) {
        complain("%s: %s", output->path, strerror(errno));
        output->failed = true;
    }

    if (output->failed) {
        unlink(output->temporary);
    }

    output->file = -1;
    return !output->failed;
}
