using System.Globalization;
using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Legacy;

/// <summary>A <c>.sancov</c> file that stood in another file.</summary>
/// <param name="Module">Name of the module. From a file: not to be trusted as a path.</param>
/// <param name="ProcessText">The process id, as the file or its name has it.</param>
/// <param name="Content">The whole content of the <c>.sancov</c>.</param>
public sealed record UnpackedSancov(string Module, string ProcessText, byte[] Content)
{
    /// <summary>The name that the file takes.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{FileNames.Plain(Module)}.{ProcessText}.sancov");
}
