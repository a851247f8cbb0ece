#!/usr/bin/env bash
# Boots the kernel of build.sh in an emulated machine, with the program of Guest/ as its first process; prints the folder of the results.
#   tests/kernel/boot.sh [FOLDER [WORDS OF GUEST'S COMMAND LINE...]]
# FOLDER defaults to <kernel>/results. In it: results.txt (checks), answers.txt (what the device answered), pcs.traces.gz and compares.traces.gz, notes, console.log, boot.txt.
# edgewise.words=N, edgewise.pcs=N, edgewise.compares=N set the area's words and how many events of a trace are kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
kernel=$("$here/folder.sh")
[ -f "$kernel/bzImage" ] || { echo "tests/kernel/boot.sh: no kernel in the cache; tests/kernel/build.sh builds it" >&2; exit 1; }
results=${1:-$kernel/results}
[ $# -eq 0 ] || shift
rm -rf "$results" && mkdir -p "$results"

# Its output has a place of its own: a build for the guest must not stand where one of everything does.
{
    dotnet publish "$here/Guest" -c Release -v q -p:AsInit=true -p:ArtifactsPath="$kernel/guest"
    make -s -C "$root/native" OUT="$kernel/native" "$kernel/native/edgewise_kcov_exec"
} >"$results/publish.log" 2>&1 || { tail -n 20 "$results/publish.log" >&2; echo "tests/kernel/boot.sh: the guest's program could not be built; all of it: $results/publish.log" >&2; exit 1; }

image=$results/image
mkdir -p "$image"/{bin,dev,proc,sys,tmp}
cp "$kernel"/guest/publish/Guest/*/guest "$image/init"
cp "$kernel/native/edgewise_kcov_exec" "$image/bin"
gcc -Os -static -nostdlib -o "$image/bin/nothing" "$here/nothing.c"
[ -z "${EDGEWISE_KERNEL_EXTRA:-}" ] || cp -r "$EDGEWISE_KERNEL_EXTRA/." "$image"   # what command.sh adds
(cd "$image" && find . | cpio -o -H newc --quiet | gzip -1) >"$results/initrd.gz"
rm -rf "$image"

started=$(date +%s.%N)
timeout "${EDGEWISE_KERNEL_SECONDS:-300}" qemu-system-x86_64 -accel tcg -cpu qemu64 -m 1024 -nographic -nodefaults -no-reboot \
    -kernel "$kernel/bzImage" -initrd "$results/initrd.gz" -append "console=ttyS0 quiet panic=-1 $*" \
    -serial file:"$results/console.log" -serial file:"$results/port" </dev/null || { tail -n 20 "$results/console.log" >&2; echo "tests/kernel/boot.sh: the machine did not come to its end; all of it: $results/console.log" >&2; exit 1; }
seconds=$(echo "$(date +%s.%N) - $started" | bc)

while read -r word name length; do
    [[ $word == FILE && $name =~ ^[a-z][a-z.]*$ && $length =~ ^[0-9]+$ ]] || { echo "tests/kernel/boot.sh: $results/port: a line 'FILE NAME LENGTH' expected" >&2; exit 1; }
    head -c "$length" >"$results/$name"
done <"$results/port"
[ -f "$results/results.txt" ] || { tail -n 20 "$results/console.log" >&2; echo "tests/kernel/boot.sh: the guest sent no results; its console: $results/console.log" >&2; exit 1; }
rm -f "$results/port" "$results/initrd.gz"
{
    echo "source linux-source-6.1, configuration $(sha256sum "$here/kernel.config" | cut -c 1-12)"
    echo "kernel built in $(cat "$kernel/build-time"), with $(gcc --version | head -n 1)"
    printf 'machine %s, 1 processor, 1024 MiB, no KVM; %.1f s from start to end\n' "$(qemu-system-x86_64 --version | head -n 1)" "$seconds"
} >"$results/boot.txt"
echo "$results"
