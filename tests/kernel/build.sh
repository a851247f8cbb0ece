#!/usr/bin/env bash
# Builds Linux with kcov from Debian's linux-source-6.1 and kernel.config; prints the folder with bzImage, vmlinux, System.map and config.
# Cached by version and configuration (folder.sh). 10 minutes on 2 cores, 2 GB of disk. Needs root only to install what is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

missing=()
for package in linux-source-6.1 flex bison libelf-dev libssl-dev bc cpio xz-utils make gcc qemu-system-x86; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "tests/kernel/build.sh: not installed: ${missing[*]}; install them with: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2
fi

folder=$("$here/folder.sh")
mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9                        # two builds at once would share one source tree
if [ ! -f "$folder/bzImage" ]; then
    source=$folder/linux-source-6.1
    started=$(date +%s)
    rm -rf "$source"
    tar -xf /usr/src/linux-source-6.1.tar.xz -C "$folder"
    {
        # allnoconfig takes the given options and what they select, and nothing else.
        make -C "$source" KCONFIG_ALLCONFIG="$here/kernel.config" allnoconfig
        # Fixed names, so that the same source in the same folder gives the same build id.
        make -C "$source" -j2 KBUILD_BUILD_TIMESTAMP=2026-01-01 KBUILD_BUILD_USER=edgewise KBUILD_BUILD_HOST=edgewise vmlinux bzImage
    } >"$folder/build.log" 2>&1 || { tail -n 20 "$folder/build.log" >&2; echo "tests/kernel/build.sh: the build failed; all of it: $folder/build.log" >&2; exit 1; }
    cp "$source/vmlinux" "$source/System.map" "$folder"
    cp "$source/.config" "$folder/config"
    cp "$source/arch/x86/boot/bzImage" "$folder/bzImage.new"
    make -C "$source" clean >>"$folder/build.log" 2>&1   # the sources stay, for reports
    echo "$(($(date +%s) - started)) s" >"$folder/build-time"
    mv "$folder/bzImage.new" "$folder/bzImage"           # last: a kernel is there when its image is
fi
echo "$folder"
