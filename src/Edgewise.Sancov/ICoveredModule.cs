namespace Edgewise.Sancov;

/// <summary>What ran of a module, whatever it is made of.</summary>
public interface ICoveredModule
{
    /// <summary>File name of the module.</summary>
    string Name { get; }

    /// <summary>The counts.</summary>
    CoverageSummary Summary { get; }

    /// <summary>The functions, in <see cref="FunctionCoverage.Compare"/>'s order.</summary>
    IReadOnlyList<FunctionCoverage> Functions();
}
