using System.Globalization;
using Edgewise.Cli.Rendering;
using Edgewise.Instrumentation;

namespace Edgewise.Cli.Commands;

/// <summary>What <c>edgewise instrument</c> prints: a line an assembly.</summary>
internal static class InstrumentText
{
    /// <summary>Prints the lines on standard output and warnings on standard error.</summary>
    /// <param name="files">What was instrumented.</param>
    /// <param name="verbose">True: methods left out are listed.</param>
    /// <param name="quiet">True: only warnings, because standard output is taken.</param>
    /// <param name="report">Where to.</param>
    public static void Write(IEnumerable<InstrumentedFile> files, bool verbose, bool quiet, CommandReport report)
    {
        foreach (InstrumentedFile file in files)
        {
            if (!quiet)
            {
                report.Output.Write(Lines(file, verbose));
            }

            foreach (string warning in file.Result.Warnings)
            {
                report.Note($"{file.Name}: {warning}");
            }
        }
    }

    /// <summary>The lines of one assembly. Pure: the same result gives the same text.</summary>
    internal static string Lines(InstrumentedFile file, bool verbose)
    {
        InstrumentationResult result = file.Result;
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.Write($"{TerminalText.Plain(file.Name)}: {Count(result.MethodCount, "method")}, {Count(result.Points.PointCount, "point")}");
        if (result.IgnoredCount != 0)
        {
            text.Write($", {result.IgnoredCount:N0} kept out by the lists");
        }

        text.WriteLine($", {result.LeftOut.Count:N0} left out, {file.Milliseconds:F0} ms");
        if (verbose)
        {
            foreach (MethodLeftOut method in result.LeftOut)
            {
                text.WriteLine($"  {method.Id} 0x{method.Token:x8} {TerminalText.Plain(method.Name)}: {TerminalText.Plain(method.Reason)}");
            }
        }

        return text.ToString();
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
