#!/usr/bin/env bash
# Prints the folder of the cache in which the kernel of this configuration stands or would stand; nothing where the version is unknown.
# <user's cache>/edgewise/kernel/<version of linux-source-6.1>-<first 12 hex digits of the SHA-256 of kernel.config>
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/edgewise/kernel
hash=$(sha256sum "$here/kernel.config" | cut -c 1-12)
version=$(dpkg-query -W -f '${Version}' linux-source-6.1 2>/dev/null || true)
if [ -n "$version" ]; then
    echo "$cache/$version-$hash"
else
    # Built on an earlier day, the package gone since: the newest kernel of the same configuration serves as well.
    ls -d "$cache"/*-"$hash" 2>/dev/null | sort -V | tail -n 1
fi
