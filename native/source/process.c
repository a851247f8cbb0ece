/* The life of the process: start, fork, signals, end. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime.h"

#define CHILD_PATIENCE_MS 5000
#define SIGNAL_STACK_SIZE (128 * 1024)

_Atomic bool is_started;

static const int Signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGINT, SIGHUP};
#define SIGNAL_COUNT (sizeof Signals / sizeof *Signals)
static bool is_handled[SIGNAL_COUNT];

static int ready[2] = {-1, -1};
static bool fork_has_lock;

static bool is_shared(void) { return map_store.file >= 0 || table_store.file >= 0; }

/* The pages that parent and child share until the child has copied them hold data of the program: the parent's thread goes on when that is
 * done. A child that dies before closes the pipe all the same. */
static void before_fork(void) {
    fork_has_lock = runtime_lock();
    if (is_shared() && pipe2(ready, O_CLOEXEC) != 0) {
        ready[0] = ready[1] = -1;
    }
}

static void close_both(void) {
    for (int i = 0; i < 2; i++) {
        if (ready[i] >= 0) {
            close(ready[i]);
        }

        ready[i] = -1;
    }
}

static void after_fork_in_parent(void) {
    int error = errno;
    if (ready[0] >= 0) {
        close(ready[1]);
        ready[1] = -1;
        struct pollfd wait = {.fd = ready[0], .events = POLLIN};
        while (poll(&wait, 1, CHILD_PATIENCE_MS) < 0 && errno == EINTR) {
        }
    }

    close_both();
    if (fork_has_lock) {
        runtime_unlock();
    }

    errno = error;
}

static void after_fork_in_child(void) {
    if (fork_has_lock) {
        runtime_lock_in_child();
    }

    if (tables && is_shared()) {
        memory_in_child();
        modules_in_child();
        sites_in_child();
    }

    close_both();
    if (fork_has_lock) {
        runtime_unlock();
    }
}

#ifdef EDGEWISE_BESIDE_SANITIZER
void __sanitizer_set_death_callback(void (*callback)(void));
#endif

static void dump_now(void) {
    if (runtime_lock()) {
        if (tables) {
            dump_all();
        }

        runtime_unlock();
    }
}

/* Dumps, then lets the signal do what it would have done. */
static void on_signal(int number, siginfo_t *info, void *context) {
    (void)info;
    (void)context;
    death_callback_run();
    dump_now();
    signal(number, SIG_DFL);
    raise(number); /* pending until this handler returns */
}

static void handle_signals(void) {
    stack_t stack;
    if (sigaltstack(NULL, &stack) == 0 && stack.ss_flags & SS_DISABLE) {
        void *memory = mmap(NULL, SIGNAL_STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        stack = (stack_t){.ss_sp = memory, .ss_size = SIGNAL_STACK_SIZE};
        if (memory != MAP_FAILED) {
            sigaltstack(&stack, NULL);
        }
    }

    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        struct sigaction action;
        if (sigaction(Signals[i], NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_DFL) {
            action = (struct sigaction){.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
            is_handled[i] = sigaction(Signals[i], &action, NULL) == 0;
        }
    }
}

static void release_signals(void) {
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        struct sigaction action;
        if (is_handled[i] && sigaction(Signals[i], NULL, &action) == 0 && action.sa_flags & SA_SIGINFO && action.sa_sigaction == on_signal) {
            signal(Signals[i], SIG_DFL);
        }
    }
}

/* Before the constructors of instrumented code (101 is the first priority that is not the system's), or by the first callback. */
__attribute__((constructor(101))) void runtime_start(void) {
    if (!runtime_lock()) {
        return;
    }

    if (!atomic_load(&is_started)) {
        options_read();
        memory_start();
        pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
        if (options.coverage && options.handle_signals) {
            handle_signals();
        }

#ifdef EDGEWISE_BESIDE_SANITIZER
        if (options.coverage) {
            /* The sanitizer's own: it ends the process without destructors. */
            __sanitizer_set_death_callback(dump_now);
        }
#endif

        atomic_store_explicit(&is_started, true, memory_order_release);
    }

    runtime_unlock();
}

/* Behind the destructors of instrumented code; also where an object that contains this runtime is closed. */
__attribute__((destructor(101))) static void runtime_end(void) {
    if (atomic_load(&is_started) && (options.coverage || *options.counters_out || *options.pcs_out) && tables && runtime_lock()) {
        if (options.coverage) {
            if (dump_all()) {
                memory_remove_files();
            }
        } else {
            dump_raw_files();
        }

        runtime_unlock();
    }

    release_signals();
}
