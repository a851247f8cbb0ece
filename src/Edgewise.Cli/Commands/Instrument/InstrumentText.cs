using System.Globalization;
using Edgewise.Cli.Rendering;
using Edgewise.Instrumentation;

namespace Edgewise.Cli.Commands.Instrument;

/// <summary>What <c>edgewise instrument</c> prints: a line an assembly.</summary>
internal static class InstrumentText
{
    /// <summary>Prints the lines on standard output and warnings on standard error.</summary>
    /// <param name="files">What was instrumented.</param>
    /// <param name="verbose">True: methods left out and what became of sites are listed.</param>
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

        if (result.Points.Sites.Length != 0)
        {
            text.Write($", {Count(result.Points.Sites.Length, "site")}");
        }

        text.WriteLine($", {result.LeftOut.Count:N0} left out, {file.Milliseconds:F0} ms");
        if (verbose)
        {
            foreach (FeatureSites sites in result.Sites)
            {
                text.WriteLine($"  {sites.Feature}: {sites.Traced:N0} traced, {sites.NotTraced:N0} of a type that is not traced, {sites.Redundant:N0} redundant{Skipped(sites)}");
            }

            foreach (MethodLeftOut method in result.LeftOut)
            {
                text.WriteLine($"  {method.Id} 0x{method.Token:x8} {TerminalText.Plain(method.Name)}: {TerminalText.Plain(method.Reason)}");
            }
        }

        return text.ToString();
    }

    private static string Skipped(FeatureSites sites) => sites.Skipped.Count == 0 ? ""
        : ", unknown: " + string.Join(", ", sites.Skipped.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Key} {reason.Value:N0}")));

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
