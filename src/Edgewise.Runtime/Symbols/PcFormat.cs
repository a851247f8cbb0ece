using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Options;

namespace Edgewise.Runtime.Symbols;

/// <summary>Writes a PC as a format of the sanitizers' stack traces says.</summary>
internal static class PcFormat
{
    private const string Nothing = "[can't symbolize]";

    /// <exception cref="FormatException">The format has a <c>%</c> before another character, or at its end.</exception>
    public static string Write(string format, ulong pc, SymbolizedPc? known) => Write(format, pc, known, PathPrefix);

    /// <param name="format">The format.</param>
    /// <param name="pc">The PC.</param>
    /// <param name="known">What is known of it, or null.</param>
    /// <param name="stripPathPrefix">What to leave out of paths.</param>
    /// <exception cref="FormatException">As above.</exception>
    public static string Write(string format, ulong pc, SymbolizedPc? known, string stripPathPrefix)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            char directive = ++i < format.Length
                ? format[i]
                : throw new FormatException($"\"{format}\": the % at {i - 1} ends the format; a letter expected, or %% for a percent sign");
            text.Append(Directive(directive, pc, known, stripPathPrefix)
                ?? throw new FormatException($"\"{format}\": %{directive} at {i - 1}; one of %p %m %o %f %q %s %l %c %F %S %L %M %n %% expected"));
        }

        return known is null ? Nothing : text.ToString();
    }

    private static string PathPrefix =>
        RuntimeOptions.Parse(Environment.GetEnvironmentVariable(RuntimeOptions.Variable), static _ => { }).Dump.StripPathPrefix;

    private static string? Directive(char directive, ulong pc, SymbolizedPc? known, string prefix) => directive switch
    {
        '%' => "%",
        'n' => "0",
        'p' => Hex(pc),
        'm' => StrippedPath.Of(known?.ModulePath ?? "", prefix),
        'o' => Hex(known?.Offset ?? 0),
        'f' => known?.Method ?? "",
        'q' => Hex((ulong)(known?.MethodOffset ?? 0)),
        's' => StrippedPath.Of(known?.File ?? "", prefix),
        'l' => Decimal(known?.Line ?? 0),
        'c' => Decimal(known?.Column ?? 0),
        'F' => known is null ? "" : Function(known),
        'S' => known is null ? "" : Source(known, prefix),
        'L' => known is null ? "" : known.File.Length != 0 ? Source(known, prefix) : Module(known, StrippedPath.Of(known.ModulePath, prefix)),
        'M' => known is null ? "" : Module(known, Path.GetFileName(known.ModulePath)),
        _ => null,
    };

    private static string Function(SymbolizedPc known) =>
        known.Method.Length == 0 ? "" : known.File.Length != 0 ? $"in {known.Method}" : $"in {known.Method}+{Hex((ulong)known.MethodOffset)}";

    private static string Source(SymbolizedPc known, string prefix) =>
        known.File.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{StrippedPath.Of(known.File, prefix)}:{known.Line}:{known.Column}");

    private static string Module(SymbolizedPc known, string name) => $"({name}+{Hex(known.Offset)})";

    private static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
