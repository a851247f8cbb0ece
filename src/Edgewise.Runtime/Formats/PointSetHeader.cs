namespace Edgewise.Runtime.Formats;

/// <summary>What a written point set says of itself before its methods: enough to name a module and to tell two builds apart.</summary>
/// <param name="ModuleName">File name of the module, with extension. From a file: not to be trusted as a path.</param>
/// <param name="OriginalHash">SHA-256 of the original image.</param>
/// <param name="Level">Level that was asked for.</param>
/// <param name="Features">Features that were asked for.</param>
/// <param name="Pruning">Pruning that was asked for.</param>
/// <param name="EntryPruned">True where the entry block was pruned like any other.</param>
/// <param name="SelectionHash">SHA-256 over the lists, or empty.</param>
/// <param name="MethodCount">Number of methods.</param>
/// <param name="PointCount">Number of points.</param>
/// <param name="BlockCount">Number of blocks, split edges included.</param>
/// <param name="ImplyingCount">Number of implying blocks over all pruned blocks.</param>
/// <param name="SiteCount">Number of sites.</param>
public sealed record PointSetHeader(
    string ModuleName,
    byte[] OriginalHash,
    InstrumentationLevel Level,
    CoverageFeatures Features,
    Pruning Pruning,
    bool EntryPruned,
    byte[] SelectionHash,
    int MethodCount,
    int PointCount,
    int BlockCount,
    int ImplyingCount,
    int SiteCount);
