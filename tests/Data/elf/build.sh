#!/usr/bin/env bash
# Builds the binaries beside this file from points.c, for three processors: needs clang-14, lld-14 and llvm-14.
set -euo pipefail
cd "$(dirname "$0")"
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

for machine in i386 x86_64 aarch64; do
    clang=(clang-14 "--target=$machine-linux-gnu" -g -O0 -ffreestanding -fdebug-compilation-dir=/src/elf)
    link=(-nostdlib -fuse-ld=lld -fno-sanitize-link-runtime -Wl,--build-id)
    "${clang[@]}" -fPIC -c runtime.c -o "$objects/runtime.o"
    for kind in guard:trace-pc-guard pc:trace-pc counters:inline-8bit-counters,pc-table; do
        "${clang[@]}" "-fsanitize-coverage=${kind#*:}" -fPIC -c points.c -o "$objects/points.o"
        ld.lld-14 --build-id -shared "$objects/points.o" -o "$machine-${kind%%:*}.so"
        ld.lld-14 --build-id -pie -e start1 "$objects/points.o" "$objects/runtime.o" -o "$machine-${kind%%:*}.pie"
    done
    "${clang[@]}" -fsanitize-coverage=trace-pc-guard -fno-pic -c points.c -o "$machine-guard.o"
    ld.lld-14 --build-id -e start1 "$machine-guard.o" "$objects/runtime.o" -o "$machine-guard.static"
    "${clang[@]}" -fsanitize-coverage=trace-pc-guard -fno-pic -ffunction-sections -c points.c -o "$machine-sections.o"
    for whole in guard.static guard.pie guard.so counters.pie counters.so; do
        llvm-strip-14 -o "$machine-${whole%.*}.stripped-${whole#*.}" "$machine-$whole"
    done
done
