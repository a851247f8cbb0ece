using Edgewise.Symbols;

namespace Edgewise.Tests.Symbols;

public sealed class DamagedModuleTests
{
    private static readonly string Module = typeof(Edgewise.Sancov.CoverageSummary).Assembly.Location;

    [Fact]
    public void A_damaged_image_is_refused_or_answers_what_is_left()
    {
        byte[] image = File.ReadAllBytes(Module);
        Random random = new(3);
        int refused = 0, answered = 0, names = 0;
        for (int i = 0; i < 2000; i++)
        {
            try
            {
                using ModuleSymbols symbols = ModuleSymbols.Read(Damaged(image, random), "damaged.dll");
                names += AskEverything(symbols);
                answered++;
            }
            catch (SymbolsException e)
            {
                Assert.StartsWith("damaged.dll: this is no .NET module", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
                refused++;
            }
        }

        Assert.True(refused > 100 && answered > 100 && names > 10_000, $"{refused} refused, {answered} answered, {names} names");
    }

    [Fact]
    public void A_damaged_PDB_costs_lines_alone()
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-pdb-").FullName;
        string module = Path.Combine(folder, Path.GetFileName(Module)), pdb = Path.ChangeExtension(module, ".pdb");
        File.Copy(Module, module);
        byte[] content = File.ReadAllBytes(Path.ChangeExtension(Module, ".pdb"));
        using ModuleSymbols whole = ModuleSymbols.Open(Module);
        string[] expected = Names(whole);
        Random random = new(5);
        int warned = 0, used = 0;
        for (int i = 0; i < 600; i++)
        {
            File.WriteAllBytes(pdb, Damaged(content, random));
            using ModuleSymbols symbols = ModuleSymbols.Open(module);
            AskEverything(symbols);

            Assert.Equal(expected, Names(symbols));
            Assert.Equal(symbols.HasLines ? 0 : 1, symbols.Warnings.Count);
            Assert.All(symbols.Warnings, warning => Assert.StartsWith(pdb + ": ", warning, StringComparison.Ordinal));
            warned += symbols.HasLines ? 0 : 1;
            used += symbols.HasLines ? 1 : 0;
        }

        Assert.True(warned > 30 && used > 30, $"{warned} warned, {used} used");
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Names(ModuleSymbols symbols) => [.. Enumerable.Range(0x06000001, 100).Select(symbols.NameOf)];

    private static int AskEverything(ModuleSymbols symbols)
    {
        int names = 0;
        for (int token = 0x06000001; token < 0x06000100; token++)
        {
            names += symbols.NameOf(symbols.UserMethodOf(token)).StartsWith("0x", StringComparison.Ordinal) ? 0 : 1;
            _ = symbols.IsExcluded(token);
            _ = symbols.StartOf(token);
            _ = symbols.LocationOf(token, 7);
        }

        return names;
    }

    private static byte[] Damaged(byte[] content, Random random)
    {
        byte[] damaged = [.. content];
        for (int n = random.Next(1, 40); n > 0; n--)
        {
            int at = random.Next(3) == 0 ? random.Next(Math.Min(1024, damaged.Length)) : random.Next(damaged.Length);
            damaged[at] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
        }

        return random.Next(10) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }
}
