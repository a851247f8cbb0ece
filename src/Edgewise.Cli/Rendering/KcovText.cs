using System.Globalization;
using System.Text;
using Edgewise.Cli.Commands.Kcov;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Modes;

namespace Edgewise.Cli.Rendering;

/// <summary>What <c>edgewise kcov run</c> prints when the program has ended.</summary>
internal static class KcovText
{
    /// <summary>A few lines. Pure: the same run gives the same text.</summary>
    public static string Of(KcovResult result, KcovPlaces places)
    {
        KernelRecord record = result.Record;
        StringBuilder text = new();
        void Line(string name, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"{name,-10}").Append(TerminalText.Plain(value.ToString(CultureInfo.InvariantCulture))).Append('\n');

        Line("kernel", $"Linux {result.Kernel.Release}, build id {result.Names.BuildId ?? "unknown"}");
        Line("mode", $"{KernelModesText.NameOf(record.Modes)} ({(int)record.Modes}){Maker(record.UniqueMaker)}");
        Line("recorded", $"{record.Events:N0} {(record.Modes.IsCompare() ? "compares" : "PCs")} in an area for {record.Capacity:N0}{(record.Runs > 1 ? $", grown in {record.Runs} runs" : "")}");
        if (record.IsFull)
        {
            Line("overflow", $"the area is full, and what came behind was dropped; the kernel does not tell how much: --words {Math.Min(2L * record.Words, CollectionOptions.MostWholeWords)}, or --grow");
        }

        if (record.Modes.HasFlag(KernelModes.UniqueEdge))
        {
            Line("edges", $"{Math.Max(record.Edges.Length, record.EdgeWords.Length):N0}");
        }

        if (record.Modes == KernelModes.UniqueCompare)
        {
            Line("compares", $"{record.Compares.Length:N0} different");
        }

        Line("reached", $"{record.ReachedPcs.Length:N0} PCs{(result.Image is null ? "" : string.Create(CultureInfo.InvariantCulture, $" in {places.Functions:N0} functions"))}");
        return text.ToString();
    }

    private static string Maker(UniqueMaker maker) => maker switch
    {
        UniqueMaker.UserSpace => ", made unique in user space: this kernel has no unique modes",
        UniqueMaker.KernelModes => ", by the unique modes of this kernel",
        UniqueMaker.KernelBitmap => ", by the bitmap of this kernel (KCOV_UNIQUE_ENABLE)",
        _ => "",
    };
}
