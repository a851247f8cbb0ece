#!/usr/bin/env bash
# Boots the kernel of build.sh with .NET and the edgewise command in its memory, and runs 'edgewise kcov run' there; prints the folder of the results.
#   tests/kernel/command.sh [FOLDER [edgewise.only=examples]]
# Needs a build of everything (dotnet build -c Release). In FOLDER: results.txt (each command, its exit code, what it printed), command.sancov, command.showmap, command.json.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
kernel=$("$here/folder.sh")
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
extra=$(mktemp -d)
trap 'rm -rf "$extra"' EXIT
mkdir -p "$extra"/{dotnet/shared,edgewise/native,lib64}
runtime=$(ls -d "$dotnet"/shared/Microsoft.NETCore.App/10.* | sort -V | tail -n 1)
mkdir -p "$extra/dotnet/shared/Microsoft.NETCore.App"
cp -r "$dotnet/dotnet" "$dotnet/host" "$extra/dotnet"
cp -r "$runtime" "$extra/dotnet/shared/Microsoft.NETCore.App"
cp "$root"/artifacts/bin/Edgewise.Cli/release/{*.dll,edgewise.deps.json,edgewise.runtimeconfig.json} "$extra/edgewise"
[ ! -f "$root/artifacts/bin/Kcov/release/kcov.dll" ] || cp "$root"/artifacts/bin/Kcov/release/{*.dll,kcov.runtimeconfig.json} "$extra/edgewise"
cp "$kernel/native/edgewise_kcov_exec" "$extra/edgewise/native"
cp "$kernel/vmlinux" "$extra/vmlinux"
touch "$extra/notes"
# What .NET and the symboliser are linked with.
mkdir -p "$extra/bin"
cp "$(readlink -f "$(command -v addr2line)")" "$extra/bin/addr2line"
find "$extra" \( -name '*.so' -o -path '*/bin/*' -o -name dotnet \) -type f -exec ldd {} + 2>/dev/null | awk '$2 == "=>" && $3 ~ /^\// && $3 !~ /edgewise|dotnet/ { print $3 } $1 ~ /^\/lib64/ { print $1 }' | sort -u | while read -r library; do
    mkdir -p "$extra$(dirname "$library")"
    cp -L "$library" "$extra$library"
done
results=${1:-$kernel/command-results}
[ $# -eq 0 ] || shift
EDGEWISE_KERNEL_EXTRA=$extra "$here/boot.sh" "$results" "$@"
