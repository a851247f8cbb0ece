using System.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Asks <c>llvm-symbolizer</c> for all addresses at once, and again for the rest where it dies midway.</summary>
internal sealed class LlvmSymbolizer(string program, SymbolizerOptions options, ICollection<string> warnings)
{
    private const int MostStarts = 8;
    private const string StandardInput = "/dev/stdin";

    private readonly string[] _arguments =
    [
        "--output-style=LLVM", "--inlines", options.Demangle ? "--demangle" : "--no-demangle", .. options.NeedsDeclarations ? (string[])["--verbose"] : [],
    ];

    /// <summary>Fills in the frames of all addresses that the program knows.</summary>
    /// <exception cref="SymbolsException">The program cannot be started.</exception>
    public void Fill(IReadOnlyList<AddressList> lists, Frame[][][] found)
    {
        List<int> asked = [];
        for (int list = 0; list < lists.Count; list++)
        {
            if (lists[list].File.Path.AsSpan().IndexOfAny('"', '\n') >= 0)
            {
                warnings.Add($"{lists[list].File.Path}: {program} cannot be asked for a file of this name; names are from the symbol table");
            }
            else if (lists[list].Addresses.Length > 0)
            {
                asked.Add(list);
            }
        }

        Place next = new(0, 0);
        for (int start = 0; next.Asked < asked.Count && start < MostStarts; start++)
        {
            bool atOnce = start == 0 && asked.Count == 1 && File.Exists(StandardInput);
            if ((atOnce ? AskAtOnce(lists, asked, found) : AskOneByOne(lists, asked, next, found)) is not { } end)
            {
                return;
            }

            // Where a fresh process gives no answer, it died of this very address: the symbol table answers for it.
            next = end != next ? end : next.Next(lists, asked);
        }

        if (next.Asked < asked.Count)
        {
            int rest = asked.Skip(next.Asked).Sum(list => lists[list].Addresses.Length) - next.Address;
            warnings.Add($"{program}: ended early {MostStarts} times; the symbol table names {rest} addresses");
        }
    }

    // As arguments out of a response file, which is its standard input: then the program need not hand out each answer by itself. One that dies hands out less than it found.
    private Place? AskAtOnce(IReadOnlyList<AddressList> lists, List<int> asked, Frame[][][] found)
    {
        AddressList list = lists[asked[0]];
        string[] arguments = [.. _arguments, "-e", Path.GetFullPath(list.File.Path), "@" + StandardInput];
        using SymbolizerProcess process = new(program, arguments, input => AddressLines.Write(input, [], list.Addresses));
        return Read(process, lists, asked, new Place(0, 0), found);
    }

    private Place? AskOneByOne(IReadOnlyList<AddressList> lists, List<int> asked, Place first, Frame[][][] found)
    {
        using SymbolizerProcess process = new(program, _arguments, input =>
        {
            for (int i = first.Asked; i < asked.Count; i++)
            {
                AddressList list = lists[asked[i]];
                byte[] before = Encoding.UTF8.GetBytes($"CODE \"{Path.GetFullPath(list.File.Path)}\" ");
                AddressLines.Write(input, before, list.Addresses.AsSpan(i == first.Asked ? first.Address : 0));
            }
        });
        return Read(process, lists, asked, first, found);
    }

    // Where the answers end; null where they are in a form that is not understood.
    private Place? Read(SymbolizerProcess process, IReadOnlyList<AddressList> lists, List<int> asked, Place first, Frame[][][] found)
    {
        FrameReader reader = new(options);
        Place place = first;
        while (place.Asked < asked.Count && process.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (!reader.TryRead(line, out Frame[]? frames))
            {
                warnings.Add($"{program}: its answers are not those of llvm-symbolizer. Names are from the symbol table");
                return null;
            }

            if (frames is not null)
            {
                found[asked[place.Asked]][place.Address] = frames;
                place = place.Next(lists, asked);
            }
        }

        foreach (string complaint in process.Complaints())
        {
            string of = asked.Count == 1 ? $"{lists[asked[0]].File.Path}: " : "";
            Warn($"{of}{program}: {complaint}");
        }

        return place;
    }

    private void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }

    /// <summary>An address among those that are asked for.</summary>
    /// <param name="Asked">Number of its list among those asked.</param>
    /// <param name="Address">Its number in the list.</param>
    private readonly record struct Place(int Asked, int Address)
    {
        public Place Next(IReadOnlyList<AddressList> lists, List<int> asked) =>
            Address + 1 < lists[asked[Asked]].Addresses.Length ? new Place(Asked, Address + 1) : new Place(Asked + 1, 0);
    }
}
