using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>Goes over the instructions of a binary and lists its calls.</summary>
internal static class CodeSweep
{
    private const string StubPrefix = ".plt";

    /// <summary>All calls with a known target, section by section; those in the stubs that a linker wrote are left out.</summary>
    /// <exception cref="SymbolsException">A section does not fit into the file.</exception>
    public static List<CallSite> Calls(ElfFile file)
    {
        List<CallSite> calls = [];
        ElfSection? guards = file.SectionNamed(SancovSections.Guards);
        foreach (ElfSection section in file.Sections.Where(static section => section.IsCode && !IsStubs(section)))
        {
            if (file.Machine == ElfMachine.Arm64)
            {
                Arm64Calls.Add(file, section, guards, calls);
            }
            else
            {
                X86Calls.Add(file, section, guards, calls);
            }
        }

        return calls;
    }

    /// <summary>The calls of callbacks, section by section.</summary>
    /// <exception cref="SymbolsException">A section does not fit into the file.</exception>
    public static List<CallSite> CallsOf(ElfFile file, CallbackTargets callbacks)
    {
        if (file.Machine == ElfMachine.Arm64)
        {
            return Calls(file).FindAll(callbacks.Contains);
        }

        List<CallSite> calls = [];
        foreach (ElfSection section in file.Sections.Where(static section => section.IsCode && !IsStubs(section)))
        {
            X86CallScan.Add(file, section, callbacks, calls);
        }

        return calls;
    }

    /// <summary>True for the sections in which a linker puts the stubs that lead to other files.</summary>
    public static bool IsStubs(ElfSection section) => section.Name.StartsWith(StubPrefix, StringComparison.Ordinal);
}
