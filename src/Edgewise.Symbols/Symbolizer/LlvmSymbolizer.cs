using System.Globalization;
using System.Text.Json;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Asks <c>llvm-symbolizer</c> for all addresses at once, and again for the rest where it dies midway.</summary>
internal sealed class LlvmSymbolizer(string program, bool demangle, ICollection<string> warnings)
{
    private const int MostStarts = 8;

    private readonly FrameParser _parser = new();

    /// <summary>Fills in the frames of all addresses that the program knows.</summary>
    /// <exception cref="SymbolsException">The program cannot be started.</exception>
    public void Fill(IReadOnlyList<AddressList> lists, Frame[][][] found)
    {
        List<(int List, int Address)> questions = [];
        for (int list = 0; list < lists.Count; list++)
        {
            if (lists[list].File.Path.AsSpan().IndexOfAny('"', '\n') >= 0)
            {
                warnings.Add($"{lists[list].File.Path}: {program} cannot be asked for a file of this name; names are from the symbol table");
                continue;
            }

            for (int address = 0; address < lists[list].Addresses.Count; address++)
            {
                questions.Add((list, address));
            }
        }

        int next = 0;
        for (int start = 0; next < questions.Count && start < MostStarts; start++)
        {
            int answered = Ask(lists, questions, next, found);
            if (answered < 0)
            {
                return;
            }

            // Where a fresh process gives no answer, it died of this very address: the symbol table answers for it.
            next += Math.Max(answered, 1);
        }

        if (next < questions.Count)
        {
            warnings.Add($"{program}: ended early {MostStarts} times; the symbol table names {questions.Count - next} addresses");
        }
    }

    // How many answers came; -1 where they are in a form that is not understood.
    private int Ask(IReadOnlyList<AddressList> lists, List<(int List, int Address)> questions, int first, Frame[][][] found)
    {
        IEnumerable<string> lines = questions.Skip(first).Select(question => string.Create(
            CultureInfo.InvariantCulture, $"CODE \"{lists[question.List].File.Path}\" 0x{lists[question.List].Addresses[question.Address]:x}"));
        using SymbolizerProcess process = new(program, ["--output-style=JSON", "--inlines", demangle ? "--demangle" : "--no-demangle"], lines);
        int answered = 0;
        while (first + answered < questions.Count && process.TryReadLine(out ReadOnlySpan<byte> line))
        {
            (int list, int address) = questions[first + answered];
            try
            {
                found[list][address] = _parser.Parse(line, out string? error);
                if (error is not null)
                {
                    Warn($"{lists[list].File.Path}: {program}: {error}");
                }
            }
            catch (JsonException)
            {
                warnings.Add($"{program}: its answers are no JSON; llvm-symbolizer of LLVM 13 or later expected. Names are from the symbol table");
                return -1;
            }

            answered++;
        }

        return answered;
    }

    private void Warn(string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }
}
