/* Opens its plugins one after the other and closes each; the second often lies where the first was. The first one comes again at the end. */
#include <dlfcn.h>
#include <stdio.h>

__attribute__((noinline)) static int use(const char *path, int number) {
    void *handle = dlopen(path, RTLD_NOW);
    if (!handle) {
        puts(dlerror());
        return 1;
    }

    int (*run)(int) = (int (*)(int))dlsym(handle, "run");
    run(number);
    printf("%p\n", (void *)run);
    return dlclose(handle);
}

int main(int count, char **arguments) {
    int failures = 0;
    for (int i = 0; i < 20; i++) {
        failures += use(arguments[1], 1) + use(arguments[2], 2);
    }

    failures += use(arguments[1], count > 3 ? 2 : 1);
    return failures;
}
