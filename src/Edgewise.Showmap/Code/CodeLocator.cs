using System.Security.Cryptography;
using Edgewise.Hosting;
using Edgewise.Hosting.Images;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay.Targets;
using Edgewise.Symbols;
using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Showmap.Code;

/// <summary>Finds the method, file and line of points of a trial.</summary>
/// <param name="images">Knows the point sets of modules.</param>
/// <param name="symbolizer">How native addresses are named.</param>
public sealed class CodeLocator(ImageCache images, SymbolizerOptions symbolizer)
{
    private readonly Dictionary<string, PointSet> _sets = [];
    private readonly List<string> _warnings = [];

    /// <summary>What a user should know.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>The place of each line.</summary>
    /// <exception cref="ShowmapException">A module is not there any more, or is another build than the trial counted.</exception>
    public IReadOnlyList<PointPlace> Locate(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var places = new PointPlace[trial.Lines.Count];
        foreach (IGrouping<TrialModule?, int> group in Enumerable.Range(0, places.Length).GroupBy(i => trial.ModuleOf(trial.Lines[i])))
        {
            if (group.Key is not { } module)
            {
                throw new ShowmapException($"{trial.Path}: {trial.Lines[group.First()].Name} is of no module in its manifest: the two do not belong together");
            }

            if (module.Domain == PointDomain.Cil)
            {
                LocateManaged(trial, module, group, places);
            }
            else if (module.Domain == PointDomain.Sancov)
            {
                LocateNative(trial, module, group, places);
            }
        }

        return places;
    }

    /// <summary>The points of a .NET module of a trial.</summary>
    /// <exception cref="ShowmapException">The module is not there any more, or is another build.</exception>
    public PointSet PointsOf(TrialModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (_sets.TryGetValue(module.Hash, out PointSet? known))
        {
            return known;
        }

        CheckBuild(module);
        try
        {
            return _sets[module.Hash] = images.Get(module.Path, ManagedTarget.Options).Points;
        }
        catch (Exception failure) when (failure is InstrumentationException or HostingException)
        {
            throw new ShowmapException($"{module.Path}: {failure.Message}", failure);
        }
    }

    /// <summary>Checks that a module is the build that the trial counted.</summary>
    /// <exception cref="ShowmapException">It is not there any more, or is another build; the message names both hashes.</exception>
    public static void CheckBuild(TrialModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        byte[] content;
        try
        {
            content = File.ReadAllBytes(module.Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ShowmapException($"{module.Path}: the module that the trial counted cannot be read: {failure.Message}", failure);
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        // The build id of an ELF object is compared by who reads it.
        if (module.Hash.Length == hash.Length && module.Hash != hash)
        {
            throw new ShowmapException($"{module.Path}: another build than the trial counted: its SHA-256 is {hash}, and was {module.Hash}");
        }
    }

    private void LocateManaged(Trial trial, TrialModule module, IEnumerable<int> lines, PointPlace[] places)
    {
        PointSet points = PointsOf(module);
        try
        {
            using var symbols = ModuleSymbols.Open(module.Path);
            _warnings.AddRange(symbols.Warnings);
            var locator = new PointLocator(points, symbols);
            foreach (int line in lines)
            {
                PointLocation? at = locator.AtPc(trial.Lines[line].Number);
                places[line] = at is { } place ? new PointPlace(place.Function, place.Location?.File ?? "", place.Location?.Line ?? 0)
                    : throw new ShowmapException($"{trial.Path}: {trial.Lines[line].Name} is no point of {module.Path}");
            }
        }
        catch (SymbolsException failure)
        {
            throw new ShowmapException(failure.Message, failure);
        }
    }

    private void LocateNative(Trial trial, TrialModule module, IEnumerable<int> lines, PointPlace[] places)
    {
        CheckBuild(module);
        int[] numbers = [.. lines];
        ulong[] addresses = [.. numbers.Select(line => module.Pcs.GetValueOrDefault((int)(trial.Lines[line].Number - module.FirstIndex)))];
        Frame[][] frames;
        try
        {
            frames = AddressNames.Find([new AddressList(ElfFile.Read(File.ReadAllBytes(module.Path), module.Path), addresses)], symbolizer, _warnings)[0];
        }
        catch (SymbolsException failure)
        {
            throw new ShowmapException(failure.Message, failure);
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            if (frames[i].LastOrDefault() is { } frame)
            {
                places[numbers[i]] = new PointPlace(frame.Function, frame.Location?.File ?? "", frame.Location?.Line ?? 0);
            }
        }
    }
}
