using System.Text;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Symcov;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary>Writes a <c>.symcov</c>.</summary>
internal static class SymcovOutput
{
    /// <summary>Writes to a file, or to standard output where there is none.</summary>
    /// <exception cref="SancovException">The file cannot be written.</exception>
    public static void Write(SymbolizedCoverage coverage, string? file, CommandReport report)
    {
        if (file is not null)
        {
            WriteFile(file, SymcovWriter.Write(coverage));
        }
        else if (report.IsStandardOutput)
        {
            using Stream stream = Console.OpenStandardOutput();
            SymcovWriter.Write(coverage, stream);
        }
        else
        {
            report.Output.Write(Encoding.UTF8.GetString(SymcovWriter.Write(coverage)));
        }
    }

    /// <summary>Writes a file as a whole.</summary>
    /// <exception cref="SancovException">It cannot be written.</exception>
    public static void WriteFile(string file, byte[] content)
    {
        try
        {
            AtomicFile.Write(file, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SancovException($"{file}: cannot be written: {e.Message}", e);
        }
    }
}
