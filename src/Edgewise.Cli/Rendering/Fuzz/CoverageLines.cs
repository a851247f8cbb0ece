using System.Globalization;
using Edgewise.Fuzzing.Running;
using Edgewise.Symbols;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>libFuzzer's lines of methods and points that are covered for the first time: <c>NEW_FUNC</c> and <c>NEW_PC</c>.</summary>
/// <param name="mostFunctions">Methods that are named of one input: <c>-print_funcs</c>.</param>
/// <param name="tellsPoints">True to name all points: <c>-print_pcs</c>.</param>
internal sealed class CoverageLines(int mostFunctions, bool tellsPoints) : IDisposable
{
    // Null for a module that cannot be read any more.
    private readonly Dictionary<string, ModuleSymbols?> _modules = [];

    /// <summary>The lines of one input.</summary>
    public IEnumerable<string> Of(CoverageMessage covered)
    {
        foreach (CoveredPlace place in tellsPoints ? covered.Points : [])
        {
            yield return $"\tNEW_PC: {Describe(place)}";
        }

        for (int i = 0; i < Math.Min(mostFunctions, covered.Functions.Count); i++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"\tNEW_FUNC[{i + 1}/{covered.FunctionCount}]: {Describe(covered.Functions[i])}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ModuleSymbols? module in _modules.Values)
        {
            module?.Dispose();
        }
    }

    private string Describe(CoveredPlace place)
    {
        if (!_modules.TryGetValue(place.ModulePath, out ModuleSymbols? module))
        {
            _modules[place.ModulePath] = module = Open(place.ModulePath);
        }

        int method = module?.UserMethodOf(place.Method) is { } user and not 0 ? user : place.Method;
        string where = module?.LocationOf(place.Method, place.IlOffset) is { } line ? string.Create(CultureInfo.InvariantCulture, $"{line.File}:{line.Line}") : $"({Path.GetFileName(place.ModulePath)}+0x{place.Pc:x})";
        return $"0x{place.Pc:x} in {module?.NameOf(method) ?? $"0x{place.Method:x8}"} {where}";
    }

    private static ModuleSymbols? Open(string path)
    {
        try
        {
            return ModuleSymbols.Open(path);
        }
        catch (SymbolsException)
        {
            return null;
        }
    }
}
