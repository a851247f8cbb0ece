using System.Text;
using Edgewise.Sancov.Inputs;
using Edgewise.Symbols.Elf;

namespace Edgewise.Sancov.Native;

/// <summary>Reads <c>MODULE.PID.buildid</c>, which stands beside a <c>.sancov</c> file of our native runtime: the build id in hex. Files of other runtimes have none.</summary>
internal static class BuildIdRecord
{
    private const string Extension = ".buildid";

    /// <summary>What is wrong where a file was recorded on another build than a binary; else null.</summary>
    public static string? Mismatch(SancovInput sancov, ElfFile file)
    {
        string path = Path.ChangeExtension(sancov.Path, Extension);
        if (file.BuildId is not { } expected || !File.Exists(path))
        {
            return null;
        }

        string recorded;
        try
        {
            recorded = Encoding.ASCII.GetString(FileContent.Read(path)).Trim().ToLowerInvariant();
        }
        catch (SancovException e)
        {
            return e.Message;
        }

        if (recorded.Length == 0 || !recorded.All(char.IsAsciiHexDigitLower))
        {
            return $"{path}: a build id in hex expected";
        }

        return recorded == expected
            ? null
            : $"{sancov.Path}: recorded on another build of {Path.GetFileName(file.Path)}: its build id is {recorded}, {file.Path} has {expected}";
    }
}
